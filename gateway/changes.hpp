// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "gateway/call.hpp"

namespace weir::gateway {

/// GET /v1/changes, the feed. `storage` outlives it.
[[nodiscard]] std::vector<EndpointRow> ChangeEndpoints(storage::Storage& storage);

/// A change as the feed and callbacks show it.
void AppendChange(std::string& out, const storage::ChangeRow& change, bool personal);

}  // namespace weir::gateway
