// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "base/random.hpp"
#include "simulators/doudian/options.hpp"
#include "simulators/doudian/refund.hpp"

namespace weir::simulators::doudian {

/// Why an order is closed before its time.
enum class Ending { kUnpaid, kByUser, kNotAccepted, kRejected, kByUserLater, kByShop };

/// From which state on an ending may come.
enum class EndsFrom { kUnpaid, kUnaccepted, kAccepted };
[[nodiscard]] EndsFrom StartOf(Ending ending);

/// shipment_status (protocol notes B5).
namespace shipment {
inline constexpr int kCalling = 1;
inline constexpr int kTaken = 2;
inline constexpr int kAtStore = 3;
inline constexpr int kPickedUp = 4;
inline constexpr int kDelivering = 5;
inline constexpr int kRefused = 6;
inline constexpr int kReturning = 7;
inline constexpr int kReturned = 8;
inline constexpr int kDelivered = 9;
}  // namespace shipment

/// What a customer will ask for, before the order is shipped or after it is finished.
struct RefundFate {
  RefundType type = RefundType::kUnshippedRefund;
  bool whole = false;
};

/// Messages beside the way.
struct AsideFate {
  bool amount_changed = false;
  bool memo = false;
  bool appointment = false;
  bool address = false;
  bool deadline = false;
  bool partly_shipped = false;
  bool logistics_changed = false;
};

/// What an order's life will bring unless someone acts differently.
struct Fate {
  bool self_delivery = false;
  std::optional<Ending> ending;
  std::optional<RefundFate> refund;
  std::vector<int> route;  ///< shipment_status in turn.
  AsideFate asides;
  bool shop_rests = false;
};

[[nodiscard]] Fate DrawFate(Random& random, const Options& options);

/// An undisturbed delivery by the platform's riders.
[[nodiscard]] std::vector<int> PlainRoute();

}  // namespace weir::simulators::doudian
