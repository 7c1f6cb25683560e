// SPDX-License-Identifier: Apache-2.0
#include "mapping/decimal.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "base/text.hpp"

namespace weir::mapping {
namespace {

/// Together they fit into int64 as one number.
constexpr std::size_t kMaxDigits = 18;
constexpr std::size_t kMicroDigits = 6;

struct Decimal {
  std::string_view whole;     ///< Without leading zeros; empty for zero.
  std::string_view fraction;  ///< Without trailing zeros.
};

bool AllDigits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// Unsigned decimal text; nothing when it is none or too long.
std::optional<Decimal> Split(std::string_view text) {
  const std::size_t point = text.find('.');
  std::string_view whole = text.substr(0, point);
  std::string_view fraction = point == std::string_view::npos ? "" : text.substr(point + 1);
  if ((whole.empty() && fraction.empty()) || !AllDigits(whole) || !AllDigits(fraction)) {
    return std::nullopt;
  }
  whole.remove_prefix(std::min(whole.find_first_not_of('0'), whole.size()));
  fraction = fraction.substr(0, fraction.find_last_not_of('0') + 1);
  if (whole.size() + fraction.size() > kMaxDigits) {
    return std::nullopt;
  }
  return Decimal{.whole = whole, .fraction = fraction};
}

std::string Join(std::string_view whole, std::string_view fraction) {
  std::string text(whole.empty() ? "0" : whole);
  if (!fraction.empty()) {
    text.append(".").append(fraction);
  }
  return text;
}

std::int64_t NumberOf(std::string_view digits) {
  return digits.empty() ? 0 : ParseInt(digits).value_or(0);
}

}  // namespace

std::optional<std::string> ParseQuantity(std::string_view text) {
  const auto decimal = Split(text);
  return decimal ? std::optional(Join(decimal->whole, decimal->fraction)) : std::nullopt;
}

std::optional<Money> Multiply(Money price, std::string_view quantity) {
  const auto decimal = Split(quantity);
  if (!decimal) {
    return std::nullopt;
  }
  std::string digits(decimal->whole);
  digits += decimal->fraction;
  const auto product = price.Times(NumberOf(digits));
  if (!product) {
    return std::nullopt;
  }
  std::int64_t fen = product->fen();
  for (std::size_t place = 0; place < decimal->fraction.size(); ++place) {
    if (fen % 10 != 0) {
      return std::nullopt;
    }
    fen /= 10;
  }
  return Money::FromFen(fen);
}

std::optional<std::string> ParseDegrees(std::string_view text, int limit) {
  const bool negative = text.starts_with('-');
  const auto decimal = Split(text.substr(negative ? 1 : 0));
  if (!decimal) {
    return std::nullopt;
  }
  std::string whole(decimal->whole);
  std::string fraction(decimal->fraction);
  if (NumberOf(whole) > 180) {
    whole.insert(0, whole.size() < kMicroDigits ? kMicroDigits - whole.size() : 0, '0');
    fraction.insert(0, whole, whole.size() - kMicroDigits);
    whole.resize(whole.size() - kMicroDigits);
    fraction.resize(fraction.find_last_not_of('0') + 1);
  }
  const std::int64_t degrees = NumberOf(whole);
  if (degrees > limit || (degrees == limit && !fraction.empty())) {
    return std::nullopt;
  }
  const bool zero = degrees == 0 && fraction.empty();
  return (negative && !zero ? "-" : "") + Join(whole, fraction);
}

}  // namespace weir::mapping
