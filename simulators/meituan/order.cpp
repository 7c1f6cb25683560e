// SPDX-License-Identifier: Apache-2.0
#include "simulators/meituan/order.hpp"

namespace weir::simulators::meituan {
namespace {

std::string_view CancelledAs(const Order& order) {
  if (order.cancel_code == kNotConfirmed.reason_code || order.cancel_code == kNotPaid.reason_code) {
    return "expired";
  }
  const bool by_shop = order.cancel_op == 2 || order.cancel_code / 100 == 20;
  return by_shop && !order.confirmed ? "rejected" : "cancelled";
}

}  // namespace

std::string_view CanonicalStatus(const Order& order) {
  switch (order.status) {
    case kSubmitted:
      return "pending_payment";
    case kPushed:
    case kReceived:
      return "placed";
    case kCompleted:
      return "completed";
    case kCancelled:
      return CancelledAs(order);
    default:
      break;
  }
  if (order.delivery.completed != 0) {
    return "delivered";
  }
  return order.delivery.fetched != 0 || order.status == kDelivering ? "dispatched" : "accepted";
}

std::string_view CanonicalDelivery(const Order& order) {
  switch (order.delivery.status.value_or(-1)) {
    case 0:
      return "searching";
    case 5:
      return "exception";
    case 10:
      return "assigned";
    case 15:
      return "at_pickup";
    case 20:
      return "picked_up";
    case 40:
      return "delivered";
    case 100:
      return "cancelled";
    default:
      return "";
  }
}

}  // namespace weir::simulators::meituan
