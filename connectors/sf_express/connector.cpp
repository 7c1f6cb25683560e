// SPDX-License-Identifier: Apache-2.0
#include "connectors/sf_express/connector.hpp"

#include <memory>
#include <utility>

#include "connectors/sf_express/client.hpp"
#include "connectors/sf_express/courier.hpp"
#include "connectors/sf_express/credentials.hpp"
#include "connectors/sf_express/push.hpp"
#include "connectors/sf_express/tokens.hpp"

namespace weir::connectors::sf_express {

Result<Connector> Make(const ConnectionOptions& options, const ConnectorParts& parts) {
  auto credentials = ParseCredentials(options);
  if (!credentials) return std::unexpected(std::move(credentials.error()));
  std::shared_ptr<TokenIssuer> tokens;
  if (credentials->proof == Proof::kToken) {
    tokens = std::make_shared<Tokens>(*credentials, parts.transport, parts.clock);
  }
  const auto client = std::make_shared<Client>(*credentials, parts);
  return Connector{.pushes = std::make_shared<const Pushes>(*std::move(credentials)),
                   .orders = nullptr,
                   .tokens = std::move(tokens),
                   .courier = std::make_shared<ExpressCourier>(client)};
}

}  // namespace weir::connectors::sf_express
