// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "gateway/call.hpp"

namespace weir::gateway {

/// GET /v1/reviews, /v1/reviews/{id}. `storage` outlives them.
[[nodiscard]] std::vector<EndpointRow> ReviewEndpoints(storage::Storage& storage);

}  // namespace weir::gateway
