// SPDX-License-Identifier: Apache-2.0
#include "sync/shipment_hand.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "sync/command_fold.hpp"
#include "sync/kept_record.hpp"

namespace weir::sync {
namespace {

using boost::asio::awaitable;
using connectors::ShipmentAct;
using nlohmann::json;

/// How long couriers have for a quote before the shipment goes to one of those who answered.
constexpr std::chrono::seconds kQuotePatience{5};

struct ActWord {
  std::string_view kind;
  ShipmentAct::Kind act;
};
constexpr std::array kActs = {ActWord{"shipment.cancel", ShipmentAct::Kind::kCancel},
                              ActWord{"shipment.tip", ShipmentAct::Kind::kTip},
                              ActWord{"shipment.let_rider_off", ShipmentAct::Kind::kLetRiderOff},
                              ActWord{"shipment.hold_rider", ShipmentAct::Kind::kHoldRider},
                              ActWord{"shipment.confirm_return", ShipmentAct::Kind::kConfirmReturn},
                              ActWord{"shipment.urge", ShipmentAct::Kind::kUrge},
                              ActWord{"shipment.product_ready", ShipmentAct::Kind::kProductReady},
                              ActWord{"shipment.intercept", ShipmentAct::Kind::kIntercept}};

ShipmentAct::Kind ActOf(std::string_view kind) {
  return std::ranges::find(kActs, kind, &ActWord::kind)->act;
}

Result<ShipmentRequest> RequestOf(const CommandRecord& record) {
  return DecodeShipmentRequest(record.request.arguments);
}

CommandVerdict Rejected(std::string code, std::string message) {
  return {.status = CommandStatus::kRejected,
          .error = Rejection(std::move(code), std::move(message))};
}

Result<std::shared_ptr<connectors::Courier>> CourierOf(const FindOrderReader& readers,
                                                       const CommandRecord& record) {
  const auto reader = readers(record.merchant, record.connection);
  if (!reader || !reader->courier) {
    return Fail(ErrorKind::kTransport, "the courier's connection cannot be reached");
  }
  return reader->courier;
}

}  // namespace

Error Rejection(std::string code, std::string message) {
  return {
      .kind = ErrorKind::kRejected, .message = std::move(message), .remote_code = std::move(code)};
}

awaitable<Result<std::optional<KnownShipment>>> ReadShipment(storage::Storage& storage,
                                                             std::string merchant, std::string id) {
  auto row = co_await storage.Read(storage::RecordKind::kShipment, std::move(merchant), id);
  if (!row) co_return std::unexpected(row.error());
  if (!*row) co_return std::nullopt;
  auto kept = KeptOf(**std::move(row));
  if (!kept) co_return std::unexpected(kept.error());
  auto state = model::ShipmentState::Decode(kept->state);
  if (!state) co_return std::unexpected(state.error());
  KnownShipment known{.state = *std::move(state), .ref = {.number = std::move(id)}};
  if (const auto* intent = known.state.intent()) {
    known.ref.platform_shop = intent->consignment.platform_shop;
    known.ref.phone = intent->consignment.receiver.phone;
  }
  if (const auto* choice = known.state.choice()) {
    known.connection = choice->connection;
    known.platform = choice->platform;
  }
  known.ref.platform_no = known.state.platform_no();
  co_return known;
}

// The shipment itself tells whether it is there once anybody carries it. Where nobody has told its
// courier's number yet, the courier is asked all the same.
awaitable<Result<std::optional<CommandVerdict>>> CreateHand::Truth(CommandRecord record) {
  const auto known = co_await ReadShipment(parts_.storage, record.merchant, record.request.subject);
  if (!known) co_return std::unexpected(known.error());
  if (!*known || (*known)->state.deciding() == nullptr) co_return std::nullopt;
  if ((*known)->ref.platform_no.empty()) co_return std::nullopt;
  co_return CommandVerdict{.status = CommandStatus::kApplied};
}

awaitable<Result<CommandChoice>> CreateHand::Choose(CommandRecord record) {
  if (!record.connection.empty()) {
    co_return CommandChoice{
        .connection = record.connection, .platform = record.platform, .quote = record.quote};
  }
  auto request = RequestOf(record);
  if (!request) co_return std::unexpected(request.error());
  auto couriers = CouriersFor(request->policy, request->store, parts_.clock.Now(), request->tried);
  if (couriers.empty()) {
    co_return std::unexpected(Rejection("no_courier_left", "no courier is left to ask"));
  }
  co_return co_await Best(std::move(record), *std::move(request), std::move(couriers));
}

awaitable<Result<CommandChoice>> CreateHand::Best(CommandRecord record, ShipmentRequest request,
                                                  std::vector<std::string> couriers) {
  request.consignment.number = record.request.subject;
  auto offers = co_await quotes_.Ask(record.merchant, request.store, request.consignment, couriers,
                                     kQuotePatience);
  std::vector<model::CourierQuote> quotes;
  std::vector<const CourierOffer*> of;
  bool is_final = true;
  for (const CourierOffer& offer : offers) {
    if (offer.quote) {
      quotes.push_back(*offer.quote);
      of.push_back(&offer);
    } else {
      is_final = is_final && offer.quote.error().kind == ErrorKind::kRejected;
    }
  }
  const auto best = Pick(request.policy, parts_.clock.Now(), quotes);
  if (best) {
    co_return CommandChoice{.connection = of[*best]->connection,
                            .platform = of[*best]->platform,
                            .quote = quotes[*best]};
  }
  if (!is_final) co_return Fail(ErrorKind::kTransport, "no courier could be asked for a quote");
  co_return std::unexpected(Rejection("no_courier_left", "no courier carries it at such a price"));
}

awaitable<Result<std::vector<connectors::PulledItem>>> CreateHand::Do(CommandRecord record) {
  const auto courier = CourierOf(parts_.readers, record);
  if (!courier) co_return std::unexpected(courier.error());
  auto request = RequestOf(record);
  if (!request) co_return std::unexpected(request.error());
  request->consignment.number = record.request.subject;
  auto what = co_await ForCourier(parts_.storage, record.merchant, record.connection,
                                  request->store, std::move(request->consignment));
  if (!what) co_return std::unexpected(what.error());
  auto item = co_await (*courier)->Create(*std::move(what), record.quote);
  if (!item) co_return std::unexpected(item.error());
  std::vector<connectors::PulledItem> items;
  items.push_back(*std::move(item));
  co_return items;
}

awaitable<Result<CommandAnswer>> CreateHand::Ask(CommandRecord record) {
  const auto courier = CourierOf(parts_.readers, record);
  if (!courier) co_return std::unexpected(courier.error());
  const auto known = co_await ReadShipment(parts_.storage, record.merchant, record.request.subject);
  if (!known) co_return std::unexpected(known.error());
  if (!*known) co_return Fail(ErrorKind::kInternal, "the shipment's record is missing");
  auto items = co_await (*courier)->Read((*known)->ref);
  if (!items && items.error().kind == ErrorKind::kNotFound) co_return CommandAnswer{};
  if (!items) co_return std::unexpected(items.error());
  co_return CommandAnswer{.items = *std::move(items),
                          .verdict = CommandVerdict{.status = CommandStatus::kApplied}};
}

awaitable<Result<std::optional<CommandVerdict>>> ActHand::Truth(CommandRecord record) {
  const auto known = co_await ReadShipment(parts_.storage, record.merchant, record.request.subject);
  if (!known) co_return std::unexpected(known.error());
  if (!*known) co_return Rejected("no_shipment", "there is no such shipment");
  // What was sent and stands was done, whatever became of the shipment since.
  if (record.request.kind == "shipment.tip" && record.sent > 0) {
    const auto arguments = DecodeAct(record.request.arguments);
    if (!arguments) co_return std::unexpected(arguments.error());
    if ((*known)->state.tip() == arguments->amount) {
      co_return CommandVerdict{.status = CommandStatus::kApplied};
    }
  }
  const bool cancels = record.request.kind == "shipment.cancel";
  const model::ShipmentStatus status = (*known)->state.status();
  if (status == model::ShipmentStatus::kCancelled || status == model::ShipmentStatus::kFailed) {
    if (!cancels) co_return Rejected("shipment_closed", "nobody carries the shipment any more");
    co_return CommandVerdict{.status = record.sent == 0 ? CommandStatus::kAlreadyApplied
                                                        : CommandStatus::kApplied};
  }
  if (!(*known)->state.live()) {
    co_return Rejected("shipment_closed", "the shipment has come to its end");
  }
  co_return std::nullopt;
}

awaitable<Result<CommandChoice>> ActHand::Choose(CommandRecord record) {
  const auto creator =
      co_await ReadCommand(parts_.storage, record.merchant, CreatorOf(record.request.subject));
  if (!creator) co_return std::unexpected(creator.error());
  if (*creator && !IsFinal((*creator)->status)) {
    co_return Fail(ErrorKind::kTransport, "the courier has not taken the shipment yet");
  }
  const auto known = co_await ReadShipment(parts_.storage, record.merchant, record.request.subject);
  if (!known) co_return std::unexpected(known.error());
  if (!*known || (*known)->state.choice() == nullptr) {
    co_return std::unexpected(Rejection("no_shipment", "no courier was ever given this shipment"));
  }
  const model::ShipmentChoice& choice = *(*known)->state.choice();
  co_return CommandChoice{.connection = choice.connection, .platform = choice.platform};
}

awaitable<Result<std::vector<connectors::PulledItem>>> ActHand::Do(CommandRecord record) {
  const auto courier = CourierOf(parts_.readers, record);
  if (!courier) co_return std::unexpected(courier.error());
  const auto known = co_await ReadShipment(parts_.storage, record.merchant, record.request.subject);
  if (!known) co_return std::unexpected(known.error());
  const auto arguments = DecodeAct(record.request.arguments);
  if (!arguments) co_return std::unexpected(arguments.error());
  auto item = co_await (*courier)->Act((*known)->ref, {.kind = ActOf(record.request.kind),
                                                       .reason = arguments->reason,
                                                       .text = arguments->text,
                                                       .amount = arguments->amount,
                                                       .serial = record.id});
  if (!item) co_return std::unexpected(item.error());
  std::vector<connectors::PulledItem> items;
  items.push_back(*std::move(item));
  co_return items;
}

awaitable<Result<CommandAnswer>> ActHand::Ask(CommandRecord record) {
  const auto courier = CourierOf(parts_.readers, record);
  if (!courier) co_return std::unexpected(courier.error());
  const auto known = co_await ReadShipment(parts_.storage, record.merchant, record.request.subject);
  if (!known) co_return std::unexpected(known.error());
  auto items = co_await (*courier)->Read((*known)->ref);
  if (!items && items.error().kind == ErrorKind::kNotFound) co_return CommandAnswer{};
  if (!items) co_return std::unexpected(items.error());
  co_return CommandAnswer{.items = *std::move(items)};
}

std::string EncodeAct(const ActArguments& arguments) {
  return json{
      {"reason", arguments.reason}, {"text", arguments.text}, {"amount", arguments.amount.fen()}}
      .dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<ActArguments> DecodeAct(std::string_view text) {
  const json in = json::parse(text, nullptr, false);
  if (!in.is_object()) return Fail(ErrorKind::kMalformed, "not what is asked of a shipment");
  return ActArguments{.reason = in.value("reason", ""),
                      .text = in.value("text", ""),
                      .amount = Money::FromFen(in.value("amount", std::int64_t{0}))};
}

}  // namespace weir::sync
