// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "connectors/douyin/client.hpp"

namespace weir::connectors::douyin {

/// What a shop decides on its takeaways (protocol A6.2).
class Desk final : public OrderDesk {
 public:
  explicit Desk(std::shared_ptr<Client> client) : client_(std::move(client)) {}

  /// trade/buy/merchant_confirm_order, within 15 minutes of paying.
  boost::asio::awaitable<Result<void>> Accept(std::string platform_order_id) override;

 private:
  std::shared_ptr<Client> client_;
};

}  // namespace weir::connectors::douyin
