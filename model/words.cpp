// SPDX-License-Identifier: Apache-2.0
#include "model/words.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace weir::model {
namespace {

// Indexed by the enumerators' numbers; those without a zero leave its word empty.
constexpr auto kOrderStatuses = std::to_array<std::string_view>(
    {"", "pending_payment", "placed", "accepted", "preparing", "ready", "dispatched", "delivered",
     "completed", "expired", "rejected", "cancelled"});
constexpr auto kOrderKinds =
    std::to_array<std::string_view>({"", "delivery", "pickup", "dine_in", "voucher", "parcel"});
constexpr auto kDeliveryModes =
    std::to_array<std::string_view>({"none", "platform", "merchant", "third_party", "none"});
constexpr auto kShipmentStatuses = std::to_array<std::string_view>(
    {"", "created", "searching", "assigned", "at_pickup", "picked_up", "in_transit",
     "out_for_delivery", "delivered", "awaiting_pickup", "exception", "returning", "returned",
     "cancelled", "failed"});
constexpr auto kRefundStatuses =
    std::to_array<std::string_view>({"", "applied", "declined", "appealed", "withdrawn", "approved",
                                     "refunding", "failed", "refunded"});
constexpr auto kRefundKinds =
    std::to_array<std::string_view>({"", "full", "partial", "cancel", "price_difference"});
constexpr auto kSources = std::to_array<std::string_view>({"", "push", "pull"});
constexpr auto kCertificateStatuses = std::to_array<std::string_view>(
    {"unknown", "unused", "used", "refunding", "refunded", "expired"});

template <typename Words, typename Enum>
constexpr std::string_view WordOf(const Words& words, Enum value) noexcept {
  const auto index = static_cast<std::size_t>(std::to_underlying(value));
  return index < words.size() ? words[index] : std::string_view();
}

template <typename Enum, typename Words>
std::optional<Enum> Parse(const Words& words, std::string_view word) noexcept {
  const auto* const found = std::ranges::find(words, word);
  if (word.empty() || found == words.end()) {
    return std::nullopt;
  }
  return static_cast<Enum>(found - words.begin());
}

}  // namespace

std::string_view Name(OrderStatus status) noexcept { return WordOf(kOrderStatuses, status); }
std::string_view Name(OrderKind kind) noexcept { return WordOf(kOrderKinds, kind); }
std::string_view Name(DeliveryMode mode) noexcept { return WordOf(kDeliveryModes, mode); }
std::string_view Name(ShipmentStatus status) noexcept { return WordOf(kShipmentStatuses, status); }
std::string_view Name(RefundStatus status) noexcept { return WordOf(kRefundStatuses, status); }
std::string_view Name(RefundKind kind) noexcept { return WordOf(kRefundKinds, kind); }
std::string_view Name(Source source) noexcept { return WordOf(kSources, source); }
std::string_view Name(CertificateStatus status) noexcept {
  return WordOf(kCertificateStatuses, status);
}

std::optional<OrderStatus> ParseOrderStatus(std::string_view word) noexcept {
  return Parse<OrderStatus>(kOrderStatuses, word);
}

std::optional<ShipmentStatus> ParseShipmentStatus(std::string_view word) noexcept {
  return Parse<ShipmentStatus>(kShipmentStatuses, word);
}

}  // namespace weir::model
