// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "base/error.hpp"

/// Doudian's codes (protocol B3).
namespace weir::connectors::doudian {

struct RemoteError {
  std::string_view code;
  ErrorKind kind;
  std::string_view meaning;  ///< Ours: what Doudian writes beside a code may hold personal data.
};

/// Of all went well, and of a part of it.
inline constexpr std::string_view kOk = "10000";
inline constexpr std::string_view kPartly = "10001";

/// Our clock is more than ten minutes off.
inline constexpr std::string_view kWrongClock = "isv.timestamp-invalid";

/// An Error that says what an answer's codes mean: the finer one where it is known, else the other;
/// kRejected when neither is. The finer one is the remote code where there is one.
[[nodiscard]] Error ToError(std::string_view code, std::string_view sub_code);

/// Whether the token was refused: a newer one may be taken (protocol B2).
[[nodiscard]] bool IsTokenRefused(const Error& error);

}  // namespace weir::connectors::doudian
