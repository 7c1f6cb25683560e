// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connectors/connection.hpp"
#include "connectors/roles.hpp"

namespace weir::connectors::sf_express {

/// SF Express's Fengqiao, for parcels: takes its pushes, quotes, orders, reads, cancels and prints.
/// With options.auth "oauth2" it asks for tokens. kMalformed, for the operator, when the options
/// are not right.
[[nodiscard]] Result<Connector> Make(const ConnectionOptions& options, const ConnectorParts& parts);

}  // namespace weir::connectors::sf_express
