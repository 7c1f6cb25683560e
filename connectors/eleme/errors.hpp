// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "base/error.hpp"

/// Ele.me's error codes (protocol §1.4 and §1.5).
namespace weir::connectors::eleme {

struct RemoteError {
  std::string_view code;
  ErrorKind kind;
  std::string_view meaning;  ///< Ours: what Ele.me writes beside a code may hold personal data.
};

/// The token was refused: a newer one may be taken.
inline constexpr std::string_view kTokenRefused = "UNAUTHORIZED";

/// An Error that says what `code` means. Business codes, which begin with "BIZ_", are kRejected,
/// or kNotFound where they end in saying so; an unknown code is kRejected.
[[nodiscard]] Error ToError(std::string_view code);

}  // namespace weir::connectors::eleme
