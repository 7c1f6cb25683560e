// SPDX-License-Identifier: Apache-2.0
#include "connectors/sf_express/courier.hpp"

#include "connectors/sf_express/errors.hpp"
#include "connectors/sf_express/label.hpp"
#include "connectors/sf_express/quote.hpp"
#include "mapping/pages.hpp"
#include "mapping/sf_express/services.hpp"

namespace weir::connectors::sf_express {
namespace {

namespace sf = mapping::sf_express;

std::unexpected<Error> Unsupported(std::string message) {
  return std::unexpected(Error{
      .kind = ErrorKind::kRejected, .message = std::move(message), .remote_code = "unsupported"});
}

/// The answer as one page under our number.
PulledItem Under(std::string_view number, PulledItem item) {
  std::string page;
  mapping::AppendPage(page, number, item.payload);
  item.dialect = mapping::kPagesDialect;
  item.payload = std::move(page);
  return item;
}

ServiceCall ReadCall(std::string_view service, std::string message) {
  return {.service = std::string(service), .message = std::move(message), .read = true};
}

ServiceCall WriteCall(std::string_view service, std::string message) {
  return {.service = std::string(service), .message = std::move(message), .read = false};
}

Result<void> CheckSender(const Consignment& consignment) {
  if (!consignment.sender.address.empty()) return {};
  return Fail(ErrorKind::kRejected,
              "SF Express collects at the sender's address; the consignment names none.");
}

/// Whether a question beside the first one failed in a way that makes the whole worth repeating.
bool IsWorthRepeating(const Error& error) {
  return IsTransient(error.kind) || error.kind == ErrorKind::kMalformed;
}

}  // namespace

boost::asio::awaitable<Result<PulledItem>> ExpressCourier::Ask(std::string number,
                                                               ServiceCall call) {
  auto item = co_await client_->Call(std::move(call));
  if (!item) co_return std::unexpected(std::move(item.error()));
  co_return Under(number, *std::move(item));
}

boost::asio::awaitable<Result<CourierQuote>> ExpressCourier::Quote(Consignment consignment) {
  if (auto checked = CheckSender(consignment); !checked) {
    co_return std::unexpected(std::move(checked.error()));
  }
  const Credentials& credentials = client_->credentials();
  auto item =
      co_await client_->Call(ReadCall(sf::kDeliveryTime, QuoteMessage(consignment, credentials)));
  if (!item) co_return std::unexpected(std::move(item.error()));
  co_return ReadQuote(item->payload, ProductOf(consignment, credentials));
}

boost::asio::awaitable<Result<PulledItem>> ExpressCourier::Create(
    Consignment consignment, std::optional<CourierQuote> /*quote*/) {
  if (auto checked = CheckSender(consignment); !checked) {
    co_return std::unexpected(std::move(checked.error()));
  }
  auto item =
      co_await Ask(consignment.number,
                   WriteCall(sf::kCreateOrder, OrderMessage(consignment, client_->credentials())));
  if (!item && item.error().remote_code == kOrderedBefore) {
    co_return co_await Search(std::move(consignment.number));
  }
  co_return item;
}

boost::asio::awaitable<Result<PulledItem>> ExpressCourier::Search(std::string number) {
  auto call = ReadCall(sf::kSearchOrder, SearchMessage(number, client_->credentials()));
  co_return co_await Ask(std::move(number), std::move(call));
}

boost::asio::awaitable<Result<std::vector<PulledItem>>> ExpressCourier::Read(ShipmentRef shipment) {
  auto order = co_await Search(shipment.number);
  if (!order) co_return std::unexpected(std::move(order.error()));
  std::vector<PulledItem> items;
  items.push_back(*std::move(order));
  auto routes = co_await Ask(
      shipment.number,
      ReadCall(sf::kSearchRoutes, RoutesMessage({&shipment, 1}, client_->credentials())));
  if (!routes && IsWorthRepeating(routes.error())) {
    co_return std::unexpected(std::move(routes.error()));
  }
  if (routes) items.push_back(*std::move(routes));
  // Before it is weighed there is no fee, which is no failure.
  auto fee = co_await Ask(shipment.number, ReadCall(sf::kQueryFee, FeeMessage(shipment)));
  if (fee) items.push_back(*std::move(fee));
  co_return items;
}

boost::asio::awaitable<Result<PulledItem>> ExpressCourier::Locate(ShipmentRef /*shipment*/) {
  co_return Unsupported("SF Express does not tell where a courier is.");
}

boost::asio::awaitable<Result<PulledItem>> ExpressCourier::Act(ShipmentRef shipment,
                                                               ShipmentAct act) {
  switch (act.kind) {
    case ShipmentAct::Kind::kCancel:
      co_return co_await Cancel(std::move(shipment));
    case ShipmentAct::Kind::kIntercept:
      co_return co_await Intercept(std::move(shipment));
    default:
      co_return Unsupported("SF Express knows no such act; it cancels and intercepts.");
  }
}

boost::asio::awaitable<Result<PulledItem>> ExpressCourier::Cancel(ShipmentRef shipment) {
  auto exchange = co_await client_->Ask(
      WriteCall(sf::kUpdateOrder, CancelMessage(shipment.number, client_->credentials())));
  if (!exchange) co_return std::unexpected(std::move(exchange.error()));
  if (exchange->refused && exchange->refused->remote_code != sf::kCancelledBefore) {
    Error error = *std::move(exchange->refused);
    if (error.kind == ErrorKind::kConflict) {
      error.message += " After the pick-up it can only be intercepted.";
    }
    co_return std::unexpected(std::move(error));
  }
  exchange->item.topic = sf::kCancelTopic;
  co_return Under(shipment.number, std::move(exchange->item));
}

boost::asio::awaitable<Result<PulledItem>> ExpressCourier::Intercept(ShipmentRef shipment) {
  if (shipment.platform_no.empty()) {
    co_return Fail(ErrorKind::kRejected, "Only a shipment with a waybill can be intercepted.");
  }
  auto message = InterceptMessage(shipment.platform_no, client_->credentials());
  co_return co_await Ask(std::move(shipment.number), WriteCall(sf::kIntercept, std::move(message)));
}

boost::asio::awaitable<Result<std::string>> ExpressCourier::Label(ShipmentRef shipment) {
  if (shipment.platform_no.empty()) {
    co_return Fail(ErrorKind::kRejected, "Only a shipment with a waybill has a label.");
  }
  const Credentials& credentials = client_->credentials();
  auto item =
      co_await client_->Call(ReadCall(sf::kPrint, PrintMessage(shipment.platform_no, credentials)));
  if (!item) co_return std::unexpected(std::move(item.error()));
  auto file = LabelFileOf(item->payload, credentials.base_url);
  if (!file) co_return std::unexpected(std::move(file.error()));
  auto label = co_await client_->Download(std::move(file->url), std::move(file->token));
  if (!label) co_return std::unexpected(std::move(label.error()));
  if (auto checked = CheckLabel(*label); !checked) {
    co_return std::unexpected(std::move(checked.error()));
  }
  co_return label;
}

boost::asio::awaitable<Result<PulledItem>> ExpressCourier::Confirm(ShipmentRef shipment) {
  auto message = ConfirmMessage(shipment, client_->credentials());
  co_return co_await Ask(std::move(shipment.number),
                         WriteCall(sf::kUpdateOrder, std::move(message)));
}

boost::asio::awaitable<Result<PulledItem>> ExpressCourier::AddSubWaybills(ShipmentRef shipment,
                                                                          std::int64_t count) {
  auto message = SubWaybillsMessage(shipment.number, count);
  co_return co_await Ask(std::move(shipment.number),
                         WriteCall(sf::kSubWaybills, std::move(message)));
}

boost::asio::awaitable<Result<PulledItem>> ExpressCourier::PromisedTime(ShipmentRef shipment) {
  auto message = PromisedTimeMessage(shipment, client_->credentials());
  co_return co_await Ask(std::move(shipment.number),
                         ReadCall(sf::kPromisedTime, std::move(message)));
}

boost::asio::awaitable<Result<PulledItem>> ExpressCourier::ListRoutes(
    std::vector<ShipmentRef> shipments) {
  if (shipments.empty() || shipments.size() > kMaxRoutesPerCall) {
    co_return Fail(ErrorKind::kRejected, "The ways of one to ten shipments are asked for at once.");
  }
  co_return co_await client_->Call(
      ReadCall(sf::kSearchRoutes, RoutesMessage(shipments, client_->credentials())));
}

}  // namespace weir::connectors::sf_express
