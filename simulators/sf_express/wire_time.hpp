// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "simulators/china_time.hpp"

namespace weir::simulators::sf_express {

/// "2026-11-22 11:00:00", in UTC+8.
[[nodiscard]] inline std::string WireTime(Instant at) {
  constexpr std::size_t kSeparator = 10;
  std::string text = ChinaTime(at);
  text[kSeparator] = ' ';
  return text;
}

}  // namespace weir::simulators::sf_express
