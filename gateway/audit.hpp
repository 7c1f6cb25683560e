// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "gateway/call.hpp"

namespace weir::gateway {

/// GET /v1/audit: who changed what, read from the journal. `storage` outlives it.
[[nodiscard]] std::vector<EndpointRow> AuditEndpoints(storage::Storage& storage);

}  // namespace weir::gateway
