// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "base/text.hpp"
#include "mapping/douyin/orders.hpp"

namespace weir::mapping::douyin {
namespace {

constexpr NameTable kPoiNames({"poi_id", "poi_name"});
using Poi = Members<kPoiNames>;

std::string TakeShop(Event& event, FieldReader& reader) {
  Poi poi(Inside(reader, "poi", event.fields.Take("poi")));
  std::string shop(poi.Take("poi_id").text());
  KeepRest(event, "poi", poi);
  const std::string_view told = event.fields.Take("poi_id").text();
  return shop.empty() ? std::string(told) : shop;
}

/// "startSec-endSec".
void TakeWindow(Event& event, FieldReader& reader, model::Expected& expected) {
  const std::string_view text = event.fields.Take("sys_expect_time").text();
  const std::size_t cut = text.find('-');
  expected.from = Moment(reader, "sys_expect_time", Value(text.substr(0, cut)));
  expected.to = cut == std::string_view::npos
                    ? expected.from
                    : Moment(reader, "sys_expect_time", Value(text.substr(cut + 1)));
}

std::optional<model::Expected> TakeExpected(Event& event, FieldReader& reader,
                                            std::vector<model::Issue>& issues) {
  if (!event.fields.Has("is_book") && !event.fields.Has("sys_expect_time")) {
    return std::nullopt;
  }
  model::Expected expected;
  const auto book = reader.Integer("is_book", event.fields.Peek("is_book"));
  if (book == kAtOnce || book == kBooked) {
    event.fields.Take("is_book");
    expected.asap = book == kAtOnce;
  } else if (book) {
    issues.push_back({.code = "unknown_status", .detail = "is_book " + std::to_string(*book)});
  }
  TakeWindow(event, reader, expected);
  return expected;
}

model::DeliveryMode TakeMode(Event& event, FieldReader& reader, std::vector<model::Issue>& issues) {
  const auto own = reader.Integer("is_self_deliver", event.fields.Peek("is_self_deliver"));
  if (!own) {
    return model::DeliveryMode::kUnknown;
  }
  if (*own != 0 && *own != 1) {
    issues.push_back(
        {.code = "unknown_status", .detail = "is_self_deliver " + std::to_string(*own)});
    return model::DeliveryMode::kUnknown;
  }
  event.fields.Take("is_self_deliver");
  return *own == 1 ? model::DeliveryMode::kMerchant : model::DeliveryMode::kPlatform;
}

}  // namespace

bool IsTakeaway(const Fields& fields) {
  return fields.Has("receiver_info") || fields.Has("shop_number") || fields.Has("is_book") ||
         fields.Has("is_self_deliver") || (fields.Has("amount_info") && fields.Has("products"));
}

model::OrderSnapshot MapTakeaway(Event& event, const model::SnapshotKey& key,
                                 const Contacts& contacts) {
  model::OrderSnapshot snapshot;
  FieldReader reader(snapshot.issues);
  snapshot.key = key;
  snapshot.kind = model::OrderKind::kDelivery;
  snapshot.platform_shop = TakeShop(event, reader);
  snapshot.display_no = event.fields.Take("shop_number").text();
  const Fields::Name created =
      event.fields.Has("create_time") ? Fields::Name("create_time") : "create_order_time";
  snapshot.placed_at = Moment(reader, created.text, event.fields.Take(created));
  snapshot.paid_at = Moment(reader, "pay_time", event.fields.Take("pay_time"));
  snapshot.expected = TakeExpected(event, reader, snapshot.issues);
  snapshot.delivery_mode = TakeMode(event, reader, snapshot.issues);
  snapshot.remark = event.fields.Take("remark").text();
  MapReceiver(event, reader, snapshot.customer);
  MapContacts(event, reader, contacts, snapshot.customer);
  snapshot.items = MapProducts(event, reader, snapshot);
  MapAmountInfo(event, reader, snapshot);
  return snapshot;
}

}  // namespace weir::mapping::douyin
