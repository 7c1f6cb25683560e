// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "gateway/call.hpp"

namespace weir::gateway {

/// GET /v1/menus, /v1/menus/{store}/{connection}. `storage` outlives them.
[[nodiscard]] std::vector<EndpointRow> MenuEndpoints(storage::Storage& storage);

}  // namespace weir::gateway
