// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "connectors/doudian/client.hpp"
#include "connectors/roles.hpp"

namespace weir::connectors::doudian {

/// Reads the stores of the account's shop. The two interfaces are recalled, not documented in what
/// was found.
class Stores final : public StoreSource {
 public:
  explicit Stores(std::shared_ptr<Client> client) : client_(std::move(client)) {}

  /// shop.getStoreList from page 0 until all are read.
  boost::asio::awaitable<Result<std::vector<std::string>>> ListShops() override;
  /// shop.getStoreDetail of each; what Doudian refuses to tell is left out.
  boost::asio::awaitable<Result<std::vector<PulledItem>>> ReadShops(
      std::vector<std::string> platform_shops) override;

 private:
  std::shared_ptr<Client> client_;
};

}  // namespace weir::connectors::doudian
