// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/money.hpp"

/// Exact arithmetic on decimal text, for quantities and coordinates.
namespace weir::mapping {

/// Non-negative decimal text without superfluous zeros ("2.0" and "02" are "2", ".5" is "0.5");
/// nothing for any other text and beyond 18 digits.
[[nodiscard]] std::optional<std::string> ParseQuantity(std::string_view text);

/// price x quantity, both exact; nothing when the product is no whole number of fen or overflows.
/// `quantity` as ParseQuantity gives it.
[[nodiscard]] std::optional<Money> Multiply(Money price, std::string_view quantity);

/// Degrees as plain decimal text. Platforms send "31.230416" or, multiplied by a million,
/// "31230416": what is beyond 180 is scaled. Nothing for other text and beyond `limit` degrees.
[[nodiscard]] std::optional<std::string> ParseDegrees(std::string_view text, int limit);

}  // namespace weir::mapping
