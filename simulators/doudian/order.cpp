// SPDX-License-Identifier: Apache-2.0
#include "simulators/doudian/order.hpp"

#include <algorithm>
#include <chrono>
#include <ranges>

#include "base/text.hpp"

namespace weir::simulators::doudian {

std::optional<Place> Delivery::RiderAt(Instant now) const {
  if (rider.empty()) {
    return std::nullopt;
  }
  const auto whole = std::max<std::int64_t>((until - since).count(), 1);
  const auto done = std::clamp<std::int64_t>((now - since).count(), 0, whole);
  const auto between = [&](std::int64_t a, std::int64_t b) { return a + (b - a) * done / whole; };
  return Place{.latitude = between(from.latitude, to.latitude),
               .longitude = between(from.longitude, to.longitude)};
}

std::string Order::sku_order(std::size_t line) const {
  return std::to_string(ParseUint(id).value_or(0) + line);
}

bool Order::live() const {
  return status != status::kUnpaid && status != status::kCancelled && status != status::kFinished;
}

void Order::Touch(Instant at) { updated = std::max(UnixSeconds(at), updated + 1); }

const Refund* Order::RefundOf(std::size_t line) const {
  for (const Refund& refund : refunds | std::views::reverse) {
    if (refund.whole || refund.line == line) return &refund;
  }
  return nullptr;
}

std::string_view CanonicalStatus(const Order& order) {
  switch (order.status) {
    case status::kUnpaid:
    case status::kChecked:
      return "pending_payment";
    case status::kCancelled:
      return "cancelled";
    case status::kFinished:
      return "completed";
    default:
      break;
  }
  if (order.delivery.shipment_status == shipment::kDelivered) {
    return "delivered";
  }
  if (order.status != status::kToShip || order.delivery.picked_up()) {
    return "dispatched";
  }
  return order.acceptance == Acceptance::kAccepted ? "accepted" : "placed";
}

std::string_view CanonicalDelivery(const Order& order) {
  switch (order.delivery.shipment_status) {
    case shipment::kCalling:
      return "searching";
    case shipment::kTaken:
      return "assigned";
    case shipment::kAtStore:
      return "at_pickup";
    case shipment::kPickedUp:
    case shipment::kDelivering:
      return "picked_up";
    case shipment::kRefused:
      return "exception";
    case shipment::kReturning:
      return "returning";
    case shipment::kReturned:
      return "returned";
    case shipment::kDelivered:
      return "delivered";
    default:
      return "";
  }
}

OrderTruth TruthOf(const Order& order) {
  OrderTruth truth{.id = order.id,
                   .view_id = order.id,
                   .shop = order.shop,
                   .day_seq = order.day_seq,
                   .created = std::chrono::floor<std::chrono::seconds>(order.created),
                   .total = order.basket.total(),
                   .original = order.basket.original(),
                   .discounts = order.basket.discounts(),
                   .commission = std::nullopt,
                   .income = std::nullopt,
                   .lines = static_cast<std::int64_t>(order.basket.lines.size()),
                   .platform_status = order.status,
                   .status = CanonicalStatus(order),
                   .delivery = CanonicalDelivery(order),
                   .refunds = {},
                   .refunded = 0,
                   .events = order.events};
  for (const Refund& refund : order.refunds) {
    auto& told = truth.refunds.emplace_back(RefundTruth{.id = refund.id,
                                                        .partial = refund.amount < truth.total,
                                                        .amount = refund.amount,
                                                        .steps = {},
                                                        .status = refund.words().canonical});
    for (const RefundStep step : refund.steps) told.steps.push_back(WordsOf(step).name);
    truth.refunded += refund.paid_out() ? refund.amount : 0;
  }
  return truth;
}

}  // namespace weir::simulators::doudian
