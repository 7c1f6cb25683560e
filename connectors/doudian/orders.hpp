// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "connectors/doudian/client.hpp"
#include "connectors/roles.hpp"

namespace weir::connectors::doudian {

/// Reads orders: each with what its detail leaves out, as one item of dialect `pages`, so that a
/// replay gives the same record.
class Orders final : public OrderSource, public OrderLister {
 public:
  explicit Orders(std::shared_ptr<Client> client) : client_(std::move(client)) {}

  /// order.orderDetail; where the order is delivered within the hour and on its way
  /// superm.getShipmentInfo; where it holds ciphertexts order.batchDecrypt. The last two are left
  /// out when the platform refuses them; kTransport and kRateLimited fail the whole.
  boost::asio::awaitable<Result<PulledItem>> GetOrder(std::string platform_order_id) override;

  /// order.searchList by creation, pages from 0; each order with what its detail would leave out
  /// too. The list is the account's: orders of other shops are left out.
  [[nodiscard]] std::chrono::days reach() const override { return std::chrono::days(7); }
  boost::asio::awaitable<Result<PulledPage>> ListOrders(std::string platform_shop, Window window,
                                                        std::string cursor) override;

 private:
  /// The order of `detail` with its rider and contacts.
  boost::asio::awaitable<Result<PulledItem>> Complete(std::string order_id, PulledItem detail);
  boost::asio::awaitable<Result<void>> Add(std::string method, std::string params,
                                           std::string* payload);

  std::shared_ptr<Client> client_;
};

}  // namespace weir::connectors::doudian
