// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace weir {

/// An amount in minor units (fen for CNY), exact.
///
/// Made from decimal text only, never from a floating-point number. Every
/// operation that could overflow says so instead of wrapping.
class Money {
 public:
  constexpr Money() = default;
  static constexpr Money FromFen(std::int64_t fen) { return Money(fen); }

  /// Reads yuan as decimal text: "31.5", "-0.0", "37", "1.50", ".5". At most two decimals may
  /// differ from zero; exponents, blanks, signs other than one leading +/- and anything that does
  /// not fit into int64 fen are kMalformed.
  [[nodiscard]] static Result<Money> ParseYuan(std::string_view text);

  /// Reads fen as integer text ("480"; "480.0" is accepted, "480.5" is not).
  [[nodiscard]] static Result<Money> ParseFen(std::string_view text);

  [[nodiscard]] constexpr std::int64_t fen() const { return fen_; }
  [[nodiscard]] constexpr bool is_zero() const { return fen_ == 0; }

  /// nullopt on overflow.
  [[nodiscard]] std::optional<Money> Plus(Money other) const;
  [[nodiscard]] std::optional<Money> Minus(Money other) const;
  [[nodiscard]] std::optional<Money> Times(std::int64_t factor) const;

  /// "31.50", "-0.05": always two decimals.
  [[nodiscard]] std::string ToYuan() const;

  friend constexpr auto operator<=>(Money, Money) = default;

 private:
  explicit constexpr Money(std::int64_t fen) : fen_(fen) {}
  std::int64_t fen_ = 0;
};

}  // namespace weir
