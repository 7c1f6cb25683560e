// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "gateway/call.hpp"

namespace weir::gateway {

/// GET /v1/orders, /v1/orders/{id}, /v1/orders/{id}/timeline. `storage` outlives them.
[[nodiscard]] std::vector<EndpointRow> OrderEndpoints(storage::Storage& storage);

}  // namespace weir::gateway
