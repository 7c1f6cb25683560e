// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "connectors/courier.hpp"
#include "connectors/roles.hpp"
#include "connectors/sf_express/client.hpp"
#include "connectors/sf_express/messages.hpp"

namespace weir::connectors::sf_express {

/// SF Express as a courier of parcels. An answer comes as one page under our number (dialect
/// `pages`), since not all of them name it; its topic is the service's code.
class ExpressCourier final : public Courier {
 public:
  explicit ExpressCourier(std::shared_ptr<Client> client) : client_(std::move(client)) {}

  /// Fee and arrival of one product. kRejected also where the account is told no price: what tells
  /// the time alone (EXP_RECE_SEARCH_PROMITM) needs a waybill.
  boost::asio::awaitable<Result<CourierQuote>> Quote(Consignment consignment) override;

  boost::asio::awaitable<Result<PulledItem>> Create(Consignment consignment,
                                                    std::optional<CourierQuote> quote) override;

  /// The order, its way, and what it costs once that is known.
  boost::asio::awaitable<Result<std::vector<PulledItem>>> Read(ShipmentRef shipment) override;

  /// SF Express does not tell: kRejected, "unsupported".
  boost::asio::awaitable<Result<PulledItem>> Locate(ShipmentRef shipment) override;

  /// Cancels, and after the pick-up, when that is kConflict, intercepts.
  boost::asio::awaitable<Result<PulledItem>> Act(ShipmentRef shipment, ShipmentAct act) override;

  /// Of the mother waybill.
  boost::asio::awaitable<Result<std::string>> Label(ShipmentRef shipment) override;

  /// Confirms an order of an account that confirms by hand.
  boost::asio::awaitable<Result<PulledItem>> Confirm(ShipmentRef shipment);
  /// `count` more child waybills, at most kMaxSubWaybillsPerCall.
  boost::asio::awaitable<Result<PulledItem>> AddSubWaybills(ShipmentRef shipment,
                                                            std::int64_t count);
  /// When it should arrive, of a shipment with a waybill.
  boost::asio::awaitable<Result<PulledItem>> PromisedTime(ShipmentRef shipment);
  /// The ways of at most kMaxRoutesPerCall shipments, whose waybills are known, in one answer as
  /// received.
  boost::asio::awaitable<Result<PulledItem>> ListRoutes(std::vector<ShipmentRef> shipments);

 private:
  boost::asio::awaitable<Result<PulledItem>> Ask(std::string number, ServiceCall call);
  boost::asio::awaitable<Result<PulledItem>> Search(std::string number);
  boost::asio::awaitable<Result<PulledItem>> Cancel(ShipmentRef shipment);
  boost::asio::awaitable<Result<PulledItem>> Intercept(ShipmentRef shipment);

  std::shared_ptr<Client> client_;
};

}  // namespace weir::connectors::sf_express
