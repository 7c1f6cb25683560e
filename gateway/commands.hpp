// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "base/clock.hpp"
#include "base/timer.hpp"
#include "gateway/call.hpp"
#include "gateway/writing.hpp"
#include "storage/storage.hpp"

namespace weir::gateway {

/// What callers want done on a platform, and what became of it. Everything outlives the router.
struct CommandEndpointParts {
  storage::Storage& storage;
  Writing writing;
  const Clock& clock;
  Timer& timer;
};

[[nodiscard]] std::vector<EndpointRow> CommandEndpoints(const CommandEndpointParts& parts);

}  // namespace weir::gateway
