// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "mapping/codes.hpp"
#include "model/order_facts.hpp"
#include "model/words.hpp"

/// The retail platform's commands and codes, and ours. The protocol page (§2) names the commands;
/// the codes are those that published integrations of the platform act upon, and no others.
namespace weir::mapping::eleme::retail {

/// What a push is about.
enum class Subject : std::uint8_t {
  kPlaced,
  kStatus,
  kCancel,
  kPartRefund,
  kUrge,
  kChange,  ///< Something of the order changed that only a read tells.
};

struct Command {
  std::string_view word;
  Subject subject;
  std::string_view event;  ///< Under which `extra` is kept.
};
/// Pushes that are about one order.
inline constexpr std::array kOrderPushes{
    Command{"order.create", Subject::kPlaced, "placed"},
    Command{"order.deliveryStatus.push", Subject::kChange, "delivery"},
    Command{"order.partrefund.push", Subject::kPartRefund, "refund"},
    Command{"order.remind.push", Subject::kUrge, "urged"},
    Command{"order.reverse.push", Subject::kChange, "refund"},
    Command{"order.status.push", Subject::kStatus, "status"},
    Command{"order.user.cancel", Subject::kCancel, "cancel"},
};
/// A shop opened, closed or paused.
inline constexpr std::string_view kShopPush = "shop.msg.push";

struct OrderCode {
  std::int64_t code;
  std::optional<model::OrderStatus> order;
  std::optional<model::ShipmentStatus> delivery;
  std::string_view event;  ///< Under which a push's `extra` is kept.
};
/// `status` of an order, of a push and of a read alike.
inline constexpr std::array kOrderCodes{
    OrderCode{1, model::OrderStatus::kPlaced, std::nullopt, "placed"},
    OrderCode{5, model::OrderStatus::kAccepted, std::nullopt, "confirmed"},
    OrderCode{7, std::nullopt, model::ShipmentStatus::kAssigned, "assigned"},
    OrderCode{8, model::OrderStatus::kDispatched, model::ShipmentStatus::kPickedUp, "dispatched"},
    OrderCode{9, model::OrderStatus::kCompleted, std::nullopt, "completed"},
    OrderCode{10, model::OrderStatus::kCancelled, std::nullopt, "cancelled"},
};

struct RefundCode {
  std::int64_t code;  ///< A later step has a greater one.
  model::RefundStatus status;
};
/// `type` of order.user.cancel.
inline constexpr std::array kCancelSteps{
    RefundCode{10, model::RefundStatus::kApplied},
    RefundCode{40, model::RefundStatus::kApproved},
    RefundCode{60, model::RefundStatus::kApproved},
};
/// `status` of order.partrefund.push.
inline constexpr std::array kPartRefundSteps{
    RefundCode{10, model::RefundStatus::kApplied},
    RefundCode{20, model::RefundStatus::kApproved},
    RefundCode{50, model::RefundStatus::kDeclined},
};

struct DeliveryParty {
  std::int64_t code;
  model::DeliveryMode mode;
};
/// `delivery_party` of an order.
inline constexpr std::array kDeliveryParties{
    DeliveryParty{1, model::DeliveryMode::kPlatform},
    DeliveryParty{2, model::DeliveryMode::kMerchant},
};

struct ShopCode {
  std::int64_t code;
  std::string_view state;
};
/// `business_ele` of a shop.
inline constexpr std::array kShopCodes{
    ShopCode{1, "open"},
    ShopCode{3, "resting"},
    ShopCode{9, "resting"},
};

}  // namespace weir::mapping::eleme::retail
