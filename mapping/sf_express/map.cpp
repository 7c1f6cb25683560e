// SPDX-License-Identifier: Apache-2.0
#include "mapping/sf_express/map.hpp"

#include <iterator>
#include <string>
#include <utility>

#include "mapping/pages.hpp"
#include "mapping/sf_express/answer.hpp"
#include "mapping/sf_express/fees.hpp"
#include "mapping/sf_express/orders.hpp"
#include "mapping/sf_express/routes.hpp"
#include "mapping/sf_express/states.hpp"

namespace weir::mapping::sf_express {
namespace {

Mapped Refused(std::string reason, std::string detail) {
  Mapped mapped;
  mapped.unmappable = Unmappable{.reason = std::move(reason), .detail = std::move(detail)};
  return mapped;
}

Mapped Only(std::optional<model::ShipmentFacts> facts) {
  if (!facts) return Refused("missing_subject", "The payload names no shipment.");
  Mapped mapped;
  mapped.shipments.push_back(*std::move(facts));
  return mapped;
}

bool IsOfOrder(std::string_view topic) {
  return topic == kCreateOrder || topic == kSearchOrder || topic == kUpdateOrder ||
         topic == kSubWaybills;
}

Mapped MapAnswer(std::string_view topic, std::string_view bytes, const Asked& asked) {
  const auto answer = Answer::Parse(bytes);
  if (!answer) return Refused("malformed_payload", answer.error().message);
  if (!answer->succeeded()) {
    return topic == kCancelTopic && answer->error_code() == kCancelledBefore
               ? Only(MapCancel(Value(), asked))
               : Refused("malformed_payload", "The answer is a refusal.");
  }
  const Value message = answer->message();
  if (topic == kSearchRoutes) {
    Mapped mapped;
    mapped.shipments = MapRoutes(message, asked);
    return mapped;
  }
  if (IsOfOrder(topic)) return Only(MapOrder(message, asked));
  if (topic == kCancelTopic) return Only(MapCancel(message, asked));
  if (topic == kQueryFee) return Only(MapFee(message, asked));
  if (topic == kPromisedTime) return Only(MapPromisedTime(message, asked));
  if (topic == kIntercept) return Only(MapIntercept(message, asked));
  return Refused("unknown_topic", "Answers of this service are not mapped.");
}

Mapped MapPages(const Payload& payload) {
  const auto pages = SplitPages(payload.bytes);
  if (!pages) return Refused("malformed_payload", pages.error().message);
  Mapped all;
  for (const AnswerPage& page : *pages) {
    Mapped one =
        MapAnswer(payload.topic, page.bytes, {.number = page.topic, .at = payload.received_at});
    std::ranges::move(one.shipments, std::back_inserter(all.shipments));
    if (one.unmappable && !all.unmappable) all.unmappable = std::move(one.unmappable);
  }
  if (all.unmappable) all.unmappable->in_part = !all.shipments.empty();
  return all;
}

/// Takes what one record of a push says; false when it names no shipment.
bool Add(Mapped& mapped, std::optional<model::ShipmentFacts> facts) {
  if (facts) mapped.shipments.push_back(*std::move(facts));
  return facts.has_value();
}

}  // namespace

Mapped MapPush(const Push& push, const ContentDigest& content) {
  Mapped mapped;
  bool complete = true;
  if (push.kind() == PushKind::kRoutes) {
    PushedRoutes routes = MapRoutes(push, content);
    mapped.shipments = std::move(routes.shipments);
    complete = routes.complete;
  } else {
    for (const std::vector<Member>& record : push.records()) {
      const bool added =
          Add(mapped, push.kind() == PushKind::kStates ? MapPushedState(record, content)
                                                       : MapPushedFee(record, content));
      complete = complete && added;
    }
  }
  if (!complete) {
    mapped.unmappable = Unmappable{.reason = "missing_subject",
                                   .detail = "A record of the push names no shipment.",
                                   .in_part = !mapped.shipments.empty()};
  }
  return mapped;
}

Mapped Map(const Payload& payload) {
  if (payload.pulled) {
    return payload.dialect == kPagesDialect
               ? MapPages(payload)
               : MapAnswer(payload.topic, payload.bytes, {.number = {}, .at = payload.received_at});
  }
  const auto kind = ParsePushKind(payload.topic);
  if (!kind) return Refused("unknown_topic", "The push is of no kind that is known.");
  const auto push = Push::Decode(*kind, payload.dialect, payload.bytes);
  if (!push) return Refused("malformed_payload", push.error().message);
  return MapPush(*push, push->Content());
}

}  // namespace weir::mapping::sf_express
