// SPDX-License-Identifier: Apache-2.0
#include "connectors/douyin/connector.hpp"

#include <memory>
#include <utility>

#include "connectors/douyin/client.hpp"
#include "connectors/douyin/credentials.hpp"
#include "connectors/douyin/desk.hpp"
#include "connectors/douyin/orders.hpp"
#include "connectors/douyin/push.hpp"
#include "connectors/douyin/sources.hpp"
#include "connectors/douyin/tokens.hpp"

namespace weir::connectors::douyin {

Result<Connector> Make(const ConnectionOptions& options, const ConnectorParts& parts) {
  auto credentials = ParseCredentials(options);
  if (!credentials) {
    return std::unexpected(std::move(credentials.error()));
  }
  auto choices = ParseOptions(options);
  if (!choices) {
    return std::unexpected(std::move(choices.error()));
  }
  const auto client = std::make_shared<Client>(*credentials, parts);
  const auto sources = std::make_shared<Sources>(client, choices->menu);
  const auto orders = std::make_shared<Orders>(client, credentials->client_secret, *choices);
  return Connector{.pushes = std::make_shared<const Pushes>(*credentials, *choices),
                   .orders = orders,
                   .tokens = std::make_shared<Tokens>(*credentials, choices->stable_token,
                                                      parts.transport, parts.clock),
                   .reviews = sources,
                   .menus = sources,
                   .stores = sources,
                   .lists = orders,
                   .desk = std::make_shared<Desk>(client, choices->rider_source),
                   .clock_code = {}};
}

}  // namespace weir::connectors::douyin
