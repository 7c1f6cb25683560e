// SPDX-License-Identifier: Apache-2.0
#include "sync/residue.hpp"

#include <cstdint>
#include <utility>

#include "base/binary.hpp"
#include "model/facts_codec.hpp"

namespace weir::sync {
namespace {

constexpr std::uint8_t kVersion = 1;
/// Whether the whole payload could not be mapped, or a part of it.
constexpr std::uint8_t kWhole = 1;
constexpr std::uint8_t kInPart = 2;

template <typename Fact>
void WriteEach(BinaryWriter& writer, const std::vector<Fact>& facts) {
  writer.Varint(facts.size());
  for (const Fact& fact : facts) {
    std::string bytes;
    model::Encode(bytes, fact);
    writer.Text(bytes);
  }
}

/// False when one of them cannot be read.
template <typename Fact, typename Decode>
bool ReadEach(BinaryReader& reader, std::vector<Fact>& facts, Decode decode) {
  for (std::size_t left = reader.Count(); left > 0; --left) {
    auto fact = decode(reader.Text());
    if (!fact) return false;
    facts.push_back(*std::move(fact));
  }
  return reader.ok();
}

}  // namespace

std::string EncodeResidue(const mapping::Mapped& mapped) {
  std::string out;
  BinaryWriter writer(out);
  writer.U8(kVersion);
  WriteEach(writer, mapped.orders);
  WriteEach(writer, mapped.stores);
  if (!mapped.unmappable) {
    writer.U8(0);
    return out;
  }
  writer.U8(mapped.unmappable->in_part ? kInPart : kWhole);
  writer.Text(mapped.unmappable->reason);
  writer.Text(mapped.unmappable->detail);
  return out;
}

Result<mapping::Mapped> DecodeResidue(std::string_view bytes) {
  BinaryReader reader(bytes);
  mapping::Mapped mapped;
  const bool known = reader.U8() == kVersion &&
                     ReadEach(reader, mapped.orders, model::DecodeOrderFacts) &&
                     ReadEach(reader, mapped.stores, model::DecodeStoreFact);
  if (const std::uint8_t part = known ? reader.U8() : 0; part != 0) {
    auto& unmappable = mapped.unmappable.emplace();
    unmappable.in_part = part == kInPart;
    unmappable.reason = reader.Text();
    unmappable.detail = reader.Text();
  }
  if (!known || !reader.done()) {
    return Fail(ErrorKind::kMalformed, "what is left of an erased entry cannot be read");
  }
  return mapped;
}

}  // namespace weir::sync
