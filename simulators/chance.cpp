// SPDX-License-Identifier: Apache-2.0
#include "simulators/chance.hpp"

#include <algorithm>

namespace weir::simulators {

bool Chance(Random& random, double probability) {
  constexpr std::uint64_t kSteps = 1'000'000;
  const double share = std::clamp(probability, 0.0, 1.0);
  return random.Below(kSteps) < static_cast<std::uint64_t>(share * kSteps + 0.5);
}

std::int64_t Between(Random& random, std::int64_t low, std::int64_t high) {
  if (high <= low) {
    return low;
  }
  return low + static_cast<std::int64_t>(random.Below(static_cast<std::uint64_t>(high - low) + 1));
}

std::chrono::milliseconds Within(Random& random, std::chrono::milliseconds most) {
  return std::chrono::milliseconds(Between(random, 0, most.count()));
}

std::chrono::milliseconds About(Random& random, std::chrono::milliseconds mean) {
  return mean / 2 + Within(random, mean);
}

}  // namespace weir::simulators
