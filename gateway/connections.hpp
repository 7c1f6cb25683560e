// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "gateway/call.hpp"
#include "gateway/writing.hpp"

namespace weir::gateway {

/// GET /v1/connections and /{id}, PATCH /{id} of what is not the file's; POST and DELETE say that
/// they are. `storage` and what `writing` refers to outlive them.
[[nodiscard]] std::vector<EndpointRow> ConnectionEndpoints(storage::Storage& storage,
                                                           Writing writing, const Clock& clock);

}  // namespace weir::gateway
