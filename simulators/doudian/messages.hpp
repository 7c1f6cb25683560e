// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "simulators/doudian/order.hpp"

/// The data of messages (protocol notes B9), which says little: the truth is read.
namespace weir::simulators::doudian {

/// The tags of trade messages.
namespace tag {
inline constexpr int kProbe = 0;
inline constexpr int kCreated = 100;
inline constexpr int kPaid = 101;
inline constexpr int kShipped = 102;
inline constexpr int kFinished = 103;
inline constexpr int kLogisticsChanged = 104;
inline constexpr int kAddressWanted = 105;
inline constexpr int kCancelled = 106;
inline constexpr int kPartlyShipped = 108;
inline constexpr int kAmountChanged = 109;
inline constexpr int kToShip = 110;
inline constexpr int kAddressChanged = 111;
inline constexpr int kAppointment = 112;
inline constexpr int kMemo = 113;
inline constexpr int kDeadlineChanged = 126;
inline constexpr int kUnknown = 999;
}  // namespace tag

/// Who writes, and how.
struct MessageStyle {
  std::int64_t shop_id = 0;
  bool ids_as_text = false;
};

[[nodiscard]] std::string TradeData(const Order& order, int tag, const MessageStyle& style);
/// Of the refund's last step, which is `step`.
[[nodiscard]] std::string RefundData(const Order& order, const Refund& refund, RefundStep step,
                                     const MessageStyle& style);

}  // namespace weir::simulators::doudian
