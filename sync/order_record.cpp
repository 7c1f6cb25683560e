// SPDX-License-Identifier: Apache-2.0
#include "sync/order_record.hpp"

#include <utility>

#include "base/binary.hpp"

namespace weir::sync {
namespace {

constexpr std::uint8_t kRowVersion = 1;

enum Flag : std::uint8_t {
  kPlacedPublished = 1,
  kIncompletePublished = 2,
  kRereadPlanned = 4,
};

std::int64_t Milliseconds(Instant at) { return at.time_since_epoch().count(); }
Instant At(std::int64_t milliseconds) { return Instant(std::chrono::milliseconds(milliseconds)); }

}  // namespace

storage::RecordRow ToRow(const OrderRecord& record, std::string store, std::string encoded_state) {
  storage::RecordRow row;
  row.kind = storage::RecordKind::kOrder;
  row.merchant = record.merchant;
  row.id = record.id;
  row.version = record.stamps.version;
  row.published_seq = record.published_seq;
  row.columns = {.store = std::move(store),
                 .platform = record.identity.platform,
                 .connection = record.identity.connection,
                 .status = std::string(model::Name(record.state.status())),
                 .number = record.identity.platform_order_id,
                 .display = std::string(record.state.display_no()),
                 .sorted_at = record.state.placed_at().value_or(record.stamps.created_at),
                 .updated_at = record.stamps.updated_at};
  BinaryWriter writer(row.state);
  writer.U8(kRowVersion);
  writer.U8(static_cast<std::uint8_t>((record.placed_published ? kPlacedPublished : 0) |
                                      (record.incomplete_published ? kIncompletePublished : 0) |
                                      (record.reread_planned ? kRereadPlanned : 0)));
  writer.SignedVarint(Milliseconds(record.stamps.created_at));
  writer.Text(record.unmapped_shop);
  writer.Text(record.display_alias);
  writer.U64(record.body_sum);
  writer.Text(encoded_state);
  row.trail = EncodeTrail(record.trail);
  return row;
}

Result<OrderRecord> FromRow(storage::RecordRow row) {
  BinaryReader reader(row.state);
  if (reader.U8() != kRowVersion) {
    return Fail(ErrorKind::kInternal, "order " + row.id + " was written by a later version");
  }
  OrderRecord record;
  const std::uint8_t flags = reader.U8();
  record.placed_published = (flags & kPlacedPublished) != 0;
  record.incomplete_published = (flags & kIncompletePublished) != 0;
  record.reread_planned = (flags & kRereadPlanned) != 0;
  record.stamps = {.version = row.version,
                   .created_at = At(reader.SignedVarint()),
                   .updated_at = row.columns.updated_at};
  record.unmapped_shop = reader.Text();
  record.display_alias = reader.Text();
  record.body_sum = reader.U64();
  const std::string_view encoded = reader.Text();
  if (!reader.done())
    return Fail(ErrorKind::kInternal, "the state of order " + row.id + " is damaged");
  auto state = model::OrderState::Decode(encoded);
  if (!state) return std::unexpected(state.error());
  record.state_sum = Checksum(encoded);
  record.state = std::move(*state);
  record.trail = DecodeTrail(row.trail);
  record.published_seq = row.published_seq;
  record.identity = {.merchant = row.merchant,
                     .platform = std::move(row.columns.platform),
                     .connection = std::move(row.columns.connection),
                     .platform_order_id = std::move(row.columns.number)};
  record.merchant = std::move(row.merchant);
  record.id = std::move(row.id);
  return record;
}

}  // namespace weir::sync
