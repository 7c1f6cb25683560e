// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "connectors/eleme/client.hpp"

namespace weir::connectors::eleme {

/// What a shop does with its orders (protocol §1.6).
class Desk final : public OrderDesk {
 public:
  explicit Desk(std::shared_ptr<Client> client) : client_(std::move(client)) {}

  /// eleme.order.confirmOrderLite.
  boost::asio::awaitable<Result<void>> Accept(std::string platform_order_id) override;

 private:
  std::shared_ptr<Client> client_;
};

}  // namespace weir::connectors::eleme
