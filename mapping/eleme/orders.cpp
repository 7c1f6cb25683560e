// SPDX-License-Identifier: Apache-2.0
#include "mapping/eleme/orders.hpp"

#include <algorithm>
#include <utility>

#include "mapping/content.hpp"
#include "mapping/eleme/status.hpp"
#include "mapping/status_fact.hpp"

namespace weir::mapping::eleme {
namespace {

using model::OrderStatus;

/// What an event is about: its type says so, of an answer its content.
enum class Subject { kSnapshot, kStatus, kRefund, kDelivery, kUrge, kLean, kOther };

bool IsWhole(const Fields& fields) {
  return fields.Has("groups") || fields.Has("createdAt") || fields.Has("originalPrice");
}

Subject SubjectOfAnswer(const Fields& fields) {
  if (fields.Has("state")) {
    return Subject::kDelivery;
  }
  return IsWhole(fields) ? Subject::kSnapshot : Subject::kOther;
}

Subject SubjectOf(const Event& event) {
  if (event.pulled) {
    return SubjectOfAnswer(event.fields);
  }
  if (event.type == kOrderPlaced) {
    return IsWhole(event.fields) ? Subject::kSnapshot : Subject::kStatus;
  }
  if (FindCode(kOrderTypes, event.type) != nullptr) {
    return Subject::kStatus;
  }
  if (event.type >= kCancelFlow && event.type < kRefundFlow + 10) {
    return Subject::kRefund;
  }
  if (FindCode(kDeliveryTypes, event.type) != nullptr || event.type == kSelfDelivery) {
    return Subject::kDelivery;
  }
  if (event.type == kReminder) {
    return Subject::kUrge;
  }
  return std::ranges::find(kLeanTypes, event.type) != kLeanTypes.end() ? Subject::kLean
                                                                       : Subject::kOther;
}

/// The kind of event under which `extra` is kept.
std::string_view EventName(const Event& event, Subject subject) {
  switch (subject) {
    case Subject::kSnapshot:
    case Subject::kStatus:
      return event.pulled ? "detail" : FindCode(kOrderTypes, event.type)->event;
    case Subject::kRefund:
      return event.type < kRefundFlow ? "cancel" : "refund";
    case Subject::kDelivery:
      return "delivery";
    case Subject::kUrge:
      return "urged";
    case Subject::kLean:
      return "lean";
    case Subject::kOther:
      break;
  }
  return "other";
}

std::string TakeId(Fields& fields) {
  const auto take = [&fields](Fields::Name name) {
    return IsPlatformId(fields.Peek(name).text()) ? std::string(fields.Take(name).text())
                                                  : std::string();
  };
  std::string id = take("orderId");
  if (id.empty()) {
    return take("id");
  }
  if (fields.Peek("id").text() == id) {
    fields.Take("id");
  }
  return id;
}

/// When the event happened, as a body that is no snapshot tells it.
std::optional<Instant> TimeOf(const Event& event, FieldReader& reader) {
  return event.fields.Has("updateAt")
             ? reader.Milliseconds("updateAt", event.fields.Peek("updateAt"))
             : reader.Seconds("updateTime", event.fields.Peek("updateTime"));
}

model::SnapshotKey KeyOf(const Event& event, FieldReader& reader, Subject subject,
                         std::optional<OrderStatus> status) {
  using Class = model::SnapshotKey::Class;
  model::SnapshotKey key;
  key.klass = event.pulled ? Class::kDetailRead : Class::kBirthPush;
  key.status_rank = status ? std::to_underlying(*status) : std::uint8_t{0};
  key.digest = event.content;
  if (subject == Subject::kSnapshot) {
    // Ele.me's snapshots bring no time of their own.
    key.complete = event.fields.Peek("downgraded").text() != "true";
  } else {
    key.updated_at = TimeOf(event, reader).value_or(Instant());
  }
  if (event.pulled) {
    key.asked_at = event.sent_at.value_or(Instant());
  }
  return key;
}

/// The status a push's type says; its `state` repeats it, or stays in `extra`.
OrderStatus MapPushedStatus(Event& event, FieldReader& reader, model::OrderFacts& facts) {
  const OrderType& type = *FindCode(kOrderTypes, event.type);
  model::StatusFact fact =
      StatusAt(type.status, reader.Seconds("updateTime", event.fields.Take("updateTime")),
               SourceOf(event.pulled), event.sent_at);
  if (fact.status == OrderStatus::kCancelled) {
    // The role stays in `extra` too: no field of the order has a place for it.
    fact.cause = CauseOf(event.type, reader.Integer("role", event.fields.Peek("role")));
  }
  facts.statuses.push_back(fact);
  const Value state = event.fields.Peek("state");
  const OrderWord* const word = FindCode(kOrderWords, state.text());
  if (word == nullptr && !state.empty()) {
    facts.issues.push_back({.code = "unknown_status", .detail = "state"});
  } else if (word != nullptr && word->status == type.status) {
    event.fields.Take("state");
  }
  return type.status;
}

/// The statuses a whole order shows. A push of one says that it is placed, whatever its word.
std::optional<OrderStatus> MapStatuses(Event& event, FieldReader& reader,
                                       model::OrderFacts& facts) {
  const auto created = reader.LocalTime("createdAt", event.fields.Peek("createdAt"), Zone::China());
  const model::Source source = SourceOf(event.pulled);
  const OrderWord* const word = TakeWord(event, "status", kOrderWords, facts.issues);
  if (!event.pulled) {
    facts.statuses.push_back(StatusAt(OrderStatus::kPlaced, created, source, event.sent_at));
    return OrderStatus::kPlaced;
  }
  if (word == nullptr) {
    return std::nullopt;
  }
  if (word->status > OrderStatus::kPlaced) {
    facts.statuses.push_back(StatusAt(OrderStatus::kPlaced, created, source, event.sent_at));
  }
  const bool birth = word->status <= OrderStatus::kPlaced;
  facts.statuses.push_back(
      StatusAt(word->status, birth ? created : std::nullopt, source, event.sent_at));
  return word->status;
}

}  // namespace

std::optional<model::OrderFacts> MapOrder(Event& event) {
  model::OrderFacts facts;
  facts.platform = kPlatform;
  facts.platform_order_id = TakeId(event.fields);
  if (facts.platform_order_id.empty()) {
    return std::nullopt;
  }
  facts.sent_at = event.sent_at;
  FieldReader reader(facts.issues);
  const Subject subject = SubjectOf(event);
  std::optional<OrderStatus> status;
  if (subject == Subject::kSnapshot) {
    status = MapStatuses(event, reader, facts);
  }
  const model::SnapshotKey key = KeyOf(event, reader, subject, status);
  switch (subject) {
    case Subject::kSnapshot:
      facts.snapshot = MapSnapshot(event, key);
      break;
    case Subject::kStatus:
      MapPushedStatus(event, reader, facts);
      // An order's first message without the order.
      facts.wants_reread = event.type == kOrderPlaced;
      break;
    case Subject::kRefund:
      MapRefund(event, reader, facts);
      break;
    case Subject::kDelivery:
      MapDelivery(event, reader, facts);
      break;
    case Subject::kUrge:
      facts.urged = true;
      break;
    case Subject::kLean:
      facts.wants_reread = true;
      break;
    case Subject::kOther:
      break;
  }
  for (const Fields::Name name : {Fields::Name("shopId"), Fields::Name("updateTime")}) {
    event.fields.Take(name);
  }
  facts.extra = MapExtra(event.fields, event.nested_rest, EventName(event, subject), key);
  return facts;
}

}  // namespace weir::mapping::eleme
