// SPDX-License-Identifier: Apache-2.0
#include "simulators/douyin/order.hpp"

#include <algorithm>
#include <chrono>

namespace weir::simulators::douyin {
namespace {

/// Of coupons that were paid for. What was used up once stays so.
std::string_view StatusOf(const CouponSale& sale) {
  if (sale.was_used_up) {
    return "completed";
  }
  if (sale.any_used()) {
    return "accepted";
  }
  return sale.left() == 0 ? "cancelled" : "placed";
}

/// The word of the canonical model for where the order stands, as everything the platform has said
/// of it implies.
std::string_view CanonicalStatus(const Order& order) {
  switch (order.status) {
    case Status::kUnpaid:
      return "pending_payment";
    case Status::kClosed:
      return "expired";
    case Status::kPaid:
      return order.coupons ? StatusOf(*order.coupons) : "placed";
    case Status::kRejected:
      return "rejected";
    case Status::kFinished:
      return "completed";
    case Status::kCancelled:
      return "cancelled";
    case Status::kAccepted:
      break;
  }
  if (order.delivery.delivered) {
    return "delivered";
  }
  return order.delivery.picked_up ? "dispatched" : "accepted";
}

std::string_view CanonicalDelivery(const Order& order) {
  switch (order.delivery.status) {
    case 102:
      return "assigned";
    case 103:
      return "at_pickup";
    case 104:
      return "picked_up";
    case 200:
      return "delivered";
    case 300:
      return "cancelled";
    default:
      return "";
  }
}

}  // namespace

std::vector<std::string> Order::names() const {
  std::vector<std::string> names = {id};
  if (coupons) {
    for (const Certificate& each : coupons->certificates) {
      names.insert(names.end(), {each.id, each.code, each.encrypted});
    }
  }
  return names;
}

Refund* Order::pending_refund() {
  const auto found = std::ranges::find_if(refunds, &Refund::pending);
  return found == refunds.end() ? nullptr : &*found;
}

int Order::order_status() const {
  switch (status) {
    case Status::kUnpaid:
      return 100;
    case Status::kClosed:
      return 101;
    case Status::kFinished:
      return 1;
    default:
      break;
  }
  if (coupons) {
    return !coupons->any_used() ? 200 : coupons->all_used() ? 1 : 201;
  }
  return accepted ? 201 : 200;
}

int Order::item_status(const Certificate& certificate) const {
  if (!paid) {
    return status == Status::kClosed ? 401 : 100;
  }
  return certificate.refunded ? 301 : certificate.used() ? 400 : 200;
}

int Order::item_status() const {
  const auto whole = [](const Refund& refund) { return refund.paid_out() && !refund.partial; };
  if (status == Status::kRejected || std::ranges::any_of(refunds, whole)) {
    return 301;
  }
  if (std::ranges::any_of(refunds, &Refund::pending)) {
    return 300;
  }
  switch (status) {
    case Status::kUnpaid:
      return 100;
    case Status::kClosed:
      return 401;
    case Status::kFinished:
      return 400;
    default:
      return accepted ? 201 : 200;
  }
}

OrderTruth TruthOf(const Order& order) {
  OrderTruth truth{.id = order.id,
                   .view_id = order.id,
                   .shop = order.shop,
                   .day_seq = order.day_seq,
                   .created = std::chrono::floor<std::chrono::seconds>(order.created),
                   .commission = std::nullopt,
                   .income = std::nullopt,
                   .platform_status = order.order_status(),
                   .status = CanonicalStatus(order),
                   .delivery = CanonicalDelivery(order),
                   .refunds = {},
                   .refunded = 0,
                   .events = order.events};
  TellRefunds(order.refunds, truth);
  if (order.coupons) {
    truth.total = order.coupons->pay();
    truth.original = order.coupons->original();
    truth.income = truth.total;  // receipt_amount
    truth.lines = 1;
  } else {
    const Basket& basket = order.basket;
    truth.total = basket.pay();
    truth.original = basket.origin();
    truth.commission = basket.commission();
    truth.income = basket.income();
    truth.lines = static_cast<std::int64_t>(basket.lines.size());
  }
  truth.discounts = truth.original - truth.total;
  return truth;
}

}  // namespace weir::simulators::douyin
