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
  /// `rider_source`: Options::rider_source.
  Desk(std::shared_ptr<Client> client, std::string rider_source)
      : client_(std::move(client)), rider_source_(std::move(rider_source)) {}

  /// trade/buy/merchant_confirm_order, within 15 minutes of paying.
  boost::asio::awaitable<Result<void>> Accept(std::string platform_order_id) override;
  /// after_sale/order/merchant_reject. Douyin has no code for other reasons than the words: those
  /// are told as "too busy", with their text.
  boost::asio::awaitable<Result<void>> Refuse(std::string platform_order_id,
                                              std::string reason) override;
  /// hermes/preparation/complete/confirm.
  boost::asio::awaitable<Result<void>> Ready(std::string platform_order_id) override;
  /// after_sale/audit/notify: the answer to an application that the refund SPI was told is being
  /// processed.
  boost::asio::awaitable<Result<void>> DecideRefund(std::string platform_order_id,
                                                    std::string refund_id, bool approve,
                                                    std::string reason) override;
  /// fulfilment/distribution/order/sync_status (protocol A6.3, its `behavior` recalled only).
  boost::asio::awaitable<Result<void>> TellDelivery(DeliveryNews news) override;

 private:
  boost::asio::awaitable<Result<void>> Post(std::string path, std::string body);

  std::shared_ptr<Client> client_;
  const std::string rider_source_;
};

}  // namespace weir::connectors::douyin
