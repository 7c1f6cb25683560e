// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "gateway/call.hpp"
#include "gateway/commands.hpp"
#include "sync/errands.hpp"
#include "sync/quotes.hpp"

namespace weir::gateway {

/// What is asked of couriers: quotes, shipments, and what is done about those under way.
struct DispatchParts {
  CommandEndpointParts commands;
  sync::Quotes quotes;
  sync::FindOrderReader readers;
};

[[nodiscard]] std::vector<EndpointRow> DispatchEndpoints(const DispatchParts& parts);

}  // namespace weir::gateway
