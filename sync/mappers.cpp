// SPDX-License-Identifier: Apache-2.0
#include "sync/mappers.hpp"

#include <utility>

#include "base/binary.hpp"
#include "sync/residue.hpp"

namespace weir::sync {
namespace {

mapping::Mapped Unmappable(std::string reason, std::string detail) {
  mapping::Mapped mapped;
  mapped.unmappable = {std::move(reason), std::move(detail)};
  return mapped;
}

mapping::Mapped MapPayload(const Mappers& mappers, const storage::Envelope& envelope,
                           std::string_view payload) {
  const auto mapper = mappers.find(envelope.platform);
  if (mapper == mappers.end()) {
    return Unmappable("unknown_platform", "no map for platform '" + envelope.platform + "'");
  }
  return mapper->second({.pulled = envelope.kind == storage::EntryKind::kPulled,
                         .dialect = envelope.dialect,
                         .topic = envelope.topic,
                         .bytes = payload,
                         .received_at = envelope.received_at});
}

mapping::Mapped MapErased(std::string_view residue) {
  auto mapped = DecodeResidue(residue);
  return mapped ? *std::move(mapped) : Unmappable("malformed_payload", mapped.error().message);
}

}  // namespace

std::string EncodeRedriven(const Redriven& redriven) {
  std::string out;
  BinaryWriter writer(out);
  writer.U8(1);
  writer.U32(redriven.position.shard);
  writer.U64(redriven.position.offset);
  writer.U8(static_cast<std::uint8_t>(redriven.envelope.kind));
  for (const std::string* text :
       {&redriven.envelope.merchant, &redriven.envelope.connection, &redriven.envelope.platform,
        &redriven.envelope.dialect, &redriven.envelope.topic}) {
    writer.Text(*text);
  }
  writer.SignedVarint(redriven.envelope.received_at.time_since_epoch().count());
  writer.Text(redriven.payload);
  return out;
}

Result<Redriven> DecodeRedriven(std::string_view bytes) {
  BinaryReader reader(bytes);
  Redriven redriven;
  const std::uint8_t version = reader.U8();
  redriven.position.shard = reader.U32();
  redriven.position.offset = reader.U64();
  redriven.envelope.kind = static_cast<storage::EntryKind>(reader.U8());
  for (std::string* text :
       {&redriven.envelope.merchant, &redriven.envelope.connection, &redriven.envelope.platform,
        &redriven.envelope.dialect, &redriven.envelope.topic}) {
    *text = reader.Text();
  }
  redriven.envelope.received_at = Instant(std::chrono::milliseconds(reader.SignedVarint()));
  redriven.payload = reader.Text();
  if (version != 1 || !reader.done()) {
    return Fail(ErrorKind::kMalformed, "not a redriven entry of a known version");
  }
  return redriven;
}

std::shared_ptr<mapping::Mapped> MapEntry(const Mappers& mappers, const storage::Entry& entry) {
  const auto map = [&](const storage::Envelope& envelope, std::string_view payload) {
    return entry.erased ? MapErased(payload) : MapPayload(mappers, envelope, payload);
  };
  switch (entry.envelope.kind) {
    case storage::EntryKind::kPush:
    case storage::EntryKind::kPulled:
      return std::make_shared<mapping::Mapped>(map(entry.envelope, entry.payload));
    case storage::EntryKind::kRedrive: {
      const auto redriven = DecodeRedriven(entry.payload);
      return std::make_shared<mapping::Mapped>(
          redriven ? map(redriven->envelope, redriven->payload)
                   : Unmappable("malformed_payload", redriven.error().message));
    }
    default:
      return nullptr;
  }
}

}  // namespace weir::sync
