// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "connectors/sf_city/client.hpp"

namespace weir::connectors::sf_city {

/// SF intra-city as a courier (protocol §2.2). SF's code for what was done already is not known: a
/// refused order or cancel is followed by a question for the state, which decides.
class SfCity final : public Courier {
 public:
  explicit SfCity(std::shared_ptr<Client> client) : client_(std::move(client)) {}

  /// precreateorder. What it offers needs no reference.
  boost::asio::awaitable<Result<CourierQuote>> Quote(Consignment consignment) override;

  /// createorder; refused although SF has the order: the answer to getorderstatus.
  boost::asio::awaitable<Result<PulledItem>> Create(Consignment consignment,
                                                    std::optional<CourierQuote> quote) override;

  /// getorderstatus and listorderfeed; where SF refuses the latter, getcallbackinfo.
  boost::asio::awaitable<Result<std::vector<PulledItem>>> Read(ShipmentRef shipment) override;

  /// riderlatestposition.
  boost::asio::awaitable<Result<PulledItem>> Locate(ShipmentRef shipment) override;

  /// kCancel, kTip, kUrge and kProductReady. A tip is only ever raised: what is missing to the
  /// amount is added, at least kLeastTip.
  boost::asio::awaitable<Result<PulledItem>> Act(ShipmentRef shipment, ShipmentAct act) override;

  /// There is none.
  boost::asio::awaitable<Result<std::string>> Label(ShipmentRef shipment) override;

 private:
  /// A call that names nothing but the order.
  boost::asio::awaitable<Result<Answer>> Ask(Action action, ShipmentRef shipment);
  /// getorderstatus; kNotFound when SF does not know the order.
  boost::asio::awaitable<Result<Answer>> AskState(ShipmentRef shipment);
  /// After `refusal`: the order's state where `is_so` holds of it, for then it was done before.
  boost::asio::awaitable<Result<PulledItem>> UnlessDone(Error refusal, ShipmentRef shipment,
                                                        bool (*is_so)(const Verdict&));
  boost::asio::awaitable<Result<PulledItem>> Cancel(ShipmentRef shipment, ShipmentAct act);
  boost::asio::awaitable<Result<PulledItem>> Tip(ShipmentRef shipment, ShipmentAct act);
  boost::asio::awaitable<Result<PulledItem>> TellReady(ShipmentRef shipment);

  std::shared_ptr<Client> client_;
};

}  // namespace weir::connectors::sf_city
