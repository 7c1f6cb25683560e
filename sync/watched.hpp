// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "connectors/roles.hpp"
#include "sync/connection_health.hpp"

namespace weir::sync {

/// The connector, with the outcome of each of its calls told to `health`: the one place where the
/// calls of all roles end. Its issuer of tokens is left as it is: TokenShelf knows what came of it.
[[nodiscard]] connectors::Connector Watch(connectors::Connector connector,
                                          const std::shared_ptr<ConnectionHealth>& health);

}  // namespace weir::sync
