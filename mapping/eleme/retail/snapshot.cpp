// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "mapping/eleme/retail/orders.hpp"
#include "mapping/phone.hpp"
#include "mapping/rest.hpp"

namespace weir::mapping::eleme::retail {
namespace {

constexpr NameTable kShopNames({"baidu_shop_id", "id"});
using Shop = Members<kShopNames>;

constexpr NameTable kUserNames({"address", "name", "phone"});
using User = Members<kUserNames>;

constexpr std::string_view kYes = "1";

std::string TakeText(Order& order, Order::Name name) {
  return std::string(order.Take(name).text());
}

template <typename Object>
void KeepRest(Event& event, std::string_view name, const Object& object) {
  if (std::string rest = RestOf(object); !rest.empty()) {
    event.nested_rest.emplace_back(name, std::move(rest));
  }
}

/// The merchant's own word for the shop stands before the platform's: a shop's pushes name it.
std::string TakeShop(Event& event, FieldReader& reader) {
  const auto object = reader.Object("shop", event.fields.Take("shop"));
  if (!object) return {};
  Shop shop(MembersOf(object->root().object()));
  std::string word(
      shop.Take(shop.Has("id") ? Shop::Name("id") : Shop::Name("baidu_shop_id")).text());
  KeepRest(event, "shop", shop);
  return word;
}

/// Where the customer is stays in `extra`: no document says which system the degrees are of.
void TakeCustomer(Event& event, FieldReader& reader, model::Customer& customer) {
  const auto object = reader.Object("user", event.fields.Take("user"));
  if (!object) return;
  User user(MembersOf(object->root().object()));
  customer.name = user.Take("name").text();
  customer.address = user.Take("address").text();
  ReadPhone(user.Take("phone").text(), ',', customer);
  KeepRest(event, "user", user);
}

/// An order for as soon as possible has "1" for its time.
model::Expected TakeExpected(Order& order, FieldReader& reader) {
  const bool asap = order.Take("send_immediately").text() == kYes;
  const Value time = order.Take("send_time");
  const auto at = asap ? std::nullopt : reader.Seconds("send_time", time);
  return {.asap = asap, .from = at, .to = at};
}

std::optional<model::Invoice> TakeInvoice(Order& order) {
  const bool given = order.Has("invoice_title") || order.Has("taxer_id");
  if (order.Peek("need_invoice").text() == (given ? "1" : "2")) order.Take("need_invoice");
  if (!given) return std::nullopt;
  return model::Invoice{.title = TakeText(order, "invoice_title"),
                        .tax_id = TakeText(order, "taxer_id")};
}

/// A party that is not known stays in `extra`.
model::DeliveryMode TakeMode(Order& order, FieldReader& reader) {
  const auto code = reader.Integer("delivery_party", order.Peek("delivery_party"));
  const DeliveryParty* const party = code ? FindCode(kDeliveryParties, *code) : nullptr;
  if (party == nullptr) return model::DeliveryMode::kUnknown;
  order.Take("delivery_party");
  return party->mode;
}

}  // namespace

model::OrderSnapshot MapSnapshot(Event& event, Order& order, const model::SnapshotKey& key) {
  model::OrderSnapshot snapshot;
  FieldReader reader(snapshot.issues);
  snapshot.key = key;
  snapshot.platform_shop = TakeShop(event, reader);
  snapshot.display_no = TakeText(order, "order_index");
  snapshot.placed_at = reader.Seconds("create_time", order.Take("create_time"));
  snapshot.expected = TakeExpected(order, reader);
  TakeCustomer(event, reader, snapshot.customer);
  snapshot.remark = TakeText(order, "remark");
  snapshot.invoice = TakeInvoice(order);
  snapshot.delivery_mode = TakeMode(order, reader);
  MapMoney(event, order, reader, snapshot);
  return snapshot;
}

}  // namespace weir::mapping::eleme::retail
