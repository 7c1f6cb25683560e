// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "connectors/courier.hpp"
#include "connectors/dada/client.hpp"
#include "connectors/roles.hpp"

namespace weir::connectors::dada {

/// Dada as a courier (protocol §4). What has been done before is answered by a read of it.
class Shipments final : public Courier {
 public:
  explicit Shipments(std::shared_ptr<Client> client) : client_(std::move(client)) {}

  /// queryDeliverFee.
  boost::asio::awaitable<Result<CourierQuote>> Quote(Consignment consignment) override;
  /// addAfterQuery while the quote stands, else addOrder.
  boost::asio::awaitable<Result<PulledItem>> Create(Consignment consignment,
                                                    std::optional<CourierQuote> quote) override;
  /// status/query, which Dada renews about once a minute.
  boost::asio::awaitable<Result<std::vector<PulledItem>>> Read(ShipmentRef shipment) override;
  /// transporter/position; kNotFound while no rider has it.
  boost::asio::awaitable<Result<PulledItem>> Locate(ShipmentRef shipment) override;
  /// formalCancel, addTip, message/confirm and confirm/goods.
  boost::asio::awaitable<Result<PulledItem>> Act(ShipmentRef shipment, ShipmentAct act) override;
  /// Dada's parcels bear none.
  boost::asio::awaitable<Result<std::string>> Label(ShipmentRef shipment) override;

 private:
  boost::asio::awaitable<Result<PulledItem>> Add(std::string number, Endpoint endpoint,
                                                 std::string body);
  boost::asio::awaitable<Result<PulledItem>> Do(std::string number, Endpoint endpoint,
                                                std::string body);
  boost::asio::awaitable<Result<PulledItem>> Tip(std::string number, Money tip);

  std::shared_ptr<Client> client_;
};

}  // namespace weir::connectors::dada
