// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "gateway/call.hpp"
#include "gateway/readiness.hpp"

namespace weir::gateway {

/// GET /v1/changes, the feed. `storage` and `clock` outlive it.
[[nodiscard]] std::vector<EndpointRow> ChangeEndpoints(storage::Storage& storage,
                                                       const Clock& clock, ReadinessNow readiness);

/// Every type a change of this version may have, e.g. "order.placed".
[[nodiscard]] const std::vector<std::string>& ChangeTypes();

/// Whether `word` asks for something: a type, a family of them ("order.*"), or everything ("*").
[[nodiscard]] bool IsChangePattern(std::string_view word);

/// A change as the feed shows it.
void AppendChange(std::string& out, const storage::ChangeRow& change, bool personal);

}  // namespace weir::gateway
