// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/timer.hpp"
#include "gateway/call.hpp"

namespace weir::gateway {

/// GET /v1/journal, /v1/journal/{position}, POST /v1/journal/{position}/redrive. All outlive them.
[[nodiscard]] std::vector<EndpointRow> JournalEndpoints(storage::Storage& storage, Timer& timer,
                                                        const Clock& clock);

}  // namespace weir::gateway
