// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "base/instant.hpp"
#include "simulators/yuan.hpp"

/// Where couriers' riders go.
namespace weir::simulators {

/// In micro-degrees, GCJ-02.
struct Place {
  std::int64_t latitude = 0;
  std::int64_t longitude = 0;
  friend bool operator==(const Place&, const Place&) = default;
};

/// A way in a straight line at an even pace.
struct Leg {
  Place from;
  Place to;
  Instant start{};
  Instant end{};
};

/// Before its start at `from`, after its end at `to`.
[[nodiscard]] Place PlaceOn(const Leg& leg, Instant at);

[[nodiscard]] std::int64_t Metres(const Place& a, const Place& b);

/// "121.536710".
[[nodiscard]] std::string Degrees(std::int64_t micro_degrees);

/// What couriers here take for carrying `grams` so far: by the kilometre above three, by the
/// kilogram above five.
[[nodiscard]] Fen FreightOf(std::int64_t metres, std::int64_t grams);

}  // namespace weir::simulators
