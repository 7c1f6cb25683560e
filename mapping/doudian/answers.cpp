// SPDX-License-Identifier: Apache-2.0
#include "mapping/doudian/answers.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "base/text.hpp"
#include "mapping/doudian/after_sales.hpp"
#include "mapping/doudian/map.hpp"
#include "mapping/doudian/menus.hpp"
#include "mapping/doudian/orders.hpp"
#include "mapping/doudian/shipments.hpp"
#include "mapping/doudian/shops.hpp"
#include "mapping/pages.hpp"

namespace weir::mapping::doudian {
namespace {

constexpr std::string_view kDetail = "order.orderDetail";
constexpr std::string_view kMenuTopic = "menu?";

Mapped Refused(std::string reason, std::string detail) {
  Mapped mapped;
  mapped.unmappable = Unmappable{.reason = std::move(reason), .detail = std::move(detail)};
  return mapped;
}

Mapped MissingSubject() {
  return Refused("missing_subject", "An order, an after-sale or a store of the answer has no id.");
}

/// The shop a read was asked of; empty when the topic does not say.
std::string ShopIn(std::string_view topic) {
  constexpr std::string_view kShop = "?shop=";
  const std::size_t at = topic.find(kShop);
  std::string shop;
  if (at == std::string_view::npos ||
      !AppendPercentDecoded(shop, topic.substr(at + kShop.size()), false)) {
    return {};
  }
  return shop;
}

Value DataOf(const JsonDocument& document) { return MemberAt(Value(document.root()), "data"); }

template <typename Map>
Mapped One(const Value& object, const Map& map) {
  Mapped mapped;
  auto facts = object.is_object() ? map(object) : std::optional<model::OrderFacts>();
  if (!facts) return MissingSubject();
  mapped.orders.push_back(*std::move(facts));
  return mapped;
}

/// What names nothing is said to be missing; the others count.
template <typename Map>
Mapped Each(const Value& list, const Map& map) {
  if (!list.is_array()) return Refused("malformed_payload", "The answer has no list.");
  Mapped mapped;
  bool complete = true;
  for (const simdjson::dom::element element : list.array()) {
    const Value object(element);
    auto facts = object.is_object() ? map(object) : std::optional<model::OrderFacts>();
    complete = facts && complete;
    if (facts) mapped.orders.push_back(*std::move(facts));
  }
  if (!complete) {
    mapped.unmappable = MissingSubject().unmappable;
    mapped.unmappable->in_part = true;
  }
  return mapped;
}

Mapped MapStore(const Value& data, Instant asked_at) {
  auto shop = MapShop(MemberAt(MemberAt(data, "store_detail"), "store"), asked_at);
  if (!shop) return MissingSubject();
  Mapped mapped;
  mapped.stores = std::move(shop->states);
  mapped.profiles.push_back(std::move(shop->profile));
  return mapped;
}

Mapped MapOne(const Payload& payload) {
  const auto document = JsonDocument::Parse(payload.bytes);
  if (!document) return Refused("malformed_payload", document.error().message);
  const Value data = DataOf(*document);
  if (data.empty()) return Refused("malformed_payload", "The answer has no data.");
  const Instant asked_at = payload.received_at;
  const auto order = [&](const Value& object) { return MapOrder(object, {}, asked_at); };
  const auto after_sale = [&](const Value& object) { return MapAfterSale(object, asked_at); };
  const auto shipment = [&](const Value& object) { return MapShipment(object, asked_at); };
  if (payload.topic == kDetail) return One(MemberAt(data, "shop_order_detail"), order);
  if (payload.topic == "order.searchList") return Each(MemberAt(data, "shop_order_list"), order);
  if (payload.topic == "afterSale.Detail") return One(data, after_sale);
  if (payload.topic == "afterSale.List") return Each(MemberAt(data, "items"), after_sale);
  if (payload.topic == "superm.getShipmentInfo") return One(data, shipment);
  if (payload.topic == "shop.getStoreDetail") return MapStore(data, asked_at);
  return Refused("unknown_topic", "Answers of this interface are not mapped.");
}

/// An order's detail, which stands first, and what was read along with it.
Mapped MapOrderPages(const Payload& payload) {
  constexpr std::size_t kMost = 8;
  const auto pages = SplitPages(payload.bytes);
  if (!pages) return Refused("malformed_payload", pages.error().message);
  if (pages->size() > kMost || pages->front().topic != kDetail) {
    return Refused("malformed_payload", "The payload's pages are not those of an order.");
  }
  std::vector<JsonDocument> documents;
  documents.reserve(pages->size());
  BesideOrder beside;
  for (const AnswerPage& page : *pages) {
    auto document = JsonDocument::Parse(page.bytes);
    if (!document) return Refused("malformed_payload", document.error().message);
    documents.push_back(*std::move(document));
    const Value data = DataOf(documents.back());
    if (page.topic == "order.batchDecrypt") beside.contacts = Contacts(data);
    if (page.topic == "superm.getShipmentInfo") beside.shipment = data;
    if (page.topic == "logistics.trackNoRouteDetail") beside.track = data;
  }
  return One(MemberAt(DataOf(documents.front()), "shop_order_detail"),
             [&](const Value& object) { return MapOrder(object, beside, payload.received_at); });
}

}  // namespace

Mapped MapAnswers(const Payload& payload) {
  if (payload.dialect == kAnswers) return MapOne(payload);
  if (payload.dialect != kPagesDialect) {
    return Refused("malformed_payload", "The payload's dialect is unknown.");
  }
  if (payload.topic.starts_with(kMenuTopic)) {
    return MapMenu(payload.bytes, ShopIn(payload.topic), payload.received_at);
  }
  return MapOrderPages(payload);
}

}  // namespace weir::mapping::doudian
