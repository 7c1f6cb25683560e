// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "gateway/call.hpp"

namespace weir::gateway {

/// GET /v1/shipments, /v1/shipments/{id}. `storage` outlives them.
[[nodiscard]] std::vector<EndpointRow> ShipmentEndpoints(storage::Storage& storage);

}  // namespace weir::gateway
