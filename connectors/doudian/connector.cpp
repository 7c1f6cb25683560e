// SPDX-License-Identifier: Apache-2.0
#include "connectors/doudian/connector.hpp"

#include <memory>
#include <utility>

#include "connectors/doudian/client.hpp"
#include "connectors/doudian/credentials.hpp"
#include "connectors/doudian/errors.hpp"
#include "connectors/doudian/menus.hpp"
#include "connectors/doudian/orders.hpp"
#include "connectors/doudian/push.hpp"
#include "connectors/doudian/stores.hpp"
#include "connectors/doudian/tokens.hpp"

namespace weir::connectors::doudian {

Result<Connector> Make(const ConnectionOptions& options, const ConnectorParts& parts) {
  auto credentials = ParseCredentials(options);
  if (!credentials) {
    return std::unexpected(std::move(credentials.error()));
  }
  const auto client = std::make_shared<Client>(*credentials, parts);
  const auto orders = std::make_shared<Orders>(client);
  return Connector{.pushes = std::make_shared<const Pushes>(*credentials),
                   .orders = orders,
                   .tokens = std::make_shared<Tokens>(*credentials, parts.transport, parts.clock),
                   .menus = std::make_shared<Menus>(client),
                   .stores = std::make_shared<Stores>(client),
                   .lists = orders,
                   .clock_code = kWrongClock};
}

}  // namespace weir::connectors::doudian
