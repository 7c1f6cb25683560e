// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <utility>

#include "mapping/douyin/orders.hpp"

namespace weir::mapping::douyin {
namespace {

/// Coupons are bought of one SKU.
std::vector<model::Item> TakeItem(Event& event, FieldReader& reader) {
  model::Item item;
  item.line = "1";
  item.name = event.fields.Take("sku_name").text();
  item.platform_sku = event.fields.Take("sku_id").text();
  const auto count = reader.Integer("count", event.fields.Take("count")).value_or(1);
  item.quantity = fmt::format("{}", count > 0 ? count : 1);
  const auto amount = reader.Fen("original_amount", event.fields.Peek("original_amount"));
  item.amount = amount.value_or(Money());
  item.unit_price = Money::FromFen(item.amount.fen() / (count > 0 ? count : 1));
  return {std::move(item)};
}

}  // namespace

model::OrderSnapshot MapVoucher(Event& event, const model::SnapshotKey& key,
                                const Contacts& contacts) {
  model::OrderSnapshot snapshot;
  FieldReader reader(snapshot.issues);
  snapshot.key = key;
  snapshot.kind = model::OrderKind::kVoucher;
  snapshot.delivery_mode = model::DeliveryMode::kNone;
  // It has no shop until a coupon is verified in one.
  snapshot.placed_at = Moment(reader, "create_order_time", event.fields.Take("create_order_time"));
  snapshot.paid_at = Moment(reader, "pay_time", event.fields.Take("pay_time"));
  MapContacts(event, reader, contacts, snapshot.customer);
  snapshot.items = TakeItem(event, reader);
  MapVoucherAmounts(event, reader, snapshot);
  return snapshot;
}

}  // namespace weir::mapping::douyin
