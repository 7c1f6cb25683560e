// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace weir::mapping::sf_city {

/// How payloads are written, callbacks and answers alike: JSON. The coordinates in them are GCJ-02,
/// or BD-09 where the account works with Baidu's.
inline constexpr std::string_view kDialect = "json";
inline constexpr std::string_view kBaiduDialect = "json+bd09";

/// The system of the coordinates of a payload in `dialect`, by our word.
[[nodiscard]] constexpr std::string_view CoordinatesOf(std::string_view dialect) noexcept {
  return dialect == kBaiduDialect ? "BD09" : "GCJ02";
}

}  // namespace weir::mapping::sf_city
