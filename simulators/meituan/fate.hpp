// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/random.hpp"
#include "simulators/meituan/basket.hpp"
#include "simulators/meituan/options.hpp"
#include "simulators/meituan/refund.hpp"

namespace weir::simulators::meituan {

/// Why and by whom an order is cancelled (protocol notes 1.4, 1.5).
struct Cancellation {
  int reason_code = 0;
  std::string_view reason;
  int deal_op_type = 0;  ///< 1 user, 2 shop, 3 support, 5 system, 6 open platform.
};

inline constexpr Cancellation kNotPaid{1002, "用户未在规定时间内支付", 5};
inline constexpr Cancellation kLeftAtPayment{1101, "用户在支付中取消", 1};
inline constexpr Cancellation kNotConfirmed{1001, "商家超时未接单", 5};
inline constexpr Cancellation kUserBeforeConfirm{1102, "用户在商家确认前取消", 1};
inline constexpr Cancellation kRefundedInFull{1103, "用户取消，用户退款取消", 1};
inline constexpr Cancellation kShopBusy{2008, "店铺太忙", 2};
inline constexpr Cancellation kSoldOut{2009, "商品已售完", 2};
inline constexpr Cancellation kSupportOther{1204, "客服取消：其他原因", 3};

struct RefundFate {
  bool partial = false;
  RefundFlow flow = RefundFlow::kPlain;
  bool after_completion = false;
};

/// What an order's life will bring unless the shop acts differently.
struct Fate {
  Handover handover = Handover::kPlatformDelivery;
  /// The status, 1, 2 or 4, the order is cancelled from, and why.
  int cancelled_from = 0;
  Cancellation cancellation{};
  std::optional<RefundFate> refund;
  bool urged = false;
  std::vector<int> route;  ///< logistics_status values in turn; empty without the platform's rider.
  bool shop_rests = false;
};

[[nodiscard]] Fate DrawFate(Random& random, const Traffic& traffic);

/// The logistics_status values of an undisturbed delivery.
[[nodiscard]] std::vector<int> PlainRoute();

}  // namespace weir::simulators::meituan
