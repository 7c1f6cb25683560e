// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace weir::simulators::meituan {

// Error codes of waimaiopen (protocol notes 1.3).
inline constexpr int kSystemError = 700;
inline constexpr int kMissingParameter = 701;
inline constexpr int kUnknownApp = 702;
inline constexpr int kBadSignature = 703;
inline constexpr int kBadFormat = 705;
inline constexpr int kNoSuchInterface = 708;
inline constexpr int kTooOften = 711;
inline constexpr int kNoSuchShop = 803;
inline constexpr int kNoSuchFood = 805;
inline constexpr int kNoSuchOrder = 806;
inline constexpr int kWrongState = 808;
inline constexpr int kPlatformDelivers = 1006;
inline constexpr int kNoDelivery = 1013;
inline constexpr int kAlreadyCompleted = 1022;

/// {"data":"ng","error":{"code":...,"msg":...}}
[[nodiscard]] std::string ErrorJson(int code);

}  // namespace weir::simulators::meituan
