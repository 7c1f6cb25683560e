// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.hpp"
#include "connectors/connection.hpp"
#include "connectors/roles.hpp"
#include "net/transport.hpp"

namespace weir::connectors::meituan {

/// Meituan waimaiopen: takes its pushes, reads single orders, reviews, menus and shops. `transport`
/// and `clock` outlive the connector. kMalformed, for the operator, when the options are not right.
[[nodiscard]] Result<Connector> Make(const ConnectionOptions& options, net::Transport& transport,
                                     const Clock& clock);

}  // namespace weir::connectors::meituan
