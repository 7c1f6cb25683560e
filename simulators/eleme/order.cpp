// SPDX-License-Identifier: Apache-2.0
#include "simulators/eleme/order.hpp"

#include <chrono>

namespace weir::simulators::eleme {

std::string_view WordOf(Status status) {
  switch (status) {
    case Status::kPending:
      return "pending";
    case Status::kUnprocessed:
      return "unprocessed";
    case Status::kValid:
      return "valid";
    case Status::kInvalid:
      return "invalid";
    case Status::kSettled:
      return "settled";
  }
  return "";
}

std::string_view Order::status_word() const {
  const bool refunding = !refunds.empty() && refunds.back().undecided();
  return refunding && style.says_refunding ? "refunding" : WordOf(status);
}

Refund* Order::open_refund() {
  return !refunds.empty() && refunds.back().open() ? &refunds.back() : nullptr;
}

std::string_view Order::refund_word() const {
  return refunds.empty() ? "noRefund" : WordsOf(refunds.back().last()).status;
}

std::string_view CanonicalStatus(const Order& order) {
  switch (order.status) {
    case Status::kPending:
      return "pending_payment";
    case Status::kUnprocessed:
      return "placed";
    case Status::kSettled:
      return "completed";
    case Status::kInvalid: {
      const bool rejected = order.ending->role == Role::kMerchant && !order.accepted;
      return rejected ? "rejected" : "cancelled";
    }
    case Status::kValid:
      break;
  }
  if (order.delivery.delivered) {
    return "delivered";
  }
  return order.delivery.picked_up ? "dispatched" : "accepted";
}

std::string_view CanonicalDelivery(const Order& order) {
  const int type = order.delivery.status;
  switch (type) {
    case 51:
      return "created";
    case 52:
      return "searching";
    case 53:
      return "assigned";
    case 54:
      return "at_pickup";
    case 55:
      return "picked_up";
    case 56:
      return "delivered";
    case 0:
      return "";
    default:
      break;
  }
  return type <= 59 ? "cancelled" : type <= 70 ? "exception" : "failed";
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
                   .commission = order.basket.commission(),
                   .income = order.basket.income(),
                   .lines = static_cast<std::int64_t>(order.basket.lines.size()),
                   .platform_status = static_cast<int>(order.status),
                   .status = CanonicalStatus(order),
                   .delivery = CanonicalDelivery(order),
                   .refunds = {},
                   .refunded = 0,
                   .events = order.events};
  for (const Refund& refund : order.refunds) {
    auto& told = truth.refunds.emplace_back(
        RefundTruth{.id = (refund.flow == RefundFlow::kCancel ? "cancel-" : "refund-") +
                          std::to_string(refund.opened),
                    .partial = refund.partial,
                    .amount = refund.amount,
                    .steps = {},
                    .status = WordsOf(refund.last()).canonical});
    for (const RefundStep step : refund.steps) {
      told.steps.push_back(WordsOf(step).name);
    }
    truth.refunded += refund.granted() && !refund.bare ? refund.amount : 0;
  }
  return truth;
}

}  // namespace weir::simulators::eleme
