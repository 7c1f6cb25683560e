// SPDX-License-Identifier: Apache-2.0
#include "connectors/eleme/connector.hpp"

#include <memory>
#include <utility>

#include "connectors/eleme/client.hpp"
#include "connectors/eleme/credentials.hpp"
#include "connectors/eleme/desk.hpp"
#include "connectors/eleme/order_list.hpp"
#include "connectors/eleme/push.hpp"
#include "connectors/eleme/retail/client.hpp"
#include "connectors/eleme/retail/push.hpp"
#include "connectors/eleme/sources.hpp"
#include "connectors/eleme/tokens.hpp"

namespace weir::connectors::eleme {
namespace {

std::shared_ptr<TokenIssuer> MakeTokens(const Credentials& credentials,
                                        const ConnectorParts& parts) {
  return std::make_shared<Tokens>(credentials, parts.transport, parts.clock);
}

Connector MakeRetail(const Credentials& credentials, const ConnectorParts& parts) {
  const bool with_token = credentials.token_use != TokenUse::kNone;
  return {.pushes = std::make_shared<const retail::Pushes>(credentials),
          .orders = std::make_shared<retail::Client>(credentials, parts),
          .tokens = with_token ? MakeTokens(credentials, parts) : nullptr};
}

}  // namespace

Result<Connector> Make(const ConnectionOptions& options, const ConnectorParts& parts) {
  auto credentials = ParseCredentials(options);
  if (!credentials) {
    return std::unexpected(std::move(credentials.error()));
  }
  if (credentials->envelope == Envelope::kRetail) return MakeRetail(*credentials, parts);
  const auto client = std::make_shared<Client>(*credentials, parts);
  const auto sources = std::make_shared<Sources>(client);
  return Connector{.pushes = std::make_shared<const Pushes>(*credentials),
                   .orders = client,
                   .tokens = MakeTokens(*credentials, parts),
                   .reviews = sources,
                   .menus = sources,
                   .stores = sources,
                   .lists = std::make_shared<OrderList>(client),
                   .desk = std::make_shared<Desk>(client),
                   .clock_code = "INVALID_TIMESTAMP"};
}

}  // namespace weir::connectors::eleme
