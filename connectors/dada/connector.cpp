// SPDX-License-Identifier: Apache-2.0
#include "connectors/dada/connector.hpp"

#include <memory>
#include <utility>

#include "connectors/dada/client.hpp"
#include "connectors/dada/credentials.hpp"
#include "connectors/dada/push.hpp"
#include "connectors/dada/shipments.hpp"

namespace weir::connectors::dada {

Result<Connector> Make(const ConnectionOptions& options, const ConnectorParts& parts) {
  auto credentials = ParseCredentials(options);
  if (!credentials) {
    return std::unexpected(std::move(credentials.error()));
  }
  auto client = std::make_shared<Client>(*credentials, parts);
  Connector connector;
  connector.pushes = std::make_shared<const Pushes>(*std::move(credentials));
  connector.courier = std::make_shared<Shipments>(std::move(client));
  return connector;
}

}  // namespace weir::connectors::dada
