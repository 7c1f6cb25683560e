// SPDX-License-Identifier: Apache-2.0
#include "simulators/china_time.hpp"

#include <algorithm>
#include <string_view>

namespace weir::simulators {

std::string ChinaTime(Instant at) {
  constexpr std::string_view kShape = "2026-11-22T11:00:00";
  return ToRfc3339(at + Zone::China().offset()).substr(0, kShape.size());
}

std::string ChinaDay(Instant at) {
  constexpr std::string_view kShape = "2026-11-22";
  std::string day = ChinaTime(at).substr(0, kShape.size());
  std::erase(day, '-');
  return day;
}

}  // namespace weir::simulators
