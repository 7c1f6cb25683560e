// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace weir::simulators::doudian {

/// Why a call is refused (protocol notes B3).
struct Failure {
  int code = 0;
  std::string_view sub_code;
  std::string_view message;
};

/// The JSON of `data`.
using Outcome = std::expected<std::string, Failure>;

namespace code {
inline constexpr int kOk = 10000;
inline constexpr int kNoPermission = 30001;
inline constexpr int kPlatformArgumentMissing = 40001;
inline constexpr int kArgumentMissing = 40002;
inline constexpr int kPlatformArgumentBad = 40003;
inline constexpr int kArgumentBad = 40004;
inline constexpr int kProcessingFailed = 50001;
inline constexpr int kBusinessFailed = 50002;
inline constexpr int kTooOften = 60000;
inline constexpr int kOffline = 70000;
}  // namespace code

}  // namespace weir::simulators::doudian
