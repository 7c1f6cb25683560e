// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace weir::simulators::sf_city {

/// The `sign` of a body, of calls and callbacks alike (protocol notes 2.1): 44 characters of
/// Base64, not yet encoded for a URL.
[[nodiscard]] std::string SignBody(std::string_view body, std::int64_t dev_id,
                                   std::string_view dev_key);

}  // namespace weir::simulators::sf_city
