// SPDX-License-Identifier: Apache-2.0
#include "sync/dispatch_fold.hpp"

#include <fmt/format.h>

#include <chrono>
#include <stdexcept>
#include <utility>

#include "model/words.hpp"
#include "sync/command_hand.hpp"
#include "sync/order_hand.hpp"
#include "sync/shipment_hand.hpp"

namespace weir::sync {
namespace {

using boost::asio::awaitable;
using model::ShipmentStatus;

/// Why a shipment was never ordered.
constexpr const char* kCalledOff = "called_off";
/// Why one is taken from its courier.
constexpr const char* kNoRider = "no_rider";
/// Nobody cares any more where a rider was so long ago.
constexpr std::chrono::minutes kTellWithin{30};
/// What the platform of an order has been told of its shipment, or will be.
constexpr const char* kToldAlias = "delivery_told";

ShipmentRequest RequestOf(const CommandRecord& command) {
  auto request = DecodeShipmentRequest(command.request.arguments);
  if (!request) throw std::runtime_error(request.error().message);
  return *std::move(request);
}

bool Creates(const CommandRecord& command) { return command.request.kind == "shipment.create"; }

}  // namespace

awaitable<void> DispatchFold::Begun(FoldPoint at, CommandRecord command, FoldBatch& batch) {
  if (Creates(command)) {
    co_await Create(std::move(at), std::move(command), batch);
  } else if (command.request.kind == "shipment.cancel") {
    co_await Cancel(std::move(at), std::move(command), batch);
  }
}

awaitable<void> DispatchFold::Create(FoldPoint at, CommandRecord command, FoldBatch& batch) {
  ShipmentRequest request = RequestOf(command);
  if (!request.order.empty()) {
    const std::string live =
        co_await shipments_.LiveShipmentOf(at.merchant, request.order, request.predecessor);
    if (!live.empty()) {
      commands_.End(at, std::move(command), CommandStatus::kRejected,
                    Rejection("order_has_shipment", live + " carries this order"), batch);
      co_return;
    }
  }
  request.consignment.number = command.request.subject;
  co_await shipments_.Create(at, command.request.subject,
                             {.order = std::move(request.order),
                              .store = std::move(request.store),
                              .consignment = std::move(request.consignment),
                              .plan = {},
                              .predecessor = std::move(request.predecessor)},
                             batch);
}

// What has not left yet need not be asked back.
awaitable<void> DispatchFold::Cancel(FoldPoint at, CommandRecord command, FoldBatch& batch) {
  const std::string shipment = command.request.subject;
  auto creator = co_await commands_.Load(at.merchant, CreatorOf(shipment), batch);
  if (!creator) co_return;
  if (creator->status != CommandStatus::kPlanned || creator->sent > 0) {
    commands_.Settle(at, *std::move(creator), batch);
    co_return;
  }
  commands_.End(at, *std::move(creator), CommandStatus::kRejected,
                Rejection(kCalledOff, "it was called off before it was ordered"), batch);
  commands_.End(at, std::move(command), CommandStatus::kApplied, std::nullopt, batch);
  co_await shipments_.Fail(
      at, shipment, {.code = kCalledOff, .message = "called off before it was ordered"}, batch);
}

awaitable<void> DispatchFold::Tried(FoldPoint at, CommandRecord command, FoldBatch& batch) {
  if (!Creates(command) || command.connection.empty() || command.sent > 1) co_return;
  co_await shipments_.Choose(
      at, command.request.subject,
      {.platform = command.platform, .connection = command.connection, .quote = command.quote},
      batch);
}

awaitable<void> DispatchFold::Concluded(FoldPoint at, CommandRecord command, FoldBatch& batch) {
  const bool done =
      command.status == CommandStatus::kApplied || command.status == CommandStatus::kAlreadyApplied;
  if (done && command.request.kind == "shipment.let_rider_off") {
    co_await shipments_.Answer(at, command.request.subject, true, batch);
  } else if (done && command.request.kind == "shipment.hold_rider") {
    co_await shipments_.Answer(at, command.request.subject, false, batch);
  }
  if (!Creates(command) || !IsFinal(command.status)) co_return;
  if (done) {
    const auto patience = RequestOf(command).policy.accept_within;
    if (patience.count() == 0) co_return;
    batch.Plan({.merchant = at.merchant,
                .kind = kPatienceWork,
                .subject = command.request.subject,
                .due_at = at.stamp + patience,
                .detail = {},
                .cause = at.position});
    co_return;
  }
  const std::optional<Error>& error = command.tries.back().error;
  const std::string code = error ? error->remote_code : "rejected";
  co_await shipments_.Fail(at, command.request.subject,
                           {.code = code, .message = error ? error->message : std::string()},
                           batch);
  if (code != "no_courier_left") co_await AskNext(at, command.request.subject, batch);
}

awaitable<void> DispatchFold::Moved(FoldPoint at, ShipmentMove move, FoldBatch& batch) {
  if (move.now != move.before || move.rider_now != move.rider_before) {
    co_await Tell(at, move, batch);
  }
  if (move.now == move.before) co_return;
  if (move.now != ShipmentStatus::kCreated && move.now != ShipmentStatus::kSearching) {
    batch.Done({at.merchant, kPatienceWork, move.id});
  }
  const bool given_back =
      move.now == ShipmentStatus::kCancelled || move.now == ShipmentStatus::kFailed;
  if (given_back) co_await AskNext(std::move(at), std::move(move.id), batch);
}

awaitable<void> DispatchFold::Tell(FoldPoint at, const ShipmentMove& move, FoldBatch& batch) {
  const bool is_news = move.now >= ShipmentStatus::kAssigned &&
                       (move.rider_now != 0 || move.now >= ShipmentStatus::kDelivered);
  if (move.order.empty() || !is_news) co_return;
  const auto order = co_await storage_.Load(storage::RecordKind::kOrder, at.merchant, move.order);
  if (!order) throw std::runtime_error(order.error().message);
  if (!*order) co_return;
  const std::string key = fmt::format("{}/{}/{:x}", move.id, Name(move.now), move.rider_now);
  const auto told = co_await storage_.FindAlias(at.merchant, kToldAlias, key, 1);
  if (!told) throw std::runtime_error(told.error().message);
  if (!told->empty()) co_return;
  batch.AddAlias({.merchant = at.merchant, .kind = kToldAlias, .key = key, .id = move.id});
  const storage::RecordColumns& columns = (*order)->columns;
  (void)commands_.PlanOwn(at,
                          {.kind = "order.tell_delivery",
                           .subject = move.order,
                           .platform_subject = columns.number,
                           .deadline = at.stamp + kTellWithin,
                           .arguments = EncodeDeliveryArguments(
                               {.shipment = move.id, .status = move.now, .at = at.stamp})},
                          {.connection = columns.connection, .platform = columns.platform}, batch);
}

awaitable<bool> DispatchFold::IsWanted(std::string merchant, std::string order) {
  if (order.empty()) co_return true;
  const auto row =
      co_await storage_.Load(storage::RecordKind::kOrder, std::move(merchant), std::move(order));
  if (!row) throw std::runtime_error(row.error().message);
  if (!*row) co_return false;
  const auto status = model::ParseOrderStatus((*row)->columns.status);
  co_return !status || *status < model::OrderStatus::kDelivered;
}

awaitable<void> DispatchFold::AskNext(FoldPoint at, std::string shipment, FoldBatch& batch) {
  const auto former = co_await commands_.Load(at.merchant, CreatorOf(shipment), batch);
  if (!former || former->settled || former->connection.empty()) co_return;
  if (at.stamp >= former->request.deadline) co_return;
  ShipmentRequest request = RequestOf(*former);
  request.tried.push_back(former->connection);
  request.predecessor = shipment;
  const bool anybody = !CouriersFor(request.policy, request.store, at.stamp, request.tried).empty();
  if (!anybody || !co_await IsWanted(at.merchant, request.order)) co_return;
  // Given back, and seemingly not, and given back again: somebody else is asked once.
  commands_.Settle(at, *former, batch);
  CommandRecord next = commands_.PlanOwn(at,
                                         {.kind = former->request.kind,
                                          .subject = {},
                                          .platform_subject = {},
                                          .deadline = former->request.deadline,
                                          .arguments = EncodeShipmentRequest(request)},
                                         {}, batch);
  co_await Create(std::move(at), std::move(next), batch);
}

awaitable<void> DispatchFold::LosePatience(FoldPoint at, std::string shipment, FoldBatch& batch) {
  batch.Done({at.merchant, kPatienceWork, shipment});
  const auto creator = co_await commands_.Load(at.merchant, CreatorOf(shipment), batch);
  if (!creator || creator->settled) co_return;
  (void)commands_.PlanOwn(
      at,
      {.kind = "shipment.cancel",
       .subject = std::move(shipment),
       .platform_subject = {},
       .deadline = creator->request.deadline,
       .arguments = EncodeAct({.reason = kNoRider, .text = "nobody took it in time"})},
      {.connection = creator->connection, .platform = creator->platform}, batch);
}

}  // namespace weir::sync
