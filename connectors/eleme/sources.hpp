// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "connectors/eleme/client.hpp"

namespace weir::connectors::eleme {

/// Reads reviews, menus and shops through the client.
class Sources final : public ReviewSource, public MenuSource, public StoreSource {
 public:
  explicit Sources(std::shared_ptr<Client> client) : client_(std::move(client)) {}

  /// eleme.ugc.getOrderRatesByShopId (protocol §1.6).
  [[nodiscard]] std::chrono::days reach() const override { return std::chrono::days(90); }
  boost::asio::awaitable<Result<PulledPage>> ListReviews(std::string platform_shop, Window window,
                                                         std::string cursor) override;

  /// getShopCategoriesWithChildren, then queryItemByPage until a page is empty.
  boost::asio::awaitable<Result<PulledItem>> ReadMenu(std::string platform_shop) override;

  /// The shops that eleme.user.getUser says are the account's; each by eleme.shop.getShop.
  boost::asio::awaitable<Result<std::vector<std::string>>> ListShops() override;
  boost::asio::awaitable<Result<std::vector<PulledItem>>> ReadShops(
      std::vector<std::string> platform_shops) override;

 private:
  std::shared_ptr<Client> client_;
};

}  // namespace weir::connectors::eleme
