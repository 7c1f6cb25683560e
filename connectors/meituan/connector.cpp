// SPDX-License-Identifier: Apache-2.0
#include "connectors/meituan/connector.hpp"

#include <memory>
#include <utility>

#include "connectors/meituan/client.hpp"
#include "connectors/meituan/credentials.hpp"
#include "connectors/meituan/order_list.hpp"
#include "connectors/meituan/push.hpp"

namespace weir::connectors::meituan {

Result<Connector> Make(const ConnectionOptions& options, const ConnectorParts& parts) {
  auto credentials = ParseCredentials(options);
  if (!credentials) {
    return std::unexpected(std::move(credentials.error()));
  }
  const auto client = std::make_shared<Client>(*credentials, parts.transport, parts.clock);
  return Connector{.pushes = std::make_shared<const Pushes>(*credentials),
                   .orders = client,
                   .tokens = nullptr,
                   .reviews = client,
                   .menus = client,
                   .stores = client,
                   .lists = std::make_shared<OrderList>(client, parts.clock),
                   .desk = client};
}

}  // namespace weir::connectors::meituan
