// SPDX-License-Identifier: Apache-2.0
#include "connectors/eleme/connector.hpp"

#include <memory>
#include <utility>

#include "connectors/eleme/client.hpp"
#include "connectors/eleme/credentials.hpp"
#include "connectors/eleme/push.hpp"
#include "connectors/eleme/tokens.hpp"

namespace weir::connectors::eleme {

Result<Connector> Make(const ConnectionOptions& options, const ConnectorParts& parts) {
  auto credentials = ParseCredentials(options);
  if (!credentials) {
    return std::unexpected(std::move(credentials.error()));
  }
  return Connector{.pushes = std::make_shared<const Pushes>(*credentials),
                   .orders = std::make_shared<Client>(*credentials, parts),
                   .tokens = std::make_shared<Tokens>(*credentials, parts.transport, parts.clock)};
}

}  // namespace weir::connectors::eleme
