// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "mapping/codes.hpp"
#include "model/order_facts.hpp"
#include "model/words.hpp"

/// Douyin's events and numbers and our words: protocol A6, A7 and A9, projected by the rules of
/// merging.
namespace weir::mapping::douyin {

enum class Subject : std::uint8_t {
  kPlaced,       ///< A whole takeaway order.
  kStatus,       ///< A step of the order.
  kModified,     ///< Says that something changed, perhaps what.
  kDelivery,     ///< A rider's step.
  kUrge,         ///< The platform asks to deliver.
  kRefundAsked,  ///< A customer wants his money back.
  kRefundAudit,  ///< The merchant, or the platform for him, has decided.
  kRefunded,     ///< Money went back.
  kBill,         ///< There is a bill; what it holds is read elsewhere.
  kVoucher,      ///< An order of coupons was paid.
  kCertificate,  ///< Something happened to a coupon.
  kStore,        ///< A setting of a shop.
  kSilent,       ///< Nothing of an order or a shop.
};

struct EventRow {
  std::string_view word;
  Subject subject;
  std::string_view name;  ///< Under which `extra` is kept.
  model::OrderStatus status = model::OrderStatus::kPlaced;
  model::CancelCause cause = model::CancelCause::kNone;
};

/// Webhooks by their `event` (A7), and the SPI calls that are understood.
inline constexpr std::array kEvents{
    EventRow{"life_takeout_order_pay_success", Subject::kPlaced, "placed"},
    EventRow{"life_takeout_order_merchant_receive", Subject::kStatus, "confirmed",
             model::OrderStatus::kAccepted},
    EventRow{"life_takeout_order_merchant_refuse", Subject::kStatus, "cancelled",
             model::OrderStatus::kCancelled, model::CancelCause::kMerchant},
    EventRow{"life_takeout_order_pay_close", Subject::kStatus, "cancelled",
             model::OrderStatus::kCancelled, model::CancelCause::kNotPaidOrAccepted},
    EventRow{"life_trade_takeout_order_modify", Subject::kModified, "modified"},
    EventRow{"life_trade_takeout_order_finish", Subject::kStatus, "completed",
             model::OrderStatus::kCompleted},
    EventRow{"life_takeout_delivery_change", Subject::kDelivery, "delivery"},
    EventRow{"life_trade_takeout_delivery_notice", Subject::kUrge, "urged"},
    EventRow{"life_trade_refund_audit", Subject::kRefundAudit, "refund"},
    EventRow{"life_trade_refund_complete", Subject::kRefunded, "refund_result",
             model::OrderStatus::kCancelled, model::CancelCause::kRefunded},
    EventRow{"life_trade_part_refund_complete", Subject::kRefunded, "refund_result"},
    EventRow{"life_takeout_bill_ledger_create", Subject::kBill, "bill"},
    EventRow{"life_hermes_akte_after_sale_audit", Subject::kRefundAsked, "refund"},
    EventRow{"trade.takeout.refund_apply", Subject::kRefundAsked, "refund"},
    EventRow{"life_trade_order_notify", Subject::kVoucher, "voucher"},
    EventRow{"life_trade_certificate_notify", Subject::kCertificate, "certificate"},
    EventRow{"life_shop_order_receive_change", Subject::kStore, "order_receive_change"},
    EventRow{"life_shop_deliver_change", Subject::kStore, "deliver_change"},
    EventRow{"life_product_audit", Subject::kSilent, "product_audit"},
    EventRow{"verify_webhook", Subject::kSilent, "verify"},
};
/// What an SPI call is told as when its content is a customer's wish for his money (A8).
inline constexpr std::string_view kRefundApply = "trade.takeout.refund_apply";

struct DeliveryCode {
  std::int64_t code;
  model::ShipmentStatus status;
  std::optional<model::OrderStatus> order;  ///< What it makes of the order.
};
/// `delivery_status` (A7). After 300 another rider may accept: 102 again.
inline constexpr std::array kDeliveryCodes{
    DeliveryCode{102, model::ShipmentStatus::kAssigned, std::nullopt},
    DeliveryCode{103, model::ShipmentStatus::kAtPickup, std::nullopt},
    DeliveryCode{104, model::ShipmentStatus::kPickedUp, model::OrderStatus::kDispatched},
    DeliveryCode{200, model::ShipmentStatus::kDelivered, model::OrderStatus::kDelivered},
    DeliveryCode{300, model::ShipmentStatus::kCancelled, std::nullopt},
};

struct OrderCode {
  std::int64_t code;
  model::OrderStatus status;
  model::CancelCause cause = model::CancelCause::kNone;
};
/// `order_status` of an order that was read (A6.1; all but 101 and 200 from memory there).
inline constexpr std::array kOrderCodes{
    OrderCode{0, model::OrderStatus::kPendingPayment},
    OrderCode{1, model::OrderStatus::kCompleted},
    OrderCode{100, model::OrderStatus::kPendingPayment},
    OrderCode{101, model::OrderStatus::kCancelled, model::CancelCause::kNotPaidOrAccepted},
    OrderCode{200, model::OrderStatus::kPlaced},
    OrderCode{201, model::OrderStatus::kAccepted},
};

struct CertificateCode {
  std::int64_t code;
  model::CertificateStatus status;
};
/// `item_status` of a coupon in an order (A6.1, from memory there): 100 is not paid yet, 401
/// closed, for neither of which there is a word.
inline constexpr std::array kItemCodes{
    CertificateCode{100, model::CertificateStatus::kUnknown},
    CertificateCode{200, model::CertificateStatus::kUnused},
    CertificateCode{201, model::CertificateStatus::kUnused},
    CertificateCode{300, model::CertificateStatus::kRefunding},
    CertificateCode{301, model::CertificateStatus::kRefunded},
    CertificateCode{400, model::CertificateStatus::kUsed},
    CertificateCode{401, model::CertificateStatus::kUnknown},
};
/// `status` of a coupon that was asked for by itself (A9).
inline constexpr std::array kCertificateCodes{
    CertificateCode{1, model::CertificateStatus::kUnused},
    CertificateCode{2, model::CertificateStatus::kUsed},
};

struct RecordCode {
  std::int64_t code;
  bool holds = false;
};
/// `status` of a verification's record (A9).
inline constexpr std::array kRecordCodes{
    RecordCode{1, true},
    RecordCode{2, false},
};

struct CertificateAction {
  std::string_view word;
  model::CertificateStatus status;
};
/// `action` of life_trade_certificate_notify; only "verify" was seen.
inline constexpr std::array kCertificateActions{
    CertificateAction{"verify", model::CertificateStatus::kUsed},
    CertificateAction{"cancel", model::CertificateStatus::kUnused},
    CertificateAction{"cancel_verify", model::CertificateStatus::kUnused},
};

struct ChargeCode {
  std::int64_t code;
  std::string_view kind;
};
/// `sub_order_type` (A6.1); kGoods is no charge.
inline constexpr std::array kChargeCodes{
    ChargeCode{1, "delivery"},
    ChargeCode{2, "packaging"},
    ChargeCode{3, "service"},
};
inline constexpr std::int64_t kGoods = 100;

/// `is_book`: 1 is at once, 2 booked. `is_self_deliver`: 0 the platform's rider, 1 the merchant's.
inline constexpr std::int64_t kAtOnce = 1;
inline constexpr std::int64_t kBooked = 2;
/// An id that stands for none (A6.4).
inline constexpr std::string_view kNoId = "-1";

/// The platform's steps of a refund; the greater one decides.
inline constexpr std::uint16_t kAskedStep = 1;
inline constexpr std::uint16_t kDeclinedStep = 2;
inline constexpr std::uint16_t kApprovedStep = 3;
inline constexpr std::uint16_t kRefundedStep = 4;

}  // namespace weir::mapping::douyin
