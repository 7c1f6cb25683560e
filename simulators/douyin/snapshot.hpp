// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/json_writer.hpp"
#include "simulators/douyin/order.hpp"

/// Orders as the platform writes them (protocol notes A6.1, A6.4, A9).
namespace weir::simulators::douyin {

/// What a query needs besides the order.
struct Reader {
  std::string_view account;
  std::string_view secret;     ///< Contacts are encrypted with it.
  bool secret_number = false;  ///< get_secret_number
};

/// The content of life_takeout_order_pay_success.
[[nodiscard]] std::string PaidContent(const Order& order);

/// An order as the order queries write it. A takeaway has, beside the general members, what the
/// push of it has; an order of coupons has amount_info where `catering`.
[[nodiscard]] std::string OrderJson(const Order& order, const Reader& reader, bool catering);

/// One coupon as certificate/query writes it in seconds, certificate/get in milliseconds.
[[nodiscard]] std::string CertificateJson(const Order& order, const Certificate& certificate,
                                          const Reader& reader, bool milliseconds);

/// One coupon as certificate/prepare writes it.
[[nodiscard]] std::string PreparedJson(const Order& order, const Certificate& certificate,
                                       const Reader& reader);

/// One record of certificate/verify_record/query.
[[nodiscard]] std::string RecordJson(const Order& order, const Certificate& certificate,
                                     const Verification& verification, const Reader& reader,
                                     Instant now);

/// A verification is taken back within this time only.
inline constexpr auto kCancelWithin = std::chrono::hours(1);
/// A coupon can be used so long.
inline constexpr auto kCouponLife = std::chrono::days(90);

}  // namespace weir::simulators::douyin
