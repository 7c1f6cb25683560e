// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <iterator>

#include "base/random.hpp"

/// Draws that simulators make from an injected generator.
namespace weir::simulators {

/// True with `probability`, in steps of a millionth; 0 and below never, 1 and above always. Draws
/// once whatever the probability, so that a switch moves no other draw.
[[nodiscard]] bool Chance(Random& random, double probability);

/// Uniform in [low, high]; `low` when the range is empty.
[[nodiscard]] std::int64_t Between(Random& random, std::int64_t low, std::int64_t high);

/// Uniform in [0, most].
[[nodiscard]] std::chrono::milliseconds Within(Random& random, std::chrono::milliseconds most);

/// Between half and one and a half of `mean`.
[[nodiscard]] std::chrono::milliseconds About(Random& random, std::chrono::milliseconds mean);

/// One element of a range that is not empty.
template <typename Range>
[[nodiscard]] const auto& Pick(Random& random, const Range& range) {
  return *std::next(std::begin(range), static_cast<std::ptrdiff_t>(random.Below(std::size(range))));
}

}  // namespace weir::simulators
