// SPDX-License-Identifier: Apache-2.0
#include "mapping/douyin/map.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "mapping/content.hpp"
#include "mapping/douyin/answers.hpp"
#include "mapping/douyin/orders.hpp"
#include "mapping/douyin/stores.hpp"

namespace weir::mapping::douyin {
namespace {

Mapped Refused(std::string reason, std::string detail) {
  Mapped mapped;
  mapped.unmappable = Unmappable{.reason = std::move(reason), .detail = std::move(detail)};
  return mapped;
}

Mapped MapEvent(Event event) {
  const EventRow* const row = FindCode(kEvents, event.name);
  if (row == nullptr) {
    return Refused("unknown_topic", "The event is not known.");
  }
  Mapped mapped;
  if (row->subject == Subject::kSilent) {
    return mapped;
  }
  if (row->subject == Subject::kStore) {
    auto store = MapStore(event, *row);
    if (!store) return Refused("missing_subject", "The event names no shop.");
    mapped.stores.push_back(*std::move(store));
    return mapped;
  }
  auto order = MapOrder(event, *row);
  if (!order) return Refused("missing_subject", "The event names no order.");
  mapped.orders.push_back(*std::move(order));
  return mapped;
}

/// A customer's wish for his money, by what it holds: the path says nothing.
bool IsRefundApplication(const simdjson::dom::object& body) {
  const auto has = [&body](const char* name) {
    simdjson::dom::element element;
    return body.at_key(name).get(element) == simdjson::SUCCESS;
  };
  return has("order_id") && has("after_sale_id") &&
         (has("after_sale_type") || has("refund_reason"));
}

}  // namespace

Mapped MapWebhook(const Webhook& webhook, const ContentDigest& content) {
  if (!webhook.content().is_object()) {
    return Refused("malformed_payload", "The content is no object, nor text that holds one.");
  }
  return MapEvent({.fields = Fields(FlatMembersOf(webhook.content().object())),
                   .name = webhook.event(),
                   .pulled = false,
                   .sent_at = {},
                   .content = content,
                   .nested_rest = {}});
}

SpiCall MapSpi(std::string_view body) {
  SpiCall call;
  const auto document = JsonDocument::Parse(body);
  if (!document || !document->root().is_object()) {
    ContentHasher hasher;
    hasher.Update(body);
    call.content = hasher.Finish();
    call.mapped = Refused("malformed_payload", "The call's body is no JSON object.");
    return call;
  }
  const simdjson::dom::object object = document->root().get_object().value_unsafe();
  std::vector<Member> members = FlatMembersOf(object);
  std::ranges::sort(members, {}, &Member::name);
  call.content = ContentOf(members);
  if (IsRefundApplication(object)) {
    call.action = kRefundApply;
  }
  call.mapped = MapEvent({.fields = Fields(std::move(members)),
                          .name = call.action,
                          .pulled = false,
                          .sent_at = {},
                          .content = call.content,
                          .nested_rest = {}});
  return call;
}

Mapped Map(const Payload& payload) {
  if (payload.pulled) {
    return MapAnswer(payload);
  }
  if (payload.dialect == kSpiDialect) {
    return MapSpi(payload.bytes).mapped;
  }
  if (payload.dialect != kWebhookDialect) {
    return Refused("malformed_payload", "The payload's dialect is unknown.");
  }
  const auto webhook = Webhook::Decode(payload.bytes);
  if (!webhook) {
    return Refused("malformed_payload", webhook.error().message);
  }
  return MapWebhook(*webhook, webhook->Content());
}

}  // namespace weir::mapping::douyin
