// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connectors/connection.hpp"
#include "connectors/roles.hpp"

namespace weir::connectors::eleme {

/// Ele.me's open platform for restaurants: takes its pushes, reads orders, reviews, menus and
/// shops, asks for tokens. With options.envelope "retail" its platform for shops: takes its pushes
/// and reads single orders. kMalformed, for the operator, when the options are not right.
[[nodiscard]] Result<Connector> Make(const ConnectionOptions& options, const ConnectorParts& parts);

}  // namespace weir::connectors::eleme
