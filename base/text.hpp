// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/error.hpp"

/// Text codecs: hex, base64, base32, percent, UTF-8, numbers.
namespace weir {

[[nodiscard]] std::string ToHex(std::span<const std::uint8_t> bytes);  ///< lower case
[[nodiscard]] std::optional<std::string> FromHex(std::string_view text);
[[nodiscard]] std::string ToBase64(std::string_view bytes);  ///< standard alphabet, padded
[[nodiscard]] std::optional<std::string> FromBase64(std::string_view text);

/// Crockford's alphabet in lower case, no padding, no leading zeros ("0" for zero): for ids.
[[nodiscard]] std::string ToBase32(std::uint64_t value);
[[nodiscard]] std::optional<std::uint64_t> FromBase32(std::string_view text);

/// Everything but [A-Za-z0-9-._~] becomes %XX.
[[nodiscard]] std::string PercentEncode(std::string_view text);

/// Appends `text` to `out` with %XX decoded and, when `plus_is_space`, '+' as a space.
/// False, with nothing promised about `out`, when a '%' is not followed by two hex digits.
[[nodiscard]] bool AppendPercentDecoded(std::string& out, std::string_view text,
                                        bool plus_is_space);

[[nodiscard]] bool IsValidUtf8(std::string_view text) noexcept;
/// A copy with each broken sequence replaced by U+FFFD.
[[nodiscard]] std::string RepairUtf8(std::string_view text);

/// Whole text as a decimal integer that fits; no blanks, no '+'.
[[nodiscard]] std::optional<std::int64_t> ParseInt(std::string_view text) noexcept;
[[nodiscard]] std::optional<std::uint64_t> ParseUint(std::string_view text) noexcept;

[[nodiscard]] bool EqualIgnoreCase(std::string_view a, std::string_view b) noexcept;  ///< ASCII
[[nodiscard]] std::string ToLower(std::string_view text);                             ///< ASCII

}  // namespace weir
