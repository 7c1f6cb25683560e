// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "simulators/douyin/order.hpp"

/// The contents of webhooks and of the refund SPI, but for a new takeaway's (protocol notes A7,
/// A8).
namespace weir::simulators::douyin {

// What happens to a takeaway.
inline constexpr std::string_view kPaySuccess = "life_takeout_order_pay_success";
inline constexpr std::string_view kPayClose = "life_takeout_order_pay_close";
inline constexpr std::string_view kReceived = "life_takeout_order_merchant_receive";
inline constexpr std::string_view kRefused = "life_takeout_order_merchant_refuse";
inline constexpr std::string_view kModified = "life_trade_takeout_order_modify";
inline constexpr std::string_view kFinished = "life_trade_takeout_order_finish";
inline constexpr std::string_view kDeliveryChange = "life_takeout_delivery_change";
inline constexpr std::string_view kDeliveryNotice = "life_trade_takeout_delivery_notice";
inline constexpr std::string_view kBill = "life_takeout_bill_ledger_create";
// Of orders of both kinds.
inline constexpr std::string_view kRefundAudit = "life_trade_refund_audit";
inline constexpr std::string_view kRefundComplete = "life_trade_refund_complete";
inline constexpr std::string_view kPartRefundComplete = "life_trade_part_refund_complete";
// Of coupons.
inline constexpr std::string_view kCouponOrder = "life_trade_order_notify";
inline constexpr std::string_view kCertificate = "life_trade_certificate_notify";
// Of shops and menus.
inline constexpr std::string_view kShopOpen = "life_shop_order_receive_change";
inline constexpr std::string_view kProductAudit = "life_product_audit";
// Of the app.
inline constexpr std::string_view kProbe = "verify_webhook";
/// Not a webhook: the SPI's action.
inline constexpr std::string_view kRefundApply = "trade.takeout.refund_apply";

/// An event of the order without more to say: its numbers and the time of its last change.
[[nodiscard]] std::string EventContent(const Order& order);
/// The delivery's last step.
[[nodiscard]] std::string DeliveryContent(const Order& order);
[[nodiscard]] std::string AuditContent(const Order& order, const Refund& refund, bool pass);
[[nodiscard]] std::string RefundContent(const Order& order, const Refund& refund);
/// The body of the refund SPI.
[[nodiscard]] std::string ApplyContent(const Order& order, const Refund& refund);
/// `action` "pay_success".
[[nodiscard]] std::string CouponContent(const Order& order, std::string_view account);
/// `action` "verify" or "cancel_verify".
[[nodiscard]] std::string CertificateContent(const Order& order, const Certificate& certificate,
                                             std::string_view action, std::string_view account);

}  // namespace weir::simulators::douyin
