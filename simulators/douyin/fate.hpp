// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "base/random.hpp"
#include "simulators/douyin/options.hpp"

namespace weir::simulators::douyin {

/// How a takeaway order ends before its time.
enum class Ending {
  kUnpaid,       ///< life_takeout_order_pay_close.
  kRejected,     ///< The shop refuses it.
  kWithdrawn,    ///< The customer cancels before the acceptance: refunded in full.
  kNotAccepted,  ///< Nobody accepts it in time: refunded in full.
  kGivenUp,      ///< The shop cancels after the acceptance: refunded in full.
};

/// What a customer will ask for.
struct RefundFate {
  bool partial = false;
  bool after_finish = false;
  bool granted = true;  ///< As the shop decides, when someone there does.
};

/// What an order of coupons' life will bring.
struct CouponFate {
  std::size_t count = 1;     ///< Coupons bought.
  std::size_t verified = 1;  ///< Of these, by the shop's own till.
  bool cancelled = false;    ///< The first verification is taken back, and the coupon used again.
  std::size_t refunded = 0;  ///< Of those never used.
};

/// What an order's life will bring unless the shop acts differently.
struct Fate {
  std::optional<CouponFate> coupons{};  ///< It is of coupons; else a takeaway.

  bool self_delivery = false;
  std::optional<Ending> ending{};
  std::optional<RefundFate> refund{};
  bool urged = false;
  bool edited = false;
  std::vector<int> route{};  ///< delivery_status in turn.
  bool shop_rests = false;
};

[[nodiscard]] Fate DrawFate(Random& random, const Traffic& traffic);

/// An undisturbed delivery by the platform.
[[nodiscard]] std::vector<int> PlainRoute();

}  // namespace weir::simulators::douyin
