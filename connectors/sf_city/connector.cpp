// SPDX-License-Identifier: Apache-2.0
#include "connectors/sf_city/connector.hpp"

#include <memory>
#include <utility>

#include "connectors/sf_city/client.hpp"
#include "connectors/sf_city/courier.hpp"
#include "connectors/sf_city/credentials.hpp"
#include "connectors/sf_city/push.hpp"

namespace weir::connectors::sf_city {

Result<Connector> Make(const ConnectionOptions& options, const ConnectorParts& parts) {
  auto credentials = ParseCredentials(options);
  if (!credentials) return std::unexpected(std::move(credentials.error()));
  Connector connector;
  connector.pushes = std::make_shared<const Pushes>(*credentials);
  connector.courier = std::make_shared<SfCity>(std::make_shared<Client>(*credentials, parts));
  return connector;
}

}  // namespace weir::connectors::sf_city
