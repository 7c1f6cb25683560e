// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "base/random.hpp"
#include "simulators/courier.hpp"

namespace weir::simulators {

/// Where a delivery stands.
enum class Stage : std::uint8_t {
  kStillborn,  ///< Taken from the caller; it never began.
  kSearching,
  kAssigned,
  kAtPickup,
  kPickedUp,
  kDelivered,
  kReturning,
  kReturned,
  kCancelled,
};

/// What a delivery's life will bring unless somebody acts differently.
struct CourierFate {
  enum class End : std::uint8_t { kDelivered, kUnaccepted, kCancelled, kReturned, kStillborn };

  End end = End::kDelivered;
  Stage cancelled_in = Stage::kSearching;  ///< Or kAssigned or kAtPickup, of what is cancelled.
  std::optional<Stage> given_up_in{};      ///< kAssigned or kAtPickup, by the first rider.
  bool handed_on = false;
  bool troubled = false;
  bool asks_off = false;
  std::optional<Stage> stuck_in{};
};

/// Every draw is made whatever the switches say.
[[nodiscard]] CourierFate DrawFate(Random& random, const CourierTraffic& traffic);

}  // namespace weir::simulators
