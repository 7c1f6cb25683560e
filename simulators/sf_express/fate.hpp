// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/random.hpp"
#include "simulators/sf_express/options.hpp"
#include "simulators/sf_express/parcel.hpp"

namespace weir::simulators::sf_express {

/// What a parcel's life will bring.
struct Fate {
  enum class End : std::uint8_t { kDelivered, kNeverCollected, kCalledOff, kReturned };

  End end = End::kDelivered;
  bool second_try = false;  ///< The first delivery fails.
  bool to_locker = false;
  std::optional<std::size_t> stuck_after{};  ///< So many steps, and none more.
};

/// Every draw is made whatever the switches say.
[[nodiscard]] Fate DrawFate(Random& random, const Options& options);

/// The steps of a fate (protocol notes 1.13).
[[nodiscard]] std::vector<Step> PlanOf(const Fate& fate);
/// Those of a parcel that is asked back on its way.
[[nodiscard]] std::vector<Step> PlanOfReturn();

}  // namespace weir::simulators::sf_express
