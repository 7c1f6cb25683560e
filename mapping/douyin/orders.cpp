// SPDX-License-Identifier: Apache-2.0
#include "mapping/douyin/orders.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "mapping/content.hpp"
#include "mapping/status_fact.hpp"

namespace weir::mapping::douyin {
namespace {

using model::OrderStatus;
using Class = model::SnapshotKey::Class;

std::string TakeId(Fields& fields) {
  return IsPlatformId(fields.Peek("order_id").text()) ? std::string(fields.Take("order_id").text())
                                                      : std::string();
}

/// When an event that is no order happened.
std::optional<Instant> TakeTime(Fields& fields, FieldReader& reader) {
  const auto updated = Moment(reader, "update_time", fields.Take("update_time"));
  const auto told = Moment(reader, "msg_time", fields.Take("msg_time"));
  return updated ? updated : told;
}

/// Which reads know of it: those asked for after it. There is no other time of the message, and
/// one told in whole seconds may be any moment of its second.
std::optional<Instant> LatestOf(std::optional<Instant> at) {
  constexpr std::chrono::milliseconds kRestOfSecond(999);
  const bool whole = at && *at == std::chrono::floor<std::chrono::seconds>(*at);
  return whole ? std::optional(*at + kRestOfSecond) : at;
}

/// Up to which moment of the platform's clock a read knows its order. Our clock may be ahead of it:
/// what the order says of its last change counts, unless the read came long after.
std::optional<Instant> KnownUpTo(std::optional<Instant> asked_at, std::optional<Instant> updated) {
  constexpr std::chrono::minutes kWrongAtMost(15);
  if (!asked_at || !updated) {
    return asked_at;
  }
  return std::max(std::min(*asked_at, *LatestOf(updated)), *asked_at - kWrongAtMost);
}

/// Douyin's orders carry no update time that all of them have: the class stands before time.
model::SnapshotKey KeyOf(const Event& event, Class klass, std::optional<OrderStatus> status) {
  return {.complete = true,
          .updated_at = {},
          .klass = klass,
          .status_rank = status ? std::to_underlying(*status) : std::uint8_t{0},
          .asked_at = event.pulled ? event.sent_at.value_or(Instant()) : Instant(),
          .digest = event.content};
}

/// A key for what is beside a snapshot: then time does decide.
model::SnapshotKey KeyAt(const Event& event, std::optional<Instant> at) {
  model::SnapshotKey key = KeyOf(event, Class::kLaterPush, std::nullopt);
  key.updated_at = at.value_or(Instant());
  return key;
}

void MapPlaced(Event& event, FieldReader& reader, model::OrderFacts& facts) {
  const auto created = Moment(reader, "create_time", event.fields.Peek("create_time"));
  facts.statuses.push_back(StatusAt(event, OrderStatus::kPlaced, created));
  if (!IsTakeaway(event.fields)) {
    // An order's first message without the order.
    facts.wants_reread = true;
    return;
  }
  const auto key = KeyOf(event, Class::kBirthPush, OrderStatus::kPlaced);
  facts.snapshot = MapTakeaway(event, key, {});
}

void MapStatus(Event& event, const EventRow& row, std::optional<Instant> at,
               model::OrderFacts& facts) {
  model::StatusFact fact = StatusAt(event, row.status, at);
  fact.cause = row.cause;
  facts.statuses.push_back(fact);
}

void MapDelivery(Event& event, FieldReader& reader, std::optional<Instant> at,
                 model::OrderFacts& facts) {
  const DeliveryCode* const row = FindKnown("delivery_status", event.fields.Peek("delivery_status"),
                                            kDeliveryCodes, reader, facts.issues);
  if (row == nullptr) {
    return;
  }
  event.fields.Take("delivery_status");
  model::DeliveryFact fact;
  fact.status = row->status;
  fact.at = at;
  fact.sent_at = event.sent_at;
  fact.rider_name = event.fields.Take("rider_name").text();
  fact.rider_phone = event.fields.Take("rider_phone").text();
  fact.digest = DigestOf(fact);
  facts.deliveries.push_back(std::move(fact));
  if (row->order) {
    facts.statuses.push_back(StatusAt(event, *row->order, at));
  }
}

void MapModified(Event& event, model::OrderFacts& facts) {
  facts.wants_reread = true;
  if (IsTakeaway(event.fields)) {
    facts.snapshot = MapTakeaway(event, KeyOf(event, Class::kEdit, std::nullopt), {});
  }
}

/// Tells little of the order; a read brings the rest.
void MapVoucherEvent(Event& event, FieldReader& reader, model::OrderFacts& facts) {
  facts.wants_reread = true;
  if (event.fields.Peek("action").text() != "pay_success") {
    facts.issues.push_back({.code = "unknown_status", .detail = "action"});
    return;
  }
  event.fields.Take("action");
  facts.statuses.push_back(
      StatusAt(event, OrderStatus::kPlaced,
               Moment(reader, "create_time", event.fields.Peek("create_time"))));
}

/// The statuses an order that was read shows, and the highest of them.
std::optional<OrderStatus> MapStatuses(Event& event, FieldReader& reader,
                                       model::OrderFacts& facts) {
  const Fields::Name name = event.fields.Has("create_time") ? Fields::Name("create_time")
                                                            : Fields::Name("create_order_time");
  const auto created = Moment(reader, name.text, event.fields.Peek(name));
  const OrderCode* const row = FindKnown("order_status", event.fields.Peek("order_status"),
                                         kOrderCodes, reader, facts.issues);
  if (row == nullptr) {
    return std::nullopt;
  }
  event.fields.Take("order_status");
  const bool unpaid = row->status == OrderStatus::kPendingPayment ||
                      row->cause == model::CancelCause::kNotPaidOrAccepted;
  if (!unpaid && row->status != OrderStatus::kPlaced) {
    facts.statuses.push_back(StatusAt(event, OrderStatus::kPlaced, created));
  }
  const bool birth = row->status <= OrderStatus::kPlaced;
  model::StatusFact fact = StatusAt(event, row->status, birth ? created : std::nullopt);
  fact.cause = row->cause;
  facts.statuses.push_back(fact);
  return row->status;
}

}  // namespace

model::StatusFact StatusAt(const Event& event, OrderStatus status, std::optional<Instant> at) {
  return mapping::StatusAt(status, at, SourceOf(event.pulled), event.sent_at);
}

std::optional<model::OrderFacts> MapOrder(Event& event, const EventRow& row) {
  model::OrderFacts facts;
  facts.platform = kPlatform;
  FieldReader reader(facts.issues);
  const auto at = TakeTime(event.fields, reader);
  facts.sent_at = LatestOf(at);
  if (row.subject == Subject::kCertificate) {
    MapCertificateEvent(event, reader, at, facts);
  } else {
    facts.platform_order_id = TakeId(event.fields);
  }
  if (facts.platform_order_id.empty()) {
    return std::nullopt;
  }
  switch (row.subject) {
    case Subject::kPlaced:
      MapPlaced(event, reader, facts);
      break;
    case Subject::kStatus:
      MapStatus(event, row, at, facts);
      break;
    case Subject::kModified:
      MapModified(event, facts);
      break;
    case Subject::kDelivery:
      MapDelivery(event, reader, at, facts);
      break;
    case Subject::kUrge:
      facts.urged = true;
      break;
    case Subject::kRefunded:
      if (row.cause != model::CancelCause::kNone) MapStatus(event, row, at, facts);
      [[fallthrough]];
    case Subject::kRefundAsked:
    case Subject::kRefundAudit:
      MapRefund(event, row, reader, at, facts);
      break;
    case Subject::kVoucher:
      MapVoucherEvent(event, reader, facts);
      break;
    default:
      break;
  }
  // A shop's word alone is no news of the order.
  event.fields.Take("poi_id");
  const model::SnapshotKey key = facts.snapshot ? facts.snapshot->key : KeyAt(event, at);
  facts.extra = MapExtra(event.fields, event.nested_rest, row.name, key);
  return facts;
}

std::optional<model::OrderFacts> MapReadOrder(Event& event, const Contacts& contacts) {
  model::OrderFacts facts;
  facts.platform = kPlatform;
  facts.platform_order_id = TakeId(event.fields);
  if (facts.platform_order_id.empty()) {
    return std::nullopt;
  }
  FieldReader reader(facts.issues);
  const auto status = MapStatuses(event, reader, facts);
  facts.sent_at = KnownUpTo(
      event.sent_at, Moment(reader, "update_order_time", event.fields.Peek("update_order_time")));
  auto key = KeyOf(event, Class::kDetailRead, status);
  key.asked_at = facts.sent_at.value_or(Instant());
  MapCertificates(event, reader, facts);
  facts.snapshot = IsTakeaway(event.fields) ? MapTakeaway(event, key, contacts)
                                            : MapVoucher(event, key, contacts);
  facts.extra = MapExtra(event.fields, event.nested_rest, "detail", key);
  return facts;
}

}  // namespace weir::mapping::douyin
