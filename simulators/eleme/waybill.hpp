// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace weir::simulators::eleme {

/// The state words of a waybill message (protocol notes 1.9).
struct WaybillWords {
  int type = 0;
  std::string_view state;
  std::string_view sub_state;
};

/// Of a type from 51 to 76.
[[nodiscard]] const WaybillWords& WaybillOf(int type);

}  // namespace weir::simulators::eleme
