// SPDX-License-Identifier: Apache-2.0
#include "base/money.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace weir {
namespace {

bool AllDigits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// Reads decimal text as a count of units of its `decimals`-th place; nothing when it is not
/// decimal text, is finer than that or does not fit.
std::optional<std::int64_t> ParseDecimal(std::string_view text, std::size_t decimals) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) {
    text.remove_prefix(1);
  }
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view fraction =
      point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
  if (!AllDigits(whole) || !AllDigits(fraction) || text.empty() || text.ends_with('.')) {
    return std::nullopt;
  }
  if (fraction.find_first_not_of('0', decimals) != std::string_view::npos) {
    return std::nullopt;
  }
  // Gathered below zero, where int64 reaches one further.
  std::int64_t value = 0;
  const auto append = [&value](char digit) {
    return !__builtin_mul_overflow(value, 10, &value) &&
           !__builtin_sub_overflow(value, digit - '0', &value);
  };
  if (!std::ranges::all_of(whole, append)) {
    return std::nullopt;
  }
  for (std::size_t place = 0; place < decimals; ++place) {
    if (!append(place < fraction.size() ? fraction[place] : '0')) {
      return std::nullopt;
    }
  }
  if (!negative && __builtin_sub_overflow(std::int64_t{0}, value, &value)) {
    return std::nullopt;
  }
  return value;
}

Result<Money> MoneyOf(std::optional<std::int64_t> fen) {
  if (!fen) {
    return Fail(ErrorKind::kMalformed, "An amount of money is not exact decimal text that fits.");
  }
  return Money::FromFen(*fen);
}

}  // namespace

Result<Money> Money::ParseYuan(std::string_view text) { return MoneyOf(ParseDecimal(text, 2)); }

Result<Money> Money::ParseFen(std::string_view text) { return MoneyOf(ParseDecimal(text, 0)); }

std::optional<Money> Money::Plus(Money other) const {
  std::int64_t sum = 0;
  return __builtin_add_overflow(fen_, other.fen_, &sum) ? std::nullopt : std::optional(Money(sum));
}

std::optional<Money> Money::Minus(Money other) const {
  std::int64_t difference = 0;
  return __builtin_sub_overflow(fen_, other.fen_, &difference) ? std::nullopt
                                                               : std::optional(Money(difference));
}

std::optional<Money> Money::Times(std::int64_t factor) const {
  std::int64_t product = 0;
  return __builtin_mul_overflow(fen_, factor, &product) ? std::nullopt
                                                        : std::optional(Money(product));
}

std::string Money::ToYuan() const {
  const auto bits = static_cast<std::uint64_t>(fen_);
  const std::uint64_t magnitude = fen_ < 0 ? ~bits + 1 : bits;
  return fmt::format("{}{}.{:02}", fen_ < 0 ? "-" : "", magnitude / 100, magnitude % 100);
}

}  // namespace weir
