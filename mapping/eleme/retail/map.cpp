// SPDX-License-Identifier: Apache-2.0
#include "mapping/eleme/retail/map.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "mapping/content.hpp"
#include "mapping/eleme/retail/orders.hpp"
#include "mapping/json.hpp"

namespace weir::mapping::eleme::retail {
namespace {

constexpr std::string_view kOrderRead = "order.get";

Mapped Refused(std::string reason, std::string detail) {
  Mapped mapped;
  mapped.unmappable = Unmappable{.reason = std::move(reason), .detail = std::move(detail)};
  return mapped;
}

Mapped MapOrderEvent(Event& event, const Command& command) {
  auto order = MapOrder(event, command);
  if (!order) return Refused("missing_subject", "The message names no order.");
  Mapped mapped;
  mapped.orders.push_back(*std::move(order));
  return mapped;
}

/// A code that is not known is told as it is.
Mapped MapShopEvent(const Event& event) {
  const Value shop = event.fields.Peek("shop_id");
  const Value told = event.fields.Peek("business_ele");
  if (shop.empty() || told.text().empty()) {
    return Refused("missing_subject", "The message names no shop's state.");
  }
  std::vector<model::Issue> unused;
  const auto code = FieldReader(unused).Integer("business_ele", told);
  const ShopCode* const known = code ? FindCode(kShopCodes, *code) : nullptr;
  model::StoreFact fact;
  fact.aspect = known != nullptr ? model::StoreAspect::kBusiness : model::StoreAspect::kOther;
  fact.platform_shop = shop.text();
  fact.state = known != nullptr ? known->state : told.text();
  if (fact.state != "open") fact.reason = told.text();
  fact.sent_at = event.sent_at;
  fact.digest = event.content;
  Mapped mapped;
  mapped.stores.push_back(std::move(fact));
  return mapped;
}

Mapped MapAnswer(const Payload& payload) {
  if (payload.topic != kOrderRead) {
    return Refused("unknown_topic", "Answers to this command are not mapped.");
  }
  const auto document = JsonDocument::Parse(payload.bytes);
  if (!document) return Refused("malformed_payload", document.error().message);
  simdjson::dom::object data;
  if (document->root()["body"]["data"].get(data) != simdjson::SUCCESS) {
    return Refused("malformed_payload", "The answer has no data.");
  }
  std::vector<Member> members = MembersOf(data);
  std::ranges::sort(members, {}, &Member::name);
  const ContentDigest content = ContentOf(members);
  Event event{.fields = Fields(std::move(members)),
              .pulled = true,
              .sent_at = payload.received_at,
              .content = content,
              .nested_rest = {}};
  if (!event.fields.Has("order")) {
    return Refused("missing_subject", "The answer holds no order.");
  }
  return MapOrderEvent(event, kOrderPushes.front());
}

}  // namespace

Mapped MapPush(const Push& push, const ContentDigest& content) {
  if (push.empty()) return {};
  if (!push.encrypt().empty()) {
    return Refused("malformed_payload", "The body is encrypted; Weir reads plain ones.");
  }
  const auto document = JsonDocument::Parse(push.body());
  if (!document) return Refused("malformed_payload", document.error().message);
  const Value root(document->root());
  if (!root.is_object()) return Refused("malformed_payload", "The body is no JSON object.");
  Event event{.fields = Fields(MembersOf(root.object())),
              .pulled = false,
              .sent_at = push.sent_at(),
              .content = content,
              .nested_rest = {}};
  if (push.cmd() == kShopPush) return MapShopEvent(event);
  const Command* const command = FindCode(kOrderPushes, push.cmd());
  if (command == nullptr) return Refused("unknown_topic", "The message's command is not known.");
  return MapOrderEvent(event, *command);
}

Mapped Map(const Payload& payload) {
  if (payload.pulled) return MapAnswer(payload);
  const auto push = Push::Decode(payload.bytes);
  if (!push) return Refused("malformed_payload", push.error().message);
  return MapPush(*push, push->Content());
}

}  // namespace weir::mapping::eleme::retail
