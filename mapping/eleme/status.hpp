// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "mapping/codes.hpp"
#include "model/order_facts.hpp"
#include "model/words.hpp"

/// Ele.me's message types and words and ours: protocol §1.8 and §1.9, projected by the rules of
/// merging. Of a push its type decides, never the words beside it; of an answer its words do.
namespace weir::mapping::eleme {

struct OrderType {
  std::int64_t code;
  model::OrderStatus status;
  std::string_view event;  ///< Under which `extra` is kept.
};
/// Messages that move an order; 10 brings the whole of it.
inline constexpr std::array kOrderTypes{
    OrderType{10, model::OrderStatus::kPlaced, "placed"},
    OrderType{12, model::OrderStatus::kAccepted, "confirmed"},
    OrderType{14, model::OrderStatus::kCancelled, "cancelled"},
    OrderType{15, model::OrderStatus::kCancelled, "cancelled"},
    OrderType{17, model::OrderStatus::kCancelled, "cancelled"},
    OrderType{18, model::OrderStatus::kCompleted, "completed"},
};
inline constexpr std::int64_t kOrderPlaced = 10;
inline constexpr std::int64_t kCancelledBeforeAcceptance = 14;

struct OrderWord {
  std::string_view word;
  model::OrderStatus status;
};
/// `status` of an order; refunding is said of one that was accepted.
inline constexpr std::array kOrderWords{
    OrderWord{"pending", model::OrderStatus::kPendingPayment},
    OrderWord{"unprocessed", model::OrderStatus::kPlaced},
    OrderWord{"valid", model::OrderStatus::kAccepted},
    OrderWord{"refunding", model::OrderStatus::kAccepted},
    OrderWord{"settled", model::OrderStatus::kCompleted},
    OrderWord{"invalid", model::OrderStatus::kCancelled},
};

/// The flow of a cancel, before completion, is 20 and its step; that of a refund, after it, 30.
inline constexpr std::int64_t kCancelFlow = 20;
inline constexpr std::int64_t kRefundFlow = 30;

struct RefundStep {
  std::int64_t code;  ///< Of both flows: the type's last digit.
  model::RefundStatus status;
};
inline constexpr std::array kRefundSteps{
    RefundStep{0, model::RefundStatus::kApplied},  // the user asks; begins a refund
    RefundStep{1, model::RefundStatus::kWithdrawn},
    RefundStep{2, model::RefundStatus::kDeclined},
    RefundStep{3, model::RefundStatus::kApproved},
    RefundStep{4, model::RefundStatus::kAppealed},  // the user asks for arbitration
    RefundStep{5, model::RefundStatus::kApproved},  // by arbitration
    RefundStep{6, model::RefundStatus::kDeclined},  // by arbitration
};

struct RefundWord {
  std::string_view word;
  std::optional<model::RefundStatus> outcome;  ///< What became of an approved refund's money.
};
/// `refundStatus`.
inline constexpr std::array kRefundWords{
    RefundWord{"noRefund", std::nullopt},
    RefundWord{"applied", std::nullopt},
    RefundWord{"rejected", std::nullopt},
    RefundWord{"arbitrating", std::nullopt},
    RefundWord{"failed", model::RefundStatus::kFailed},
    RefundWord{"successful", model::RefundStatus::kRefunded},
};

struct RefundKindWord {
  std::string_view word;
  model::RefundKind kind;
};
/// `refundType`.
inline constexpr std::array kRefundKinds{
    RefundKindWord{"normal", model::RefundKind::kFull},
    RefundKindWord{"part", model::RefundKind::kPartial},
};

struct DeliveryType {
  std::int64_t code;
  model::ShipmentStatus status;
  std::optional<model::OrderStatus> order;  ///< What it makes of the order.
};
/// Messages of the waybill.
inline constexpr std::array kDeliveryTypes{
    DeliveryType{51, model::ShipmentStatus::kCreated, std::nullopt},
    DeliveryType{52, model::ShipmentStatus::kSearching, std::nullopt},
    DeliveryType{53, model::ShipmentStatus::kAssigned, std::nullopt},
    DeliveryType{54, model::ShipmentStatus::kAtPickup, std::nullopt},
    DeliveryType{55, model::ShipmentStatus::kPickedUp, model::OrderStatus::kDispatched},
    DeliveryType{56, model::ShipmentStatus::kDelivered, model::OrderStatus::kDelivered},
    DeliveryType{57, model::ShipmentStatus::kCancelled, std::nullopt},
    DeliveryType{58, model::ShipmentStatus::kCancelled, std::nullopt},
    DeliveryType{59, model::ShipmentStatus::kCancelled, std::nullopt},
    DeliveryType{60, model::ShipmentStatus::kException, std::nullopt},
    DeliveryType{61, model::ShipmentStatus::kException, std::nullopt},
    DeliveryType{62, model::ShipmentStatus::kException, std::nullopt},
    DeliveryType{63, model::ShipmentStatus::kException, std::nullopt},
    DeliveryType{64, model::ShipmentStatus::kException, std::nullopt},
    DeliveryType{65, model::ShipmentStatus::kException, std::nullopt},
    DeliveryType{66, model::ShipmentStatus::kException, std::nullopt},
    DeliveryType{67, model::ShipmentStatus::kException, std::nullopt},
    DeliveryType{68, model::ShipmentStatus::kException, std::nullopt},
    DeliveryType{69, model::ShipmentStatus::kException, std::nullopt},
    DeliveryType{70, model::ShipmentStatus::kException, std::nullopt},
    DeliveryType{72, model::ShipmentStatus::kFailed, std::nullopt},
    DeliveryType{73, model::ShipmentStatus::kFailed, std::nullopt},
    DeliveryType{74, model::ShipmentStatus::kFailed, std::nullopt},
    DeliveryType{75, model::ShipmentStatus::kFailed, std::nullopt},
    DeliveryType{76, model::ShipmentStatus::kFailed, std::nullopt},
};
/// The shop delivers by itself from now on.
inline constexpr std::int64_t kSelfDelivery = 71;

struct WaybillWord {
  std::string_view word;
  std::int64_t type;  ///< The message that tells the same.
};
/// `state` of a waybill.
inline constexpr std::array kWaybillWords{
    WaybillWord{"tobeAssignedMerchant", 51},
    WaybillWord{"tobeAssignedCourier", 52},
    WaybillWord{"tobeFetched", 53},
    WaybillWord{"arrived", 54},
    WaybillWord{"delivering", 55},
    WaybillWord{"completed", 56},
    WaybillWord{"cancelled", 57},
    WaybillWord{"exception", 69},
    WaybillWord{"selfDelivery", 71},
    WaybillWord{"noMoreDelivery", 72},
    WaybillWord{"reject", 73},
};

inline constexpr std::int64_t kReminder = 45;
inline constexpr std::int64_t kAuthorizationRevoked = 100;
/// A shop's state, and any other change of a shop.
inline constexpr std::array<std::int64_t, 2> kShopTypes{91, 93};
/// New orders' messages of a lean kind: they name the order and a few sums of it.
inline constexpr std::array<std::int64_t, 2> kLeanTypes{217, 218};
/// Orders on the service market and the audits of joining shops: nothing of an order or a shop.
inline constexpr std::array<std::int64_t, 3> kSilentTypes{105, 221, 222};

struct BusyLevel {
  std::string_view word;
  std::string_view state;
};
/// `busyLevel` of a shop.
inline constexpr std::array kBusyLevels{
    BusyLevel{"busyLevelFree", "open"},
    BusyLevel{"busyLevelClosed", "resting"},
    BusyLevel{"busyLevelNetworkUnstable", "resting"},
    BusyLevel{"busyLevelHoliday", "resting"},
};

struct ActivityCategory {
  std::int64_t code;
  std::string_view kind;
};
/// `categoryId` of an activity, where it is known.
inline constexpr std::array kActivityCategories{ActivityCategory{12, "full_reduction"}};

/// `categoryId` of a line: not that of the menu.
inline constexpr std::int64_t kFoodLine = 1;
inline constexpr std::int64_t kDeliveryLine = 2;
inline constexpr std::int64_t kPackagingLine = 102;

/// Who caused a cancel, by its message's type and `role`.
constexpr model::CancelCause CauseOf(std::int64_t type, std::optional<std::int64_t> role) noexcept {
  // The other types tell of an order that was accepted, which nobody rejects any more.
  constexpr std::int64_t kMerchant = 3;
  return type == kCancelledBeforeAcceptance && role == kMerchant ? model::CancelCause::kMerchant
                                                                 : model::CancelCause::kOther;
}

}  // namespace weir::mapping::eleme
