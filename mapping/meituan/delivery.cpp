// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "mapping/content.hpp"
#include "mapping/meituan/orders.hpp"
#include "mapping/meituan/status.hpp"
#include "mapping/status_fact.hpp"

namespace weir::mapping::meituan {
namespace {

/// The moments a read tells, under the names of order/getOrderDetail and of order/logistics/status,
/// each with the `logistics_status` it stands for. A 0 means: not yet.
struct Moment {
  Fields::Name in_order;
  Fields::Name in_delivery;
  std::int64_t code;
};
constexpr std::array kMoments{
    Moment{"logistics_send_time", "send_time", 0},
    Moment{"logistics_confirm_time", "confirm_time", 10},
    Moment{"logistics_fetch_time", "fetch_time", 20},
    Moment{"logistics_completed_time", "completed_time", 40},
    Moment{"logistics_cancel_time", "cancel_time", 100},
};

Value TakeEither(Fields& fields, Fields::Name first, Fields::Name second) {
  return fields.Has(first) ? fields.Take(first) : fields.Take(second);
}

void Add(const Event& event, const DeliveryStatusCode& row, std::optional<Instant> at,
         model::OrderFacts& facts) {
  model::DeliveryFact fact;
  fact.status = row.status;
  fact.at = at;
  fact.sent_at = event.sent_at;
  facts.deliveries.push_back(std::move(fact));
  if (row.order) {
    facts.statuses.push_back(StatusAt(*row.order, at, SourceOf(event.pulled), event.sent_at));
  }
}

/// The status the event names, unless a moment has told it already. `unsent`: the event says that
/// nothing was sent to delivery yet; its 0 is then no status but a number nobody has set.
void AddPresent(Event& event, bool unsent, FieldReader& reader, model::OrderFacts& facts) {
  const auto code = IntegerOf(event, reader, "logistics_status");
  if (!code) {
    return;
  }
  const auto* const row = FindCode(kDeliveryStatuses, *code);
  if (row == nullptr) {
    facts.issues.push_back(
        {.code = "unknown_status", .detail = fmt::format("logistics_status {}", *code)});
    return;
  }
  event.fields.Take("logistics_status");
  const auto at = reader.Seconds("time", event.fields.Take("time"));
  if (unsent && row->status == model::ShipmentStatus::kSearching) {
    return;
  }
  if (std::ranges::find(facts.deliveries, row->status, &model::DeliveryFact::status) ==
      facts.deliveries.end()) {
    Add(event, *row, at, facts);
  }
}

}  // namespace

void MapDelivery(Event& event, FieldReader& reader, model::OrderFacts& facts) {
  const bool says_when_sent =
      event.fields.Has("logistics_send_time") || event.fields.Has("send_time");
  for (const Moment& moment : kMoments) {
    const Value value = TakeEither(event.fields, moment.in_order, moment.in_delivery);
    if (const auto at = reader.Seconds(moment.in_order.text, value)) {
      Add(event, *FindCode(kDeliveryStatuses, moment.code), at, facts);
    }
  }
  AddPresent(event, says_when_sent && facts.deliveries.empty(), reader, facts);
  if (facts.deliveries.empty()) {
    return;
  }
  // The rider told is the present one: he belongs to the latest event. One without a time of its
  // own is the status of now.
  auto latest = std::ranges::max_element(facts.deliveries, {}, [](const auto& fact) {
    return std::tuple(!fact.at.has_value(), fact.at.value_or(Instant()), fact.status);
  });
  latest->rider_name =
      TakeEither(event.fields, "dispatcher_name", "logistics_dispatcher_name").text();
  latest->rider_phone =
      TakeEither(event.fields, "dispatcher_mobile", "logistics_dispatcher_mobile").text();
  for (model::DeliveryFact& fact : facts.deliveries) {
    fact.digest = DigestOf(fact);
  }
}

}  // namespace weir::mapping::meituan
