// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connectors/connection.hpp"
#include "connectors/roles.hpp"

namespace weir::connectors::sf_city {

/// SF intra-city (顺丰同城): takes its callbacks and orders riders. kMalformed, for the operator,
/// when the options are not right.
[[nodiscard]] Result<Connector> Make(const ConnectionOptions& options, const ConnectorParts& parts);

}  // namespace weir::connectors::sf_city
