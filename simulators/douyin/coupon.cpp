// SPDX-License-Identifier: Apache-2.0
#include "simulators/douyin/coupon.hpp"

#include <algorithm>
#include <chrono>

namespace weir::simulators::douyin {
namespace {

bool AnyUsed(const CouponOrder& order) {
  return std::ranges::any_of(order.certificates, &Certificate::used);
}

/// As everything the platform has said of it implies: an order that was used up stays so.
std::string_view CanonicalStatus(const CouponOrder& order) {
  if (!order.paid) {
    return order.closed ? "expired" : "pending_payment";
  }
  if (order.was_used_up) {
    return "completed";
  }
  if (order.left() == 0) {
    return "cancelled";
  }
  return AnyUsed(order) ? "accepted" : "placed";
}

}  // namespace

std::vector<std::string> CouponOrder::names() const {
  std::vector<std::string> names = {id};
  for (const Certificate& each : certificates) {
    names.insert(names.end(), {each.id, each.code, each.encrypted});
  }
  return names;
}

Fen CouponOrder::original() const {
  return original_each * static_cast<Fen>(certificates.size());
}

Fen CouponOrder::pay() const { return pay_each * static_cast<Fen>(certificates.size()); }

std::size_t CouponOrder::left() const {
  return static_cast<std::size_t>(std::ranges::count_if(certificates, &Certificate::usable));
}

int CouponOrder::order_status() const {
  if (!paid) {
    return closed ? 101 : 100;
  }
  if (!AnyUsed(*this)) {
    return 200;
  }
  return left() == 0 ? 1 : 201;
}

int CouponOrder::item_status(const Certificate& certificate) const {
  if (!paid) {
    return closed ? 401 : 100;
  }
  return certificate.refunded ? 301 : certificate.used() ? 400 : 200;
}

OrderTruth TruthOf(const CouponOrder& order) {
  OrderTruth truth{.id = order.id,
                   .view_id = order.id,
                   .shop = order.shop,
                   .created = std::chrono::floor<std::chrono::seconds>(order.created),
                   .total = order.pay(),
                   .original = order.original(),
                   .discounts = order.original() - order.pay(),
                   .commission = std::nullopt,
                   .income = std::nullopt,
                   .lines = 1,
                   .platform_status = order.order_status(),
                   .status = CanonicalStatus(order),
                   .delivery = {},
                   .refunds = {},
                   .refunded = 0,
                   .events = order.events};
  TellRefunds(order.refunds, truth);
  return truth;
}

}  // namespace weir::simulators::douyin
