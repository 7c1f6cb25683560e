// SPDX-License-Identifier: Apache-2.0
#include "mapping/eleme/map.hpp"
#include "mapping/eleme/answers.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "base/text.hpp"
#include "mapping/content.hpp"
#include "mapping/eleme/event.hpp"
#include "mapping/eleme/orders.hpp"
#include "mapping/eleme/retail/map.hpp"
#include "mapping/eleme/status.hpp"
#include "mapping/eleme/stores.hpp"

namespace weir::mapping::eleme {
namespace {

Mapped Refused(std::string reason, std::string detail) {
  Mapped mapped;
  mapped.unmappable = Unmappable{.reason = std::move(reason), .detail = std::move(detail)};
  return mapped;
}

template <std::size_t N>
bool Contains(const std::array<std::int64_t, N>& types, std::int64_t type) {
  return std::ranges::find(types, type) != types.end();
}

/// Whether a message of this type is about one order.
bool IsOfOrder(std::int64_t type) {
  const bool refund = (type >= kCancelFlow && FindCode(kRefundSteps, type - kCancelFlow)) ||
                      (type >= kRefundFlow && FindCode(kRefundSteps, type - kRefundFlow));
  return refund || FindCode(kOrderTypes, type) != nullptr ||
         FindCode(kDeliveryTypes, type) != nullptr || type == kSelfDelivery || type == kReminder ||
         Contains(kLeanTypes, type);
}

Mapped MapEvent(Event event) {
  Mapped mapped;
  if (IsOfOrder(event.type)) {
    if (auto order = MapOrder(event)) {
      mapped.orders.push_back(std::move(*order));
      return mapped;
    }
    return Refused("missing_subject", "The message names no order.");
  }
  if (event.type == kAuthorizationRevoked) {
    mapped.connections.push_back(MapRevocation(event));
    return mapped;
  }
  if (Contains(kShopTypes, event.type)) {
    // That something else changed of a shop is no fact of its state.
    if (auto store = MapStore(event)) {
      mapped.stores.push_back(std::move(*store));
    } else if (event.type == kShopTypes.front()) {
      return Refused("missing_subject", "The message names no shop's state.");
    }
    return mapped;
  }
  return Contains(kSilentTypes, event.type)
             ? mapped
             : Refused("unknown_topic", "The message's type is not known.");
}

/// The objects of an answer, each by itself.
class AnswerMap {
 public:
  explicit AnswerMap(Instant asked_at) : asked_at_(asked_at) {}

  /// An order or a waybill, a list of them, a page `{"list": [...]}` or a map by order id.
  void Add(const Value& result) {
    if (result.is_array()) {
      AddAll(result);
    } else if (result.is_object() && !AddOne(result)) {
      for (const auto& [name, element] : result.object()) {
        const Value value(element);
        if (value.is_array()) {
          AddAll(value);
        } else if (value.is_object()) {
          AddOne(value);
        }
      }
    }
  }
  Mapped Take() { return std::move(mapped_); }

 private:
  void AddAll(const Value& list) {
    for (const simdjson::dom::element element : list.array()) {
      if (const Value value(element); value.is_object()) {
        AddOne(value);
      }
    }
  }

  /// False when the object names no order.
  bool AddOne(const Value& object) {
    std::vector<Member> members = MembersOf(object.object());
    std::ranges::sort(members, {}, &Member::name);
    const ContentDigest content = ContentOf(members);
    Event event{.fields = Fields(std::move(members)),
                .type = 0,
                .pulled = true,
                .sent_at = asked_at_,
                .content = content,
                .nested_rest = {}};
    auto order = MapOrder(event);
    if (order) {
      mapped_.orders.push_back(std::move(*order));
    }
    return order.has_value();
  }

  Instant asked_at_;
  Mapped mapped_;
};

Mapped MapAnswer(const Payload& payload) {
  constexpr std::string_view kOrderActions = "eleme.order.";
  if (!payload.topic.starts_with(kOrderActions)) {
    return Refused("unknown_topic", "Answers to this action are not mapped.");
  }
  const auto document = JsonDocument::Parse(payload.bytes);
  if (!document) {
    return Refused("malformed_payload", document.error().message);
  }
  const Value root(document->root());
  simdjson::dom::element result;
  if (!root.is_object() || root.object().at_key("result").get(result) != simdjson::SUCCESS ||
      Value(result).empty()) {
    return Refused("malformed_payload", "The answer has no result.");
  }
  AnswerMap answer(payload.received_at);
  answer.Add(Value(result));
  return answer.Take();
}

}  // namespace

Mapped MapPush(const Push& push, const ContentDigest& content) {
  if (push.empty()) {
    return {};
  }
  const auto document = JsonDocument::Parse(push.message());
  if (!document) {
    return Refused("malformed_payload", document.error().message);
  }
  const Value root(document->root());
  if (!root.is_object()) {
    return Refused("malformed_payload", "The message is no JSON object.");
  }
  return MapEvent({.fields = Fields(MembersOf(root.object())),
                   .type = ParseInt(push.type()).value_or(0),
                   .pulled = false,
                   .sent_at = push.sent_at(),
                   .content = content,
                   .nested_rest = {}});
}

Mapped Map(const Payload& payload) {
  if (auto answers = MapAnswers(payload)) {
    return *std::move(answers);
  }
  if (payload.dialect == retail::kDialect) {
    return retail::Map(payload);
  }
  if (payload.dialect != kDialect) {
    return Refused("malformed_payload", "The payload's dialect is unknown.");
  }
  if (payload.pulled) {
    return MapAnswer(payload);
  }
  const auto push = Push::Decode(payload.bytes);
  if (!push) {
    return Refused("malformed_payload", push.error().message);
  }
  return MapPush(*push, push->Content());
}

}  // namespace weir::mapping::eleme
