// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "connectors/doudian/client.hpp"
#include "connectors/roles.hpp"

namespace weir::connectors::doudian {

/// Reads what a shop sells through the client.
class Menus final : public MenuSource {
 public:
  explicit Menus(std::shared_ptr<Client> client) : client_(std::move(client)) {}

  /// product.listV2 from page 1 until all are read, then sku.list of each product. `platform_shop`
  /// is a store of the account, or the account's shop itself. kRejected when there are more
  /// products than one item may hold pages.
  boost::asio::awaitable<Result<PulledItem>> ReadMenu(std::string platform_shop) override;

 private:
  boost::asio::awaitable<Result<std::vector<std::string>>> AddProducts(std::string platform_shop,
                                                                       PulledItem* menu);

  std::shared_ptr<Client> client_;
};

}  // namespace weir::connectors::doudian
