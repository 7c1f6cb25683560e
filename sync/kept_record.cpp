// SPDX-License-Identifier: Apache-2.0
#include "sync/kept_record.hpp"

#include <stdexcept>
#include <utility>

#include "base/binary.hpp"
#include "base/digest.hpp"
#include "base/json_writer.hpp"

namespace weir::sync {
namespace {

constexpr std::uint8_t kRowVersion = 1;

KeptRecord Unpack(storage::RecordRow row) {
  BinaryReader reader(row.state);
  if (reader.U8() != kRowVersion) {
    throw std::runtime_error("record " + row.id + " was written by a later version");
  }
  KeptRecord record{.kind = row.kind,
                    .merchant = std::move(row.merchant),
                    .id = std::move(row.id),
                    .platform = std::move(row.columns.platform),
                    .connection = std::move(row.columns.connection),
                    .number = std::move(row.columns.number),
                    .state = {},
                    .stamps = {.version = row.version, .updated_at = row.columns.updated_at},
                    .published_seq = row.published_seq,
                    .unmapped_shop = {},
                    .trail = DecodeTrail(row.trail)};
  record.stamps.created_at = Instant(std::chrono::milliseconds(reader.SignedVarint()));
  record.unmapped_shop = reader.Text();
  record.body_sum = reader.U64();
  record.state = reader.Text();
  if (!reader.done()) throw std::runtime_error("the state of record " + record.id + " is damaged");
  return record;
}

storage::RecordRow Pack(KeptRecord record, Projection now) {
  storage::RecordRow row;
  row.kind = record.kind;
  row.version = record.stamps.version;
  row.published_seq = record.published_seq;
  row.columns = {.store = std::move(now.store),
                 .platform = std::move(record.platform),
                 .connection = std::move(record.connection),
                 .status = std::move(now.status),
                 .number = std::move(record.number),
                 .display = std::move(now.display),
                 .sorted_at = now.sorted_at.value_or(record.stamps.created_at),
                 .updated_at = record.stamps.updated_at};
  BinaryWriter writer(row.state);
  writer.U8(kRowVersion);
  writer.SignedVarint(record.stamps.created_at.time_since_epoch().count());
  writer.Text(record.unmapped_shop);
  writer.U64(record.body_sum);
  writer.Text(now.state);
  row.trail = EncodeTrail(record.trail);
  row.merchant = std::move(record.merchant);
  row.id = std::move(record.id);
  return row;
}

storage::AliasRow UnmappedAlias(const KeptRecord& record, const std::string& shop) {
  return {.merchant = record.merchant,
          .kind = UnmappedKind(record.kind),
          .key = record.connection + "/" + shop,
          .id = record.id};
}

void KeepAlias(KeptRecord& record, const Projection& now, FoldBatch& batch) {
  std::string unmapped = now.store.empty() ? now.platform_shop : std::string();
  if (unmapped == record.unmapped_shop) return;
  if (!record.unmapped_shop.empty()) batch.DropAlias(UnmappedAlias(record, record.unmapped_shop));
  if (!unmapped.empty()) batch.AddAlias(UnmappedAlias(record, unmapped));
  record.unmapped_shop = std::move(unmapped);
}

std::string WholeJson(const KeptRecord& record, const Projection& now) {
  std::string out;
  out.reserve(now.body.size() + now.aside.size() + now.tail.size() + 256);
  JsonWriter json(out);
  json.BeginObject().Member("id", record.id).Member("merchant", record.merchant).Raw(now.body);
  if (!now.aside.empty()) json.Raw(now.aside);
  json.Member("version", record.stamps.version)
      .Member("created_at", record.stamps.created_at)
      .Member("updated_at", record.stamps.updated_at)
      .Raw(now.tail)
      .EndObject();
  return out;
}

/// Of what readers see.
std::uint64_t SumOf(const Projection& now) {
  return Checksum(now.tail, Checksum(now.body, now.content_sum));
}

}  // namespace

const char* UnmappedKind(storage::RecordKind kind) noexcept {
  switch (kind) {
    case storage::RecordKind::kReview:
      return "unmapped_store/review";
    case storage::RecordKind::kMenu:
      return "unmapped_store/menu";
    default:
      return "unmapped_store";
  }
}

boost::asio::awaitable<std::optional<KeptRecord>> FindKept(storage::Storage& storage,
                                                           const FoldBatch& batch,
                                                           storage::RecordKind kind,
                                                           std::string merchant, std::string id) {
  if (const auto* put = batch.FindPut(kind, merchant, id)) co_return Unpack(*put);
  auto loaded = co_await storage.Load(kind, std::move(merchant), std::move(id));
  if (!loaded) throw std::runtime_error(loaded.error().message);
  if (!*loaded) co_return std::nullopt;
  co_return Unpack(**std::move(loaded));
}

Result<KeptRecord> KeptOf(storage::RecordRow row) {
  try {
    return Unpack(std::move(row));
  } catch (const std::runtime_error& error) {
    return Fail(ErrorKind::kInternal, error.what());
  }
}

storage::RecordRow Rewritten(KeptRecord record, Projection now) {
  record.body_sum = SumOf(now);
  return Pack(std::move(record), std::move(now));
}

void MoveTo(KeptRecord& record, std::string connection, FoldBatch& batch) {
  if (!record.unmapped_shop.empty()) {
    batch.DropAlias(UnmappedAlias(record, std::exchange(record.unmapped_shop, {})));
  }
  record.connection = std::move(connection);
}

void Settle(KeptRecord record, const FoldPoint& at, Projection now, FoldBatch& batch) {
  const bool fresh = record.stamps.version == 0;
  if (fresh) record.stamps.created_at = at.stamp;
  KeepAlias(record, now, batch);
  const std::uint64_t body_sum = SumOf(now);
  bool changed = fresh || body_sum != record.body_sum;
  bool touched = changed || now.state != record.state;
  if (at.effect) {
    changed = *at.effect == model::Effect::kVersion;
    touched = *at.effect != model::Effect::kNone;
  }
  if (!touched) return;
  record.body_sum = body_sum;
  std::uint64_t seq = 0;
  if (changed) {
    ++record.stamps.version;
    record.stamps.updated_at = at.stamp;
    seq = batch.Publish(at.position, {.merchant = record.merchant,
                                      .type = now.type,
                                      .subject = record.id,
                                      .version = record.stamps.version,
                                      .at = at.stamp,
                                      .data = WholeJson(record, now)});
    record.published_seq = seq;
  }
  if (record.trail.size() >= kMaxTrail) record.trail.erase(record.trail.begin());
  record.trail.push_back({at.position.offset, seq});
  batch.Put(Pack(std::move(record), std::move(now)));
}

}  // namespace weir::sync
