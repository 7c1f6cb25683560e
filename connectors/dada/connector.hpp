// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connectors/connection.hpp"
#include "connectors/roles.hpp"

namespace weir::connectors::dada {

/// Dada (达达秒送), a courier: quotes, orders, reads, finds and cancels its riders, takes its
/// callbacks. kMalformed, for the operator, when the options are not right.
[[nodiscard]] Result<Connector> Make(const ConnectionOptions& options, const ConnectorParts& parts);

}  // namespace weir::connectors::dada
