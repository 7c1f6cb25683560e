// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "gateway/call.hpp"

namespace weir::gateway {

/// GET /v1/stores, /v1/stores/{id}. `storage` outlives them.
[[nodiscard]] std::vector<EndpointRow> StoreEndpoints(storage::Storage& storage);

}  // namespace weir::gateway
