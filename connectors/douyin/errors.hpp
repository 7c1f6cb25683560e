// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "base/error.hpp"

/// Douyin's error codes (protocol A1 and A3).
namespace weir::connectors::douyin {

/// An Error that says what `code` means; where that says too little, `sub_code` decides. An
/// unknown code is kRejected.
[[nodiscard]] Error ToError(std::int64_t code, std::int64_t sub_code = 0);

/// Whether the platform refused the token: a newer one may be taken.
[[nodiscard]] bool IsTokenRefusal(const Error& error);

/// Whether a coupon that was to be verified had been: on a repeated call that is success.
[[nodiscard]] bool IsAlreadyVerified(std::int64_t code);

/// Whether a verification that was to be taken back had been: that is success.
[[nodiscard]] bool IsAlreadyTakenBack(const Error& error);

/// Orders beyond the first 10,000 are listed by cursor only.
inline constexpr std::int64_t kUseCursor = 4000002;

}  // namespace weir::connectors::douyin
