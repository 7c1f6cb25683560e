// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "mapping/codes.hpp"
#include "model/order_facts.hpp"
#include "model/words.hpp"

/// Meituan's codes and our words: protocols §1.4 and §1.5, projected by the rules of merging.
namespace weir::mapping::meituan {

struct OrderStatusCode {
  std::int64_t code;
  model::OrderStatus status;
};
/// Order `status`. Where two codes mean one word, the current one stands first; 3 and 6 are of
/// 2016.
inline constexpr std::array kOrderStatuses{
    OrderStatusCode{1, model::OrderStatus::kPendingPayment},
    OrderStatusCode{2, model::OrderStatus::kPlaced},
    OrderStatusCode{3, model::OrderStatus::kPlaced},
    OrderStatusCode{4, model::OrderStatus::kAccepted},
    OrderStatusCode{6, model::OrderStatus::kDispatched},
    OrderStatusCode{8, model::OrderStatus::kCompleted},
    OrderStatusCode{9, model::OrderStatus::kCancelled},
};

struct DeliveryStatusCode {
  std::int64_t code;
  model::ShipmentStatus status;
  std::optional<model::OrderStatus> order;  ///< What it makes of the order.
};
/// `logistics_status`.
inline constexpr std::array kDeliveryStatuses{
    DeliveryStatusCode{0, model::ShipmentStatus::kSearching, std::nullopt},
    DeliveryStatusCode{5, model::ShipmentStatus::kException, std::nullopt},
    DeliveryStatusCode{10, model::ShipmentStatus::kAssigned, std::nullopt},
    DeliveryStatusCode{15, model::ShipmentStatus::kAtPickup, std::nullopt},
    DeliveryStatusCode{20, model::ShipmentStatus::kPickedUp, model::OrderStatus::kDispatched},
    DeliveryStatusCode{30, model::ShipmentStatus::kInTransit, model::OrderStatus::kDispatched},
    DeliveryStatusCode{40, model::ShipmentStatus::kDelivered, model::OrderStatus::kDelivered},
    DeliveryStatusCode{100, model::ShipmentStatus::kCancelled, std::nullopt},
};

/// What a step of a refund is: its rank among all steps of that refund, and our word. One number
/// space for the plain flow, the flow with returned goods, and the paying out.
struct RefundStep {
  std::uint16_t rank = 0;
  model::RefundStatus status = model::RefundStatus::kApplied;
  friend constexpr bool operator==(const RefundStep&, const RefundStep&) = default;
};

/// A code that says nothing known: any known step outranks it.
inline constexpr RefundStep kUnknownRefundStep{};
inline constexpr RefundStep kRefundApplied{10, model::RefundStatus::kApplied};
inline constexpr RefundStep kRefundDeclined{20, model::RefundStatus::kDeclined};
inline constexpr RefundStep kRefundAppealed{30, model::RefundStatus::kAppealed};
inline constexpr RefundStep kRefundDeclinedBySupport{40, model::RefundStatus::kDeclined};
inline constexpr RefundStep kRefundWithdrawn{50, model::RefundStatus::kWithdrawn};
inline constexpr RefundStep kRefundApproved{60, model::RefundStatus::kApproved};
inline constexpr RefundStep kRefundFailed{80, model::RefundStatus::kFailed};
inline constexpr RefundStep kRefundRefunded{90, model::RefundStatus::kRefunded};

struct RefundStepCode {
  std::int64_t code;
  RefundStep step;
};
/// `res_type`; 0 is kRefundAppealed when is_appeal is 1.
inline constexpr std::array kRefundResults{
    RefundStepCode{0, kRefundApplied},   RefundStepCode{1, kRefundDeclined},
    RefundStepCode{2, kRefundApproved},  RefundStepCode{3, kRefundDeclinedBySupport},
    RefundStepCode{4, kRefundApproved},  RefundStepCode{5, kRefundApproved},
    RefundStepCode{6, kRefundApproved},  RefundStepCode{7, kRefundWithdrawn},
    RefundStepCode{8, kRefundWithdrawn},
};
/// `status` of shops whose customers send goods back, in the order of that flow.
inline constexpr std::array kReturnGoodsSteps{
    RefundStepCode{1, kRefundApplied},
    RefundStepCode{11, kRefundDeclined},
    RefundStepCode{16, kRefundAppealed},
    RefundStepCode{18, kRefundDeclinedBySupport},
    RefundStepCode{10, {41, model::RefundStatus::kApplied}},
    RefundStepCode{17, {42, model::RefundStatus::kApplied}},
    RefundStepCode{20, {43, model::RefundStatus::kApplied}},
    RefundStepCode{22, {44, model::RefundStatus::kDeclined}},
    RefundStepCode{26, {45, model::RefundStatus::kAppealed}},
    RefundStepCode{28, {46, model::RefundStatus::kDeclined}},
    RefundStepCode{30, kRefundWithdrawn},
    RefundStepCode{21, kRefundApproved},
    RefundStepCode{27, {61, model::RefundStatus::kApproved}},
};

struct RefundOutcomeCode {
  std::int64_t code;
  RefundStep step;
  model::RefundKind kind;
};
/// `refund_status` of the push that tells whether the money went out.
inline constexpr std::array kRefundOutcomes{
    RefundOutcomeCode{3, kRefundRefunded, model::RefundKind::kFull},
    RefundOutcomeCode{4, kRefundFailed, model::RefundKind::kFull},
    RefundOutcomeCode{13, kRefundRefunded, model::RefundKind::kPartial},
    RefundOutcomeCode{14, kRefundFailed, model::RefundKind::kPartial},
};

struct RefundNotice {
  std::string_view word;
  RefundStep step;
};
/// `notify_type`: looked at only where res_type and status are absent. apply and part are
/// kRefundAppealed when is_appeal is 1.
inline constexpr std::array kRefundNotices{
    RefundNotice{"apply", kRefundApplied},
    RefundNotice{"part", kRefundApplied},
    RefundNotice{"agree", kRefundApproved},
    RefundNotice{"reject", kRefundDeclined},
    RefundNotice{"cancelRefund", kRefundWithdrawn},
    RefundNotice{"cancelRefundComplaint", kRefundWithdrawn},
};

struct DiscountType {
  std::int64_t code;
  std::string_view kind;
  bool item_level = false;  ///< Lowers the price of single lines, so lines may be told net of it.
  bool gift = false;        ///< Worth telling even when it costs nothing.
};
/// `type` of an entry of `extras`.
inline constexpr std::array kDiscountTypes{
    DiscountType{1, "first_order"},
    DiscountType{2, "full_reduction"},
    DiscountType{5, "gift", false, true},
    DiscountType{9, "coupon"},
    DiscountType{16, "delivery_reduction"},
    DiscountType{17, "item_discount", true},
    DiscountType{20, "second_half_price", true},
    DiscountType{22, "store_new_customer"},
    DiscountType{23, "buy_gift", false, true},
    DiscountType{25, "delivery_reduction"},
    DiscountType{100, "merchant_coupon"},
    DiscountType{101, "merchant_coupon"},
    DiscountType{117, "item_coupon", true},
};

struct ShopState {
  std::int64_t code;
  model::StoreAspect aspect;
  std::string_view state;
};
/// `poi_status`.
inline constexpr std::array kShopStates{
    ShopState{18, model::StoreAspect::kListing, "online"},
    ShopState{19, model::StoreAspect::kListing, "offline"},
    ShopState{120, model::StoreAspect::kBusiness, "resting"},
    ShopState{121, model::StoreAspect::kBusiness, "open"},
};
/// `open_level` of a shop that is read.
inline constexpr std::array kOpenLevels{
    ShopState{1, model::StoreAspect::kBusiness, "open"},
    ShopState{3, model::StoreAspect::kBusiness, "resting"},
};
/// `is_online` of a shop that is read.
inline constexpr std::array kOnlineStates{
    ShopState{0, model::StoreAspect::kListing, "offline"},
    ShopState{1, model::StoreAspect::kListing, "online"},
    ShopState{2, model::StoreAspect::kListing, "setting_up"},
    ShopState{3, model::StoreAspect::kListing, "setting_up"},
};

/// Why an order was cancelled, from `reason_code` and `deal_op_type`; kNone when neither is told.
constexpr model::CancelCause CauseOf(std::optional<std::int64_t> reason_code,
                                     std::optional<std::int64_t> deal_op_type) noexcept {
  // 1001 not accepted in time, 1002 not paid in time; 20xx are the merchant's own reasons.
  if (reason_code == 1001 || reason_code == 1002) {
    return model::CancelCause::kNotPaidOrAccepted;
  }
  constexpr std::int64_t kByMerchant = 2;
  if (deal_op_type == kByMerchant || (reason_code && *reason_code / 100 == 20)) {
    return model::CancelCause::kMerchant;
  }
  return reason_code || deal_op_type ? model::CancelCause::kOther : model::CancelCause::kNone;
}

/// Who delivers, by `logistics_code` (protocol §1.4).
constexpr model::DeliveryMode DeliveryModeOf(std::string_view logistics_code) noexcept {
  constexpr std::array<std::string_view, 5> kThirdParty{"0002", "0016", "0033", "5001", "999"};
  if (logistics_code.empty()) {
    return model::DeliveryMode::kUnknown;
  }
  if (logistics_code == "0000") {
    return model::DeliveryMode::kMerchant;
  }
  return std::ranges::find(kThirdParty, logistics_code) != kThirdParty.end()
             ? model::DeliveryMode::kThirdParty
             : model::DeliveryMode::kPlatform;
}

}  // namespace weir::mapping::meituan
