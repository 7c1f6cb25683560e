// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "connectors/eleme/client.hpp"

namespace weir::connectors::eleme {

/// Lists orders by eleme.order.getAllOrders (protocol §1.6): a shop's orders of one Beijing day, in
/// pages of 50. A day is read until a page is empty, a window day by day.
class OrderList final : public OrderLister {
 public:
  explicit OrderList(std::shared_ptr<Client> client) : client_(std::move(client)) {}

  [[nodiscard]] std::chrono::days reach() const override { return std::chrono::days(1); }
  boost::asio::awaitable<Result<PulledPage>> ListOrders(std::string platform_shop, Window window,
                                                        std::string cursor) override;

 private:
  std::shared_ptr<Client> client_;
};

}  // namespace weir::connectors::eleme
