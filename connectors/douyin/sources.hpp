// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "connectors/douyin/client.hpp"

namespace weir::connectors::douyin {

/// Reads reviews, menus and shops through the client.
class Sources final : public ReviewSource, public MenuSource, public StoreSource {
 public:
  explicit Sources(std::shared_ptr<Client> client, MenuQuery menu = MenuQuery::kGoods)
      : client_(std::move(client)), menu_(menu) {}

  /// akte/comment/query (protocol A12), which catering alone has.
  [[nodiscard]] std::chrono::days reach() const override { return std::chrono::days(90); }
  boost::asio::awaitable<Result<PulledPage>> ListReviews(std::string platform_shop, Window window,
                                                         std::string cursor) override;

  /// The account's products, whatever their shop, or the shop's dishes (A11).
  boost::asio::awaitable<Result<PulledItem>> ReadMenu(std::string platform_shop) override;

  /// shop/poi/query (A5), all its pages; each shop by its poi_id.
  boost::asio::awaitable<Result<std::vector<std::string>>> ListShops() override;
  boost::asio::awaitable<Result<std::vector<PulledItem>>> ReadShops(
      std::vector<std::string> platform_shops) override;

  /// poi/match/task/view: how far the merchant's own numbers of shops are matched to Douyin's (A5).
  boost::asio::awaitable<Result<PulledItem>> MatchTasks(std::vector<std::string> task_ids);

 private:
  /// What is behind `cursor` of either.
  boost::asio::awaitable<Result<PulledItem>> MenuPage(std::string platform_shop,
                                                      std::string cursor);
  boost::asio::awaitable<Result<PulledItem>> Shops(std::int64_t page, std::string poi_id);

  std::shared_ptr<Client> client_;
  MenuQuery menu_;
};

}  // namespace weir::connectors::douyin
