// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "simulators/ledger.hpp"
#include "simulators/meituan/basket.hpp"
#include "simulators/meituan/fate.hpp"
#include "simulators/meituan/refund.hpp"

namespace weir::simulators::meituan {

// Order status on the wire (protocol notes 1.4).
inline constexpr int kSubmitted = 1;
inline constexpr int kPushed = 2;
inline constexpr int kReceived = 3;  ///< Old orders only.
inline constexpr int kConfirmed = 4;
inline constexpr int kDelivering = 6;  ///< Old orders only.
inline constexpr int kCompleted = 8;
inline constexpr int kCancelled = 9;

struct Recipient {
  std::string name;
  std::string phone;
  std::string address;
  std::string geocoded;  ///< Behind "@#", for those who subscribed.
  std::string caution;
  std::int64_t latitude = 0;  ///< Micro-degrees, GCJ-02.
  std::int64_t longitude = 0;
};

/// The platform's own delivery of an order.
struct Delivery {
  std::optional<int> status;  ///< logistics_status; none before the first step.
  std::size_t next = 0;       ///< Into Fate::route.
  // Unix seconds of the last time each happened; 0: not yet. Distinct from step to step.
  std::int64_t sent = 0;
  std::int64_t accepted = 0;
  std::int64_t cancelled = 0;
  std::int64_t fetched = 0;
  std::int64_t completed = 0;
  std::int64_t changed = 0;
  std::string rider;
  std::string rider_phone;
};

/// How this order is written on the wire.
struct Style {
  bool legacy_status = false;
  bool scaled_coordinates = false;
  bool net_prices = false;
  bool empty_receive_detail = false;
  bool empty_extra = false;
};

struct Order {
  std::string id;
  std::string view_id;
  std::string shop;
  std::int64_t day_seq = 0;  ///< From 1 for each shop and day; 0 before the payment.
  Basket basket;
  Recipient recipient;
  Style style;
  Fate fate;

  int status = kSubmitted;
  Instant created{};
  Instant updated{};
  std::optional<Instant> wanted;  ///< When the customer wants it; none: as soon as possible.
  std::optional<Instant> paid;
  std::optional<Instant> received;
  std::optional<Instant> confirmed;
  std::optional<Instant> cancelled;
  std::optional<Instant> completed;
  /// Set with `cancelled`; the words are the caller's when the shop cancelled through the API.
  int cancel_code = 0;
  int cancel_op = 0;
  std::string cancel_reason;

  Delivery delivery;
  std::vector<Refund> refunds;
  std::vector<Event> events;

  /// The numbers it is found by.
  [[nodiscard]] std::vector<std::string> names() const { return {id, view_id}; }
  [[nodiscard]] bool live() const { return status != kCompleted && status != kCancelled; }
  /// Paid and neither confirmed nor over.
  [[nodiscard]] bool awaits_confirmation() const {
    return status == kPushed || status == kReceived;
  }
  [[nodiscard]] bool confirmed_now() const { return status == kConfirmed || status == kDelivering; }
  [[nodiscard]] bool platform_delivers() const {
    return fate.handover == Handover::kPlatformDelivery;
  }
};

/// The word of the canonical model for where the order stands ("placed", "accepted" ...), as
/// everything the platform has said of it implies.
[[nodiscard]] std::string_view CanonicalStatus(const Order& order);

/// The canonical word for the delivery; empty while the platform's delivery has not begun.
[[nodiscard]] std::string_view CanonicalDelivery(const Order& order);

}  // namespace weir::simulators::meituan
