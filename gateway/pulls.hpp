// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "base/clock.hpp"
#include "gateway/call.hpp"
#include "gateway/writing.hpp"

namespace weir::gateway {

/// POST /v1/connections/{id}/pull, GET /v1/connections/{id}/pulls and /pulls/{position}. Both
/// outlive them.
[[nodiscard]] std::vector<EndpointRow> PullEndpoints(storage::Storage& storage, Writing writing,
                                                     const Clock& clock);

}  // namespace weir::gateway
