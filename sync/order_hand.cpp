// SPDX-License-Identifier: Apache-2.0
#include "sync/order_hand.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "model/words.hpp"
#include "sync/shipment_hand.hpp"

namespace weir::sync {
namespace {

using boost::asio::awaitable;
using model::OrderStatus;
using nlohmann::json;
using Verdict = std::optional<CommandVerdict>;

std::string Dump(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

CommandVerdict Rejected(const char* code, const char* message) {
  return {.status = CommandStatus::kRejected, .error = Rejection(code, message)};
}

/// It is as the command wants it.
CommandVerdict Done(const CommandRecord& record) {
  return {.status = record.sent == 0 ? CommandStatus::kAlreadyApplied : CommandStatus::kApplied};
}

Verdict TruthOfStatus(const CommandRecord& record, OrderStatus status) {
  const bool closed = status >= OrderStatus::kExpired;
  const std::string& kind = record.request.kind;
  if (kind == "order.reject") return closed ? Verdict(Done(record)) : std::nullopt;
  if (closed) return Rejected("order_closed", "the order is not open any more");
  const auto reached = kind == "order.accept" ? OrderStatus::kAccepted : OrderStatus::kReady;
  return status >= reached ? Verdict(Done(record)) : std::nullopt;
}

Verdict TruthOfRefund(const CommandRecord& record, const json& order, const std::string& id) {
  const json& refunds = order.at("refunds");
  const auto refund =
      std::ranges::find_if(refunds, [&id](const json& one) { return one.value("id", "") == id; });
  if (refund == refunds.end()) return Rejected("no_refund", "the order has no such refund");
  const std::string status = refund->value("status", "");
  if (status == "applied" || status == "appealed") return std::nullopt;
  const bool approves = record.request.kind == "order.approve_refund";
  const bool declined = status == "declined";
  if (status == "withdrawn" || approves == declined) {
    return Rejected("refund_decided", "the refund is decided otherwise, or withdrawn");
  }
  return Done(record);
}

bool DecidesRefund(const CommandRecord& record) { return record.request.kind.ends_with("_refund"); }

}  // namespace

// What the order's record says of the command.
awaitable<Result<Verdict>> OrderHand::Truth(CommandRecord record) {
  if (DecidesRefund(record)) {
    const auto order = co_await storage_.ReadPublished(storage::RecordKind::kOrder, record.merchant,
                                                       record.request.subject);
    if (!order) co_return std::unexpected(order.error());
    if (!*order) co_return std::nullopt;
    const auto arguments = DecodeOrderArguments(record.request.arguments);
    if (!arguments) co_return std::unexpected(arguments.error());
    co_return TruthOfRefund(record, json::parse((*order)->json), arguments->refund);
  }
  const auto order =
      co_await storage_.Read(storage::RecordKind::kOrder, record.merchant, record.request.subject);
  if (!order) co_return std::unexpected(order.error());
  if (!*order) co_return std::nullopt;
  const auto status = model::ParseOrderStatus((*order)->columns.status);
  co_return status ? TruthOfStatus(record, *status) : std::nullopt;
}

awaitable<Result<CommandChoice>> OrderHand::Choose(CommandRecord record) {
  const auto reader = readers_(record.merchant, record.connection);
  if (!reader || !reader->orders || !reader->desk) {
    co_return Fail(ErrorKind::kNotFound, "the connection cannot be reached for commands");
  }
  co_return CommandChoice{.connection = record.connection, .platform = record.platform};
}

awaitable<Result<std::vector<connectors::PulledItem>>> OrderHand::Do(CommandRecord record) {
  const auto reader = readers_(record.merchant, record.connection);
  if (!reader || !reader->desk) co_return Fail(ErrorKind::kTransport, "the connection is gone");
  const auto arguments = DecodeOrderArguments(record.request.arguments);
  if (!arguments) co_return std::unexpected(arguments.error());
  connectors::OrderDesk& desk = *reader->desk;
  const std::string& order = record.request.platform_subject;
  const std::string& kind = record.request.kind;
  Result<void> done;
  if (kind == "order.accept") {
    done = co_await desk.Accept(order);
  } else if (kind == "order.reject") {
    done = co_await desk.Refuse(order, arguments->reason);
  } else if (kind == "order.ready") {
    done = co_await desk.Ready(order);
  } else {
    done = co_await desk.DecideRefund(order, arguments->refund, kind == "order.approve_refund",
                                      arguments->reason);
  }
  if (!done) co_return std::unexpected(done.error());
  co_return std::vector<connectors::PulledItem>();
}

awaitable<Result<CommandAnswer>> OrderHand::Ask(CommandRecord record) {
  const auto reader = readers_(record.merchant, record.connection);
  if (!reader || !reader->orders) co_return Fail(ErrorKind::kTransport, "the connection is gone");
  auto item = co_await reader->orders->GetOrder(record.request.platform_subject);
  if (!item) co_return std::unexpected(item.error());
  CommandAnswer answer;
  answer.items.push_back(*std::move(item));
  co_return answer;
}

// What a shipment has left behind need not be told any more: what came after it is.
awaitable<Result<Verdict>> DeliveryHand::Truth(CommandRecord record) {
  const auto arguments = DecodeDeliveryArguments(record.request.arguments);
  if (!arguments) co_return std::unexpected(arguments.error());
  const auto known = co_await ReadShipment(storage_, record.merchant, arguments->shipment);
  if (!known) co_return std::unexpected(known.error());
  if (*known && (*known)->state.status() == arguments->status) co_return std::nullopt;
  co_return Rejected("superseded", "the shipment has moved on");
}

awaitable<Result<std::vector<connectors::PulledItem>>> DeliveryHand::Do(CommandRecord record) {
  const auto reader = readers_(record.merchant, record.connection);
  if (!reader || !reader->desk) co_return Fail(ErrorKind::kTransport, "the connection is gone");
  const auto arguments = DecodeDeliveryArguments(record.request.arguments);
  if (!arguments) co_return std::unexpected(arguments.error());
  const auto known = co_await ReadShipment(storage_, record.merchant, arguments->shipment);
  if (!known) co_return std::unexpected(known.error());
  if (!*known) co_return Fail(ErrorKind::kInternal, "the shipment's record is missing");
  connectors::DeliveryNews news{.platform_order_id = record.request.platform_subject,
                                .courier = (*known)->platform,
                                .shipment = arguments->shipment,
                                .status = arguments->status,
                                .at = arguments->at};
  if (const model::TrackingNode* node = (*known)->state.deciding()) {
    news.rider_name = node->rider_name;
    news.rider_phone = node->rider_phone;
  }
  const auto done = co_await reader->desk->TellDelivery(std::move(news));
  if (!done) co_return std::unexpected(done.error());
  co_return std::vector<connectors::PulledItem>();
}

awaitable<Result<CommandAnswer>> DeliveryHand::Ask(CommandRecord /*record*/) {
  co_return CommandAnswer{};
}

std::string EncodeOrderArguments(const OrderArguments& arguments) {
  json out = json::object();
  if (!arguments.reason.empty()) out["reason"] = arguments.reason;
  if (!arguments.refund.empty()) out["refund"] = arguments.refund;
  return Dump(out);
}

Result<OrderArguments> DecodeOrderArguments(std::string_view text) {
  const json in = json::parse(text, nullptr, false);
  if (!in.is_object()) return Fail(ErrorKind::kMalformed, "not what is asked of an order");
  return OrderArguments{.reason = in.value("reason", ""), .refund = in.value("refund", "")};
}

std::string EncodeDeliveryArguments(const DeliveryArguments& arguments) {
  return Dump({{"shipment", arguments.shipment},
               {"status", Name(arguments.status)},
               {"at", ToRfc3339(arguments.at)}});
}

Result<DeliveryArguments> DecodeDeliveryArguments(std::string_view text) {
  const json in = json::parse(text, nullptr, false);
  if (!in.is_object()) return Fail(ErrorKind::kMalformed, "no news of a delivery");
  const auto status = model::ParseShipmentStatus(in.value("status", ""));
  const auto at = ParseRfc3339(in.value("at", ""));
  if (!status || !at) return Fail(ErrorKind::kMalformed, "no news of a delivery");
  return DeliveryArguments{.shipment = in.value("shipment", ""), .status = *status, .at = *at};
}

}  // namespace weir::sync
