// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connectors/connection.hpp"
#include "connectors/roles.hpp"

namespace weir::connectors::meituan {

/// Meituan waimaiopen: takes its pushes, reads single orders, reviews, menus and shops. It knows no
/// tokens. kMalformed, for the operator, when the options are not right.
[[nodiscard]] Result<Connector> Make(const ConnectionOptions& options, const ConnectorParts& parts);

}  // namespace weir::connectors::meituan
