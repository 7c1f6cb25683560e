// SPDX-License-Identifier: Apache-2.0
#include "mapping/meituan/map.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/text.hpp"
#include "mapping/content.hpp"
#include "mapping/meituan/event.hpp"
#include "mapping/meituan/menus.hpp"
#include "mapping/meituan/orders.hpp"
#include "mapping/meituan/reviews.hpp"
#include "mapping/meituan/stores.hpp"
#include "mapping/pages.hpp"

namespace weir::mapping::meituan {
namespace {

/// Topics whose messages name an order or a shop (design §4 and protocol §1.4).
constexpr std::array<std::string_view, 13> kKnownTopics{
    "logistics",
    "order/cancelled",
    "order/completed",
    "order/confirmed",
    "order/paid",
    "refund",
    "refund/partial",
    "refund/result",
    "shop/status",
    "urge",
    "order/getOrderDetail",
    "order/logistics/status",
    "order/viewstatus",
};
/// Topics that say nothing of an order or of a shop's state.
constexpr std::array<std::string_view, 3> kSilentTopics{"phone", "shop/audit", "shop/binding"};

template <std::size_t N>
bool Contains(const std::array<std::string_view, N>& list, std::string_view word) {
  return std::ranges::find(list, word) != list.end();
}

Mapped Refused(std::string reason, std::string detail) {
  return {.orders = {},
          .stores = {},
          .connections = {},
          .unmappable = Unmappable{.reason = std::move(reason), .detail = std::move(detail)}};
}

Mapped MapEvent(Event event) {
  Mapped mapped;
  if (event.fields.empty()) {
    return mapped;
  }
  // Which shops an app serves is told by the connection, not learnt from messages.
  const bool binding_or_audit = event.fields.Has("op_type") || event.fields.Has("poi_info") ||
                                event.fields.Has("audit_detail");
  if (auto order = MapOrder(event)) {
    mapped.orders.push_back(std::move(*order));
  } else if (auto store = MapStore(event)) {
    mapped.stores.push_back(std::move(*store));
  } else if (Contains(kKnownTopics, event.topic)) {
    mapped.unmappable =
        Unmappable{.reason = "missing_subject",
                   .detail = "The message names neither an order nor a shop's state."};
  } else if (!binding_or_audit && !Contains(kSilentTopics, event.topic)) {
    mapped.unmappable = Unmappable{.reason = "unknown_topic",
                                   .detail = "Neither the topic nor the content is known."};
  }
  return mapped;
}

/// What was asked for: "order/viewstatus?order_id=1".
struct Topic {
  std::string_view name;
  std::string_view order_id;  ///< Empty when the topic does not say.
  std::string shop;           ///< Likewise.
};

Topic ParseTopic(std::string_view text) {
  constexpr std::string_view kOrder = "order_id=";
  constexpr std::string_view kShop = "app_poi_code=";
  const std::size_t mark = text.find('?');
  Topic topic{.name = text.substr(0, mark), .order_id = {}, .shop = {}};
  if (mark == std::string_view::npos) {
    return topic;
  }
  const std::string_view parameter = text.substr(mark + 1);
  if (parameter.starts_with(kOrder)) {
    topic.order_id = parameter.substr(kOrder.size());
  } else if (parameter.starts_with(kShop) &&
             !AppendPercentDecoded(topic.shop, parameter.substr(kShop.size()), false)) {
    topic.shop.clear();
  }
  return topic;
}

Mapped MapReviewItem(const Value& object, const Topic& topic, Instant asked_at) {
  Mapped mapped;
  if (auto review = MapReview(object, topic.shop, asked_at)) {
    mapped.reviews.push_back(std::move(*review));
  } else {
    mapped.unmappable =
        Unmappable{.reason = "missing_subject", .detail = "The review has no comment_id."};
  }
  return mapped;
}

Mapped MapOrderItem(const Value& object, const Topic& topic, Instant asked_at) {
  std::vector<Member> members = MembersOf(object.object());
  const auto names_order = [](const Member& member) {
    return (member.name == "order_id" || member.name == "wm_order_id_view") &&
           !member.value.empty();
  };
  if (!topic.order_id.empty() && std::ranges::none_of(members, names_order)) {
    members.insert(members.begin(), {.name = "order_id", .value = Value(topic.order_id)});
  }
  std::ranges::sort(members, {}, &Member::name);
  const ContentDigest content = ContentOf(members);
  return MapEvent({.fields = Fields(std::move(members)),
                   .topic = topic.name,
                   .pulled = true,
                   .sent_at = asked_at,
                   .content = content,
                   .nested_rest = {}});
}

Mapped MapShopItem(const Value& object, Instant asked_at) {
  Mapped mapped;
  if (auto shop = MapShop(object, asked_at)) {
    mapped.stores = std::move(shop->states);
    mapped.profiles.push_back(std::move(shop->profile));
  } else {
    mapped.unmappable =
        Unmappable{.reason = "missing_subject", .detail = "The shop has no app_poi_code."};
  }
  return mapped;
}

Mapped MapObject(const Value& object, const Topic& topic, Instant asked_at) {
  if (topic.name == kReviewsTopic) {
    return MapReviewItem(object, topic, asked_at);
  }
  return topic.name == kShopsTopic ? MapShopItem(object, asked_at)
                                   : MapOrderItem(object, topic, asked_at);
}

void Append(Mapped& all, Mapped one) {
  std::ranges::move(one.orders, std::back_inserter(all.orders));
  std::ranges::move(one.reviews, std::back_inserter(all.reviews));
  std::ranges::move(one.stores, std::back_inserter(all.stores));
  std::ranges::move(one.profiles, std::back_inserter(all.profiles));
  if (!all.unmappable) {
    all.unmappable = std::move(one.unmappable);
  }
}

/// `{"data": <object or list of objects>}`; the bare object is understood too.
Mapped MapAnswer(const Payload& payload) {
  const auto document = JsonDocument::Parse(payload.bytes);
  if (!document) {
    return Refused("malformed_payload", document.error().message);
  }
  const Value root(document->root());
  if (!root.is_object()) {
    return Refused("malformed_payload", "The answer is no JSON object.");
  }
  const Topic topic = ParseTopic(payload.topic);
  simdjson::dom::element element;
  if (root.object().at_key("data").get(element) != simdjson::SUCCESS) {
    return MapObject(root, topic, payload.received_at);
  }
  const Value data(element);
  if (data.is_object()) {
    return MapObject(data, topic, payload.received_at);
  }
  if (data.is_array()) {
    Mapped all;
    for (const simdjson::dom::element one : data.array()) {
      if (const Value value(one); value.is_object()) {
        Append(all, MapObject(value, topic, payload.received_at));
      }
    }
    return all;
  }
  return data.text() == "ok" ? Mapped() : Refused("malformed_payload", "The answer has no data.");
}

}  // namespace

Mapped MapFields(const Form& form, std::string_view topic, const ContentDigest& content) {
  std::vector<Member> members;
  members.reserve(form.fields().size());
  for (const FormField& field : form.fields()) {
    if (!IsTransport(field.name)) {
      members.push_back({.name = field.name, .value = Value(field.value)});
    }
  }
  std::optional<Instant> sent_at;
  if (const auto timestamp = ParseUnixSeconds(form.Find("timestamp"))) {
    sent_at = *timestamp;
  }
  return MapEvent({.fields = Fields(std::move(members)),
                   .topic = topic,
                   .pulled = false,
                   .sent_at = sent_at,
                   .content = content,
                   .nested_rest = {}});
}

Mapped Map(const Payload& payload) {
  if (payload.pulled && payload.dialect == kPagesDialect) {
    return MapMenu(payload.bytes, ParseTopic(payload.topic).shop, payload.received_at);
  }
  if (payload.pulled) {
    return payload.dialect == kJsonDialect
               ? MapAnswer(payload)
               : Refused("malformed_payload", "The answer's dialect is unknown.");
  }
  const auto dialect = ParseDialect(payload.dialect);
  if (!dialect) {
    return Refused("malformed_payload", "The push's dialect is unknown.");
  }
  const auto form = Form::Decode(payload.bytes, *dialect);
  if (!form) {
    return Refused("malformed_payload", form.error().message);
  }
  return MapFields(*form, payload.topic, form->Content());
}

}  // namespace weir::mapping::meituan
