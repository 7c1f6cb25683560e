// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connectors/connection.hpp"
#include "connectors/roles.hpp"

namespace weir::connectors::doudian {

/// Doudian's instant retail: takes its pushes and calls, reads orders, menus and stores, asks for
/// tokens. It has no interface for reviews (protocol B8). kMalformed, for the
/// operator, when the options are not right.
[[nodiscard]] Result<Connector> Make(const ConnectionOptions& options, const ConnectorParts& parts);

}  // namespace weir::connectors::doudian
