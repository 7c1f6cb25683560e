// SPDX-License-Identifier: Apache-2.0
#include "mapping/meituan/orders.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "mapping/content.hpp"
#include "mapping/meituan/status.hpp"
#include "mapping/status_fact.hpp"

namespace weir::mapping::meituan {
namespace {

using model::OrderStatus;

/// What a topic promises, for pushes that bring little more than an order id.
struct TopicHint {
  std::string_view topic;
  Subject subject;
  std::optional<OrderStatus> status;
};
constexpr std::array kTopicHints{
    TopicHint{"order/paid", Subject::kStatus, OrderStatus::kPlaced},
    TopicHint{"order/confirmed", Subject::kStatus, OrderStatus::kAccepted},
    TopicHint{"order/completed", Subject::kStatus, OrderStatus::kCompleted},
    TopicHint{"order/cancelled", Subject::kCancel, std::nullopt},
    TopicHint{"order/cancel", Subject::kCancel, std::nullopt},
    TopicHint{"urge", Subject::kUrge, std::nullopt},
    TopicHint{"order/urge", Subject::kUrge, std::nullopt},
    TopicHint{"order/remind", Subject::kUrge, std::nullopt},
};

/// Nothing when the content does not say.
std::optional<Subject> SubjectOf(const Fields& fields) {
  if (fields.Has("refund_id") || fields.Has("refund_status") || fields.Has("notify_type") ||
      fields.Has("res_type")) {
    return Subject::kRefund;
  }
  if (fields.Has("detail") || fields.Has("total") || fields.Has("original_price")) {
    return Subject::kSnapshot;
  }
  if (fields.Has("reason_code") || fields.Has("deal_op_type")) {
    return Subject::kCancel;
  }
  if (fields.Has("logistics_status")) {
    return Subject::kDelivery;
  }
  if (fields.Has("status")) {
    return Subject::kStatus;
  }
  return fields.Has("remind_id") ? std::optional(Subject::kUrge) : std::nullopt;
}

/// Takes the id under `name`; empty when it cannot be one.
std::string TakeId(Fields& fields, Fields::Name name) {
  return IsPlatformId(fields.Peek(name).text()) ? std::string(fields.Take(name).text())
                                                : std::string();
}

/// The event's order status. A code that is not known stays in `extra` and is an issue.
std::optional<OrderStatus> TakeStatus(Event& event, FieldReader& reader,
                                      std::vector<model::Issue>& issues) {
  const auto code = IntegerOf(event, reader, "status");
  if (!code) {
    return std::nullopt;
  }
  const auto* const row = FindCode(kOrderStatuses, *code);
  if (row == nullptr) {
    issues.push_back({.code = "unknown_status", .detail = fmt::format("status {}", *code)});
    return std::nullopt;
  }
  event.fields.Take("status");
  return row->status;
}

/// Adds a fact unless one of that status is there already.
void AddStatus(const Event& event, FieldReader& reader, OrderStatus status,
               std::optional<Instant> at, model::OrderFacts& facts) {
  if (std::ranges::find(facts.statuses, status, &model::StatusFact::status) !=
      facts.statuses.end()) {
    return;
  }
  model::StatusFact fact = StatusAt(status, at, SourceOf(event.pulled), event.sent_at);
  if (status == OrderStatus::kCancelled) {
    // The codes stay in `extra` too: no field of the order has a place for them.
    fact.cause =
        CauseOf(IntegerOf(event, reader, "reason_code"), IntegerOf(event, reader, "deal_op_type"));
  }
  facts.statuses.push_back(fact);
}

/// Takes a time of a detail read and adds its status; false when it has not happened.
bool AddTimedStatus(Event& event, FieldReader& reader, Fields::Name name, OrderStatus status,
                    model::OrderFacts& facts) {
  const auto at = SecondsOf(event, reader, name);
  if (at) {
    event.fields.Take(name);
    AddStatus(event, reader, status, at, facts);
  }
  return at.has_value();
}

/// The statuses an event shows: first those with a time of their own, then the present one, whose
/// time is the order's last change unless it was among those.
void MapStatuses(Event& event, FieldReader& reader, std::optional<OrderStatus> status,
                 model::OrderFacts& facts) {
  AddTimedStatus(event, reader, "order_confirm_time", OrderStatus::kAccepted, facts);
  AddTimedStatus(event, reader, "order_completed_time", OrderStatus::kCompleted, facts);
  AddTimedStatus(event, reader, "order_cancel_time", OrderStatus::kCancelled, facts);
  const auto created = SecondsOf(event, reader, "ctime");
  // From its paying on the order is placed; the moment of placing is its creation, as pushes tell
  // it.
  if (created && SecondsOf(event, reader, "order_send_time")) {
    AddStatus(event, reader, OrderStatus::kPlaced, created, facts);
  }
  if (status) {
    const bool birth = *status <= OrderStatus::kPlaced;
    AddStatus(event, reader, *status, birth ? created : SecondsOf(event, reader, "utime"), facts);
  }
}

model::SnapshotKey KeyOf(const Event& event, FieldReader& reader,
                         std::optional<OrderStatus> status) {
  using Class = model::SnapshotKey::Class;
  model::SnapshotKey key;
  key.complete = IntegerOf(event, reader, "incmp_code") != -1;
  auto changed = SecondsOf(event, reader, "utime");
  if (!changed) {
    changed = SecondsOf(event, reader, "time");
  }
  key.updated_at = changed.value_or(Instant());
  const bool birth = status && *status <= OrderStatus::kPlaced;
  key.klass = event.pulled ? Class::kDetailRead : birth ? Class::kBirthPush : Class::kLaterPush;
  key.status_rank = status ? std::to_underlying(*status) : std::uint8_t{0};
  key.asked_at = event.pulled && !changed ? event.sent_at.value_or(Instant()) : Instant();
  key.digest = event.content;
  return key;
}

/// The kind of event under which `extra` is kept.
std::string_view EventName(const Event& event, Subject subject, std::optional<OrderStatus> status) {
  switch (subject) {
    case Subject::kRefund:
      return event.fields.Has("refund_status") ? "refund_result" : "refund";
    case Subject::kCancel:
      return "cancelled";
    case Subject::kDelivery:
      return "delivery";
    case Subject::kUrge:
      return "urged";
    case Subject::kOther:
      return "other";
    case Subject::kStatus:
    case Subject::kSnapshot:
      break;
  }
  if (event.pulled) {
    return subject == Subject::kSnapshot ? "detail" : "status";
  }
  switch (status.value_or(OrderStatus::kPreparing)) {
    case OrderStatus::kPendingPayment:
    case OrderStatus::kPlaced:
      return "paid";
    case OrderStatus::kAccepted:
      return "confirmed";
    case OrderStatus::kDispatched:
      return "dispatched";
    case OrderStatus::kCompleted:
      return "completed";
    case OrderStatus::kCancelled:
      return "cancelled";
    default:
      return "order";
  }
}

/// What the topic of a push promises and its content leaves open.
void ApplyHint(const Event& event, FieldReader& reader, const TopicHint& hint,
               model::OrderFacts& facts) {
  if (hint.status) {
    AddStatus(event, reader, *hint.status, std::nullopt, facts);
    facts.wants_reread = true;
  }
}

}  // namespace

std::optional<model::OrderFacts> MapOrder(Event& event) {
  model::OrderFacts facts;
  facts.platform = kPlatform;
  facts.platform_order_id = TakeId(event.fields, "order_id");
  facts.platform_display_id = TakeId(event.fields, "wm_order_id_view");
  if (facts.platform_order_id.empty() && facts.platform_display_id.empty()) {
    return std::nullopt;
  }
  if (facts.platform_display_id == facts.platform_order_id) {
    facts.platform_display_id.clear();
  }
  FieldReader reader(facts.issues);
  const auto told = SubjectOf(event.fields);
  const auto* const hint = std::ranges::find(kTopicHints, event.topic, &TopicHint::topic);
  const bool hinted = !told && hint != kTopicHints.end();
  const Subject subject = told.value_or(hinted ? hint->subject : Subject::kOther);

  std::optional<OrderStatus> status;
  if (subject != Subject::kRefund) {
    status = TakeStatus(event, reader, facts.issues);
    MapStatuses(event, reader, status, facts);
  }
  const model::SnapshotKey key = KeyOf(event, reader, status);
  const std::string_view name = EventName(event, subject, status);
  if (subject == Subject::kRefund) {
    MapRefund(event, reader, facts);
  } else if (subject == Subject::kSnapshot) {
    facts.snapshot = MapSnapshot(event, key);
  } else if (subject == Subject::kCancel) {
    AddStatus(event, reader, OrderStatus::kCancelled, std::nullopt, facts);
  }
  if (subject != Subject::kRefund) {
    MapDelivery(event, reader, facts);
  }
  facts.urged = subject == Subject::kUrge;
  if (hinted) {
    ApplyHint(event, reader, *hint, facts);
  }
  event.fields.Take("utime");
  event.fields.Take("incmp_code");
  facts.extra = MapExtra(event.fields, event.nested_rest, name, key);
  return facts;
}

}  // namespace weir::mapping::meituan
