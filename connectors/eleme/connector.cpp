// SPDX-License-Identifier: Apache-2.0
#include "connectors/eleme/connector.hpp"

#include <memory>
#include <utility>

#include "connectors/eleme/client.hpp"
#include "connectors/eleme/credentials.hpp"
#include "connectors/eleme/desk.hpp"
#include "connectors/eleme/push.hpp"
#include "connectors/eleme/sources.hpp"
#include "connectors/eleme/tokens.hpp"

namespace weir::connectors::eleme {

Result<Connector> Make(const ConnectionOptions& options, const ConnectorParts& parts) {
  auto credentials = ParseCredentials(options);
  if (!credentials) {
    return std::unexpected(std::move(credentials.error()));
  }
  const auto client = std::make_shared<Client>(*credentials, parts);
  const auto sources = std::make_shared<Sources>(client);
  return Connector{.pushes = std::make_shared<const Pushes>(*credentials),
                   .orders = client,
                   .tokens = std::make_shared<Tokens>(*credentials, parts.transport, parts.clock),
                   .reviews = sources,
                   .menus = sources,
                   .stores = sources,
                   .desk = std::make_shared<Desk>(client)};
}

}  // namespace weir::connectors::eleme
