// SPDX-License-Identifier: Apache-2.0
#include "mapping/doudian/orders.hpp"

#include <fmt/format.h>

#include <utility>

#include "mapping/doudian/shipments.hpp"
#include "mapping/doudian/status.hpp"

namespace weir::mapping::doudian {
namespace {

using model::OrderStatus;

/// The events in an order's life that a detail dates.
struct Moments {
  std::optional<Instant> created;
  std::optional<Instant> paid;
  std::optional<Instant> shipped;
  std::optional<Instant> finished;
  std::optional<Instant> updated;
};

Moments MomentsOf(ReadOrder& order, FieldReader& reader) {
  const auto at = [&](OrderFields::Name name) {
    return reader.Seconds(name.text, order.fields.Peek(name));
  };
  return {.created = at("create_time"),
          .paid = at("pay_time"),
          .shipped = at("ship_time"),
          .finished = at("finish_time"),
          .updated = at("update_time")};
}

/// What `order_status` says. A code that is not known stays in `extra` and is an issue.
std::optional<OrderStatus> TakeStatus(ReadOrder& order, FieldReader& reader,
                                      std::vector<model::Issue>& issues) {
  const auto code = reader.Integer("order_status", order.fields.Peek("order_status"));
  if (!code) return std::nullopt;
  const OrderCode* const row = FindCode(kOrderCodes, *code);
  if (row == nullptr) {
    issues.push_back({.code = "unknown_status", .detail = fmt::format("order_status {}", *code)});
    return std::nullopt;
  }
  return row->status;
}

void MapStatuses(ReadOrder& order, const Moments& moments, OrderStatus status,
                 model::OrderFacts& facts) {
  const auto add = [&](OrderStatus reached, std::optional<Instant> at) {
    facts.statuses.push_back({.status = reached,
                              .cause = model::CancelCause::kNone,
                              .at = at,
                              .sent_at = order.asked_at,
                              .source = model::Source::kPull});
  };
  if (status == OrderStatus::kPendingPayment) {
    add(status, moments.created);
    return;
  }
  const bool taken = order.fields.Peek("accept_order_status").text() == kTaken;
  if (status == OrderStatus::kCancelled) {
    if (taken) add(OrderStatus::kAccepted, std::nullopt);
    add(status, moments.finished ? moments.finished : moments.updated);
    // Which text means what is told nowhere.
    facts.statuses.back().cause = model::CancelCause::kOther;
    return;
  }
  add(OrderStatus::kPlaced, moments.paid ? moments.paid : moments.created);
  if (taken) add(OrderStatus::kAccepted, std::nullopt);
  if (status >= OrderStatus::kDispatched &&
      (status == OrderStatus::kDispatched || moments.shipped)) {
    add(OrderStatus::kDispatched, moments.shipped);
  }
  if (status == OrderStatus::kCompleted) add(status, moments.finished);
}

model::SnapshotKey KeyOf(const ReadOrder& order, const Moments& moments,
                         std::optional<OrderStatus> status) {
  // Contacts change without the order: of two reads in one state the later one stands.
  return {.complete = true,
          .updated_at = moments.updated.value_or(Instant()),
          .klass = model::SnapshotKey::Class::kDetailRead,
          .status_rank = status ? std::to_underlying(*status) : std::uint8_t{0},
          .asked_at = order.asked_at,
          .digest = order.content};
}

ReadOrder Open(const Value& object, const BesideOrder& beside, Instant asked_at) {
  std::vector<Member> members = SortedMembersOf(object);
  const ContentDigest content = ContentOf(members);
  ContentHasher hasher;
  hasher.Update(fmt::format("{:016x}{:016x}", content.high, content.low));
  beside.contacts.AddTo(hasher);
  return {.fields = OrderFields(std::move(members)),
          .contacts = beside.contacts,
          .asked_at = asked_at,
          .content = hasher.Finish(),
          .nested_rest = {}};
}

/// Members that the statuses have said already.
void TakeTold(ReadOrder& order, bool known_status) {
  for (const OrderFields::Name name :
       {OrderFields::Name("create_time"), OrderFields::Name("pay_time"),
        OrderFields::Name("update_time"), OrderFields::Name("shop_id")}) {
    order.fields.Take(name);
  }
  if (known_status) order.fields.Take("order_status");
  if (order.fields.Peek("accept_order_status").text() == kTaken) {
    order.fields.Take("accept_order_status");
  }
}

}  // namespace

std::optional<model::OrderFacts> MapOrder(const Value& object, const BesideOrder& beside,
                                          Instant asked_at) {
  ReadOrder order = Open(object, beside, asked_at);
  if (!IsPlatformId(order.fields.Peek("order_id").text())) return std::nullopt;
  model::OrderFacts facts;
  facts.platform = kPlatform;
  facts.platform_order_id = TakeText(order, "order_id");
  facts.sent_at = asked_at;
  FieldReader reader(facts.issues);
  const Moments moments = MomentsOf(order, reader);
  const auto status = TakeStatus(order, reader, facts.issues);
  if (status) MapStatuses(order, moments, *status, facts);
  const model::SnapshotKey key = KeyOf(order, moments, status);
  facts.snapshot = MapSnapshot(order, key);
  AddShipment(beside.shipment, asked_at, facts, order.nested_rest);
  AddTrack(beside.track, order.nested_rest);
  TakeTold(order, status.has_value());
  facts.extra = MapExtra(order.fields, order.nested_rest, "detail", key);
  return facts;
}

}  // namespace weir::mapping::doudian
