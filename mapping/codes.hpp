// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

/// A platform's codes and our words: tables of rows with a `code` or a `word`.
namespace weir::mapping {

/// Whether this may be a platform's number of an order: longer text is none, nor is zero.
[[nodiscard]] constexpr bool IsPlatformId(std::string_view text) noexcept {
  constexpr std::size_t kMaxSize = 64;
  return !text.empty() && text != "0" && text.size() <= kMaxSize;
}

/// The row of a table whose code (word) is `code`; null when it has none.
template <typename Row, std::size_t N, typename Code>
constexpr const Row* FindCode(const std::array<Row, N>& table, Code code) noexcept {
  for (const Row& row : table) {
    if constexpr (requires { row.word; }) {
      if (row.word == code) return &row;
    } else {
      if (row.code == code) return &row;
    }
  }
  return nullptr;
}

/// The platform's code for our word, the other way; nothing where it has none.
template <typename Row, std::size_t N, typename Word>
constexpr std::optional<std::int64_t> CodeOf(const std::array<Row, N>& table, Word word) noexcept {
  for (const Row& row : table) {
    if (row.status == word) return row.code;
  }
  return std::nullopt;
}

}  // namespace weir::mapping
