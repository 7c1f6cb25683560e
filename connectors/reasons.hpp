// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

/// Why a shop does not take an order.
namespace weir::connectors {

/// The words that platforms have codes for.
namespace reason {
inline constexpr std::string_view kSoldOut = "sold_out";
inline constexpr std::string_view kClosed = "closed";
inline constexpr std::string_view kTooBusy = "too_busy";
inline constexpr std::string_view kOutOfRange = "out_of_range";
inline constexpr std::string_view kWrongContact = "wrong_contact";
}  // namespace reason

/// A platform's code for one of the words.
struct ReasonCode {
  std::string_view word;
  std::string_view code;
};

/// The code of `reason` in a platform's table; `other` for text of the shop's own.
template <std::size_t N>
std::string_view CodeOf(std::string_view reason, const std::array<ReasonCode, N>& table,
                        std::string_view other) {
  const auto* const row = std::ranges::find(table, reason, &ReasonCode::word);
  return row == table.end() ? other : row->code;
}

/// What the customer reads: a word's text, else `reason` itself. Never empty: platforms want text.
[[nodiscard]] std::string ReasonText(std::string_view reason);

}  // namespace weir::connectors
