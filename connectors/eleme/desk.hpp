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
  /// eleme.order.cancelOrderLite.
  boost::asio::awaitable<Result<void>> Refuse(std::string platform_order_id,
                                              std::string reason) override;
  /// eleme.order.setOrderPrepared.
  boost::asio::awaitable<Result<void>> Ready(std::string platform_order_id) override;
  /// eleme.order.agreeRefundLite, disagreeRefundLite: of the application that is open, before the
  /// order's completion and after it.
  boost::asio::awaitable<Result<void>> DecideRefund(std::string platform_order_id,
                                                    std::string refund_id, bool approve,
                                                    std::string reason) override;
  /// startDeliveryBySelf when the rider has the meal, completeDeliveryBySelf when it is there.
  boost::asio::awaitable<Result<void>> TellDelivery(DeliveryNews news) override;

 private:
  boost::asio::awaitable<Result<void>> Call(std::string action, std::string params);

  std::shared_ptr<Client> client_;
};

}  // namespace weir::connectors::eleme
