// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connectors/connection.hpp"
#include "connectors/roles.hpp"

namespace weir::connectors::douyin {

/// Douyin's life services: takes webhooks and SPI calls, reads takeaways and coupons, reviews,
/// menus and shops, asks for tokens. kMalformed, for the operator, when the options are not right.
[[nodiscard]] Result<Connector> Make(const ConnectionOptions& options, const ConnectorParts& parts);

}  // namespace weir::connectors::douyin
