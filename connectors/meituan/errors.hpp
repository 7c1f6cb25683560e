// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "base/error.hpp"

/// Meituan's error codes (protocol §1.3).
namespace weir::connectors::meituan {

struct RemoteError {
  std::int64_t code;
  ErrorKind kind;
  std::string_view meaning;  ///< Ours: what Meituan writes beside a code may hold personal data.
};

/// The code's row; an unknown code is kRejected.
[[nodiscard]] RemoteError Lookup(std::int64_t code) noexcept;

/// An Error that says what `code` means.
[[nodiscard]] Error ToError(std::int64_t code);

/// The code a push is refused with when its signature does not hold.
inline constexpr std::int64_t kBadSignature = 703;
inline constexpr std::int64_t kBadFormat = 705;
inline constexpr std::int64_t kSystemError = 700;

}  // namespace weir::connectors::meituan
