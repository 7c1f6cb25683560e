// SPDX-License-Identifier: Apache-2.0
#include "simulators/place.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numbers>

namespace weir::simulators {

Place PlaceOn(const Leg& leg, Instant at) {
  const std::int64_t whole = (leg.end - leg.start).count();
  if (whole <= 0) {
    return leg.to;
  }
  const std::int64_t gone = std::clamp<std::int64_t>((at - leg.start).count(), 0, whole);
  const auto between = [&](std::int64_t from, std::int64_t to) {
    return from + (to - from) * gone / whole;
  };
  return {.latitude = between(leg.from.latitude, leg.to.latitude),
          .longitude = between(leg.from.longitude, leg.to.longitude)};
}

std::int64_t Metres(const Place& a, const Place& b) {
  constexpr double kMetresPerMicroDegree = 0.111195;
  const double latitude = static_cast<double>(a.latitude) / 1e6 * std::numbers::pi / 180;
  const auto north = static_cast<double>(a.latitude - b.latitude);
  const double east = static_cast<double>(a.longitude - b.longitude) * std::cos(latitude);
  return std::llround(std::hypot(north, east) * kMetresPerMicroDegree);
}

std::string Degrees(std::int64_t micro_degrees) {
  const std::int64_t size = micro_degrees < 0 ? -micro_degrees : micro_degrees;
  return fmt::format("{}{}.{:06}", micro_degrees < 0 ? "-" : "", size / 1'000'000,
                     size % 1'000'000);
}

Fen FreightOf(std::int64_t metres, std::int64_t grams) {
  constexpr Fen kLeast = 600;
  constexpr Fen kPerKilometre = 150;
  constexpr Fen kPerKilogram = 100;
  const std::int64_t kilometres = std::max<std::int64_t>(0, (metres - 3'000 + 999) / 1'000);
  const std::int64_t kilograms = std::max<std::int64_t>(0, (grams - 5'000 + 999) / 1'000);
  return kLeast + kilometres * kPerKilometre + kilograms * kPerKilogram;
}

}  // namespace weir::simulators
