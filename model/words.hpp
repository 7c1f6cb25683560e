// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

/// The closed vocabularies of the canonical model. Numbers are on disk: never reuse one; their
/// order is the rank the merge rule compares by.
namespace weir::model {

enum class OrderStatus : std::uint8_t {
  kPendingPayment = 1,
  kPlaced = 2,
  kAccepted = 3,
  kPreparing = 4,
  kReady = 5,
  kDispatched = 6,
  kDelivered = 7,
  kCompleted = 8,
  kExpired = 9,
  kRejected = 10,
  kCancelled = 11,
};

enum class OrderKind : std::uint8_t { kDelivery = 1, kPickup, kDineIn, kVoucher, kParcel };

enum class DeliveryMode : std::uint8_t { kUnknown = 0, kPlatform, kMerchant, kThirdParty, kNone };

/// Shared by order.delivery and by shipments. The first eight are in rank order.
enum class ShipmentStatus : std::uint8_t {
  kCreated = 1,
  kSearching,
  kAssigned,
  kAtPickup,
  kPickedUp,
  kInTransit,
  kOutForDelivery,
  kDelivered,
  kAwaitingPickup,
  kException,
  kReturning,
  kReturned,
  kCancelled,
  kFailed,
};

enum class RefundStatus : std::uint8_t {
  kApplied = 1,
  kDeclined,
  kAppealed,
  kWithdrawn,
  kApproved,
  kRefunding,
  kFailed,
  kRefunded,
};

enum class RefundKind : std::uint8_t { kFull = 1, kPartial, kCancel, kPriceDifference };

/// Of a coupon that a voucher order bought.
enum class CertificateStatus : std::uint8_t {
  kUnknown = 0,
  kUnused,
  kUsed,
  kRefunding,
  kRefunded,
  kExpired,
};

/// How a fact reached us.
enum class Source : std::uint8_t { kPush = 1, kPull = 2 };

[[nodiscard]] std::string_view Name(OrderStatus status) noexcept;  ///< "pending_payment" ...
[[nodiscard]] std::string_view Name(OrderKind kind) noexcept;
[[nodiscard]] std::string_view Name(DeliveryMode mode) noexcept;  ///< kUnknown: "none"
[[nodiscard]] std::string_view Name(ShipmentStatus status) noexcept;
[[nodiscard]] std::string_view Name(RefundStatus status) noexcept;
[[nodiscard]] std::string_view Name(RefundKind kind) noexcept;
[[nodiscard]] std::string_view Name(Source source) noexcept;
[[nodiscard]] std::string_view Name(CertificateStatus status) noexcept;
[[nodiscard]] std::optional<OrderStatus> ParseOrderStatus(std::string_view word) noexcept;
[[nodiscard]] std::optional<ShipmentStatus> ParseShipmentStatus(std::string_view word) noexcept;

}  // namespace weir::model
