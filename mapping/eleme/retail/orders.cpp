// SPDX-License-Identifier: Apache-2.0
#include "mapping/eleme/retail/orders.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "mapping/codes.hpp"
#include "mapping/content.hpp"
#include "mapping/eleme/event.hpp"
#include "mapping/rest.hpp"
#include "mapping/status_fact.hpp"

namespace weir::mapping::eleme::retail {
namespace {

using model::OrderStatus;

/// Takes the id under `name`; empty when it cannot be one.
template <typename Object, typename Name>
std::string TakeId(Object& fields, Name name) {
  return IsPlatformId(fields.Peek(name).text()) ? std::string(fields.Take(name).text())
                                                : std::string();
}

/// Takes the code under "status"; one that is not known stays in `extra` and is an issue.
template <typename Object>
const OrderCode* TakeStatus(Object& fields, FieldReader& reader,
                            std::vector<model::Issue>& issues) {
  const auto code = reader.Integer("status", fields.Peek("status"));
  if (!code) return nullptr;
  const OrderCode* const row = FindCode(kOrderCodes, *code);
  if (row == nullptr) {
    issues.push_back({.code = "unknown_status", .detail = fmt::format("status {}", *code)});
  } else {
    fields.Take("status");
  }
  return row;
}

/// Adds facts of one event.
class FactWriter {
 public:
  FactWriter(const Event& event, model::OrderFacts& facts) : event_(event), facts_(facts) {}

  /// Unless one of that status is there already.
  void AddStatus(OrderStatus status, std::optional<Instant> at) {
    if (std::ranges::find(facts_.statuses, status, &model::StatusFact::status) ==
        facts_.statuses.end()) {
      facts_.statuses.push_back(StatusAt(status, at, SourceOf(event_.pulled), event_.sent_at));
    }
  }
  void AddDelivery(model::ShipmentStatus status, std::optional<Instant> at,
                   std::string_view rider_phone) {
    model::DeliveryFact fact{.status = status,
                             .at = at,
                             .sent_at = event_.sent_at,
                             .rider_name = {},
                             .rider_phone = std::string(rider_phone),
                             .digest = {}};
    fact.digest = DigestOf(fact);
    facts_.deliveries.push_back(std::move(fact));
  }

 private:
  const Event& event_;
  model::OrderFacts& facts_;
};

/// The statuses and the delivery a whole order shows: what has happened has a time, else 0.
std::optional<OrderStatus> MapProgress(const Event& event, Order& order, FieldReader& reader,
                                       model::OrderFacts& facts) {
  FactWriter writer(event, facts);
  const auto take = [&](Order::Name name) { return reader.Seconds(name.text, order.Take(name)); };
  const OrderCode* const code = TakeStatus(order, reader, facts.issues);
  writer.AddStatus(OrderStatus::kPlaced, reader.Seconds("create_time", order.Peek("create_time")));
  const auto add = [&](OrderStatus status, std::optional<Instant> at) {
    if (at) writer.AddStatus(status, at);
  };
  add(OrderStatus::kAccepted, take("confirm_time"));
  const auto picked_up = take("pickup_time");
  add(OrderStatus::kDispatched, picked_up);
  add(OrderStatus::kCompleted, take("finished_time"));
  add(OrderStatus::kCancelled, take("cancel_time"));
  const std::string_view rider = order.Take("delivery_phone").text();
  if (const auto at_shop = take("atshop_time")) {
    writer.AddDelivery(model::ShipmentStatus::kAtPickup, at_shop, rider);
  }
  if (picked_up) writer.AddDelivery(model::ShipmentStatus::kPickedUp, picked_up, rider);
  if (code == nullptr) return std::nullopt;
  if (code->order) writer.AddStatus(*code->order, std::nullopt);
  if (code->delivery && facts.deliveries.empty()) {
    writer.AddDelivery(*code->delivery, std::nullopt, rider);
  }
  return code->order;
}

model::SnapshotKey KeyOf(const Event& event, bool complete, std::optional<OrderStatus> status) {
  using Class = model::SnapshotKey::Class;
  model::SnapshotKey key;
  // The order brings no time of its own changes.
  key.complete = complete;
  key.klass = event.pulled ? Class::kDetailRead : Class::kBirthPush;
  key.status_rank = status ? std::to_underlying(*status) : std::uint8_t{0};
  if (event.pulled) key.asked_at = event.sent_at.value_or(Instant());
  key.digest = event.content;
  return key;
}

std::optional<model::OrderFacts> MapWhole(Event& event, std::string_view name,
                                          model::OrderFacts facts) {
  FieldReader reader(facts.issues);
  const auto object = reader.Object("order", event.fields.Take("order"));
  if (!object) return std::nullopt;
  Order order(MembersOf(object->root().object()));
  facts.platform_order_id = TakeId(order, Order::Name("order_id"));
  if (facts.platform_order_id.empty()) return std::nullopt;
  facts.platform_display_id = TakeId(order, Order::Name("eleme_order_id"));
  if (facts.platform_display_id == facts.platform_order_id) facts.platform_display_id.clear();
  const bool complete = order.Take("down_flag").text() != "1";
  const auto status = MapProgress(event, order, reader, facts);
  const model::SnapshotKey key = KeyOf(event, complete, status);
  facts.snapshot = MapSnapshot(event, order, key);
  event.fields.Take("order_id");
  event.fields.Take("source");
  if (std::string rest = RestOf(order); !rest.empty()) {
    event.nested_rest.emplace_back("order", std::move(rest));
  }
  facts.extra = MapExtra(event.fields, event.nested_rest, name, key);
  return facts;
}

/// Returns the kind of event it is.
std::string_view MapPushedStatus(Event& event, FieldReader& reader, model::OrderFacts& facts) {
  const OrderCode* const code = TakeStatus(event.fields, reader, facts.issues);
  if (code == nullptr) {
    facts.wants_reread = true;
    return "status";
  }
  FactWriter writer(event, facts);
  if (code->order) writer.AddStatus(*code->order, std::nullopt);
  if (code->delivery) writer.AddDelivery(*code->delivery, std::nullopt, {});
  return code->event;
}

}  // namespace

std::optional<model::OrderFacts> MapOrder(Event& event, const Command& command) {
  model::OrderFacts facts;
  facts.platform = kPlatform;
  facts.sent_at = event.sent_at;
  if (event.fields.Has("order")) {
    return MapWhole(event, event.pulled ? "detail" : command.event, std::move(facts));
  }
  facts.platform_order_id = TakeId(event.fields, Fields::Name("order_id"));
  if (facts.platform_order_id.empty()) return std::nullopt;
  FieldReader reader(facts.issues);
  std::string_view name = command.event;
  switch (command.subject) {
    case Subject::kPlaced:
      FactWriter(event, facts).AddStatus(OrderStatus::kPlaced, std::nullopt);
      facts.wants_reread = true;
      break;
    case Subject::kStatus:
      name = MapPushedStatus(event, reader, facts);
      break;
    case Subject::kCancel:
    case Subject::kPartRefund:
      MapRefund(event, command.subject, reader, facts);
      break;
    case Subject::kUrge:
      facts.urged = true;
      break;
    case Subject::kChange:
      facts.wants_reread = true;
      break;
  }
  facts.extra = MapExtra(event.fields, event.nested_rest, name, KeyOf(event, true, std::nullopt));
  return facts;
}

}  // namespace weir::mapping::eleme::retail
