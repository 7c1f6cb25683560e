// SPDX-License-Identifier: Apache-2.0
#include "gateway/dispatch.hpp"

#include <array>
#include <optional>
#include <string>
#include <utility>

#include "base/json_writer.hpp"
#include "gateway/body.hpp"
#include "gateway/consigning.hpp"
#include "sync/shipment_hand.hpp"

namespace weir::gateway {
namespace {

using boost::asio::awaitable;

/// How long couriers are asked for, where nothing says until when.
constexpr std::chrono::hours kOrderWithin{2};
constexpr std::chrono::hours kActWithin{1};
constexpr std::uint64_t kDefaultPatience = 5'000;
constexpr std::uint64_t kMostPatience = 30'000;
/// What a quote is asked under: nothing is ordered by this number.
constexpr const char* kQuoteNumber = "shp-quote";

/// An act on a shipment: its place under /v1/shipments/{id}/ and its kind.
struct Act {
  const char* word;
  const char* kind;
};
constexpr std::array kActs = {Act{"cancel", "shipment.cancel"},
                              Act{"tip", "shipment.tip"},
                              Act{"let-rider-off", "shipment.let_rider_off"},
                              Act{"hold-rider", "shipment.hold_rider"},
                              Act{"confirm-return", "shipment.confirm_return"},
                              Act{"urge", "shipment.urge"},
                              Act{"product-ready", "shipment.product_ready"},
                              Act{"intercept", "shipment.intercept"}};

/// The couriers a caller wants to be asked, of all rules too.
std::vector<std::string> CouriersNow(const sync::ShipmentRequest& request, Instant now) {
  return sync::CouriersFor(request.policy, request.store, now, request.tried);
}

void ShowOffer(JsonWriter& out, const sync::CourierOffer& offer) {
  out.BeginObject().Member("connection", offer.connection).Member("platform", offer.platform);
  out.Member("late", offer.late);
  const auto time = [&out](const char* name, const std::optional<Instant>& at) {
    out.Key(name);
    if (at) {
      out.String(ToRfc3339(*at));
    } else {
      out.Null();
    }
  };
  if (offer.quote) {
    out.Member("fee", offer.quote->fee.fen());
    out.Key("distance_m");
    if (offer.quote->distance_m) {
      out.Int(*offer.quote->distance_m);
    } else {
      out.Null();
    }
    time("deliver_at", offer.quote->deliver_at);
    time("expires_at", offer.quote->expires_at);
    out.Key("error").Null();
  } else {
    const Error& error = offer.quote.error();
    out.Key("error").BeginObject();
    out.Member("kind", Name(error.kind)).Member("code", error.remote_code);
    out.Member("message", error.message).EndObject();
  }
  out.EndObject();
}

awaitable<net::Response> Quote(DispatchParts parts, Call call) {
  const auto patience = call.query.Number("within_ms", kDefaultPatience, 1, kMostPatience);
  if (!patience) co_return Refuse(call, patience.error());
  auto given = sync::ReadShipmentRequest(call.request.body);
  if (!given) co_return Refuse(call, given.error());
  auto request = co_await Complete(parts.commands.storage, call.merchant, *std::move(given));
  if (!request) co_return Refuse(call, request.error());
  request->consignment.number = kQuoteNumber;
  const auto couriers = CouriersNow(*request, parts.commands.clock.Now());
  const auto offers = co_await parts.quotes.Ask(call.merchant, request->store, request->consignment,
                                                couriers, std::chrono::milliseconds(*patience));
  net::Response response;
  JsonWriter out(response.body);
  out.BeginObject().Key("data").BeginArray();
  for (const sync::CourierOffer& offer : offers) ShowOffer(out, offer);
  out.EndArray().Key("next_cursor").Null().EndObject();
  co_return response;
}

awaitable<Result<PlannedCommand>> CreationOf(DispatchParts parts, std::string merchant,
                                             std::string body) {
  auto given = sync::ReadShipmentRequest(body);
  if (!given) co_return std::unexpected(given.error());
  auto request = co_await Complete(parts.commands.storage, std::move(merchant), *std::move(given));
  if (!request) co_return std::unexpected(request.error());
  co_return PlannedCommand{.request = {.kind = "shipment.create",
                                       .subject = {},
                                       .platform_subject = {},
                                       .deadline = parts.commands.clock.Now() + kOrderWithin,
                                       .arguments = sync::EncodeShipmentRequest(*request)},
                           .connection = {},
                           .platform = {}};
}

awaitable<net::Response> Create(DispatchParts parts, Call call) {
  const MakeCommand make = [parts, merchant = call.merchant, body = call.request.body] {
    return CreationOf(parts, merchant, body);
  };
  co_return co_await Submit(parts.commands, std::move(call), make);
}

Result<sync::ActArguments> ReadAct(const Act& act, const std::string& text) {
  sync::ActArguments arguments;
  std::optional<std::uint32_t> amount;
  constexpr std::uint32_t kMostTip = 100'000;
  BodyReader body(text, {"reason", "text", "amount"});
  body.Text("reason", arguments.reason)
      .Text("text", arguments.text)
      .Number("amount", 1, kMostTip, amount);
  if (std::string_view(act.word) == "tip") body.Require("amount");
  if (auto read = body.Finish(); !read) return std::unexpected(read.error());
  arguments.amount = Money::FromFen(amount.value_or(0));
  return arguments;
}

awaitable<Result<PlannedCommand>> ActionOf(DispatchParts parts, std::string merchant,
                                           std::string id, Act act, std::string body) {
  const auto arguments = ReadAct(act, body);
  if (!arguments) co_return std::unexpected(arguments.error());
  const auto known = co_await sync::ReadShipment(parts.commands.storage, std::move(merchant), id);
  if (!known) co_return std::unexpected(known.error());
  if (!*known) co_return Fail(ErrorKind::kNotFound, "no such shipment");
  co_return PlannedCommand{.request = {.kind = act.kind,
                                       .subject = std::move(id),
                                       .platform_subject = (*known)->ref.platform_no,
                                       .deadline = parts.commands.clock.Now() + kActWithin,
                                       .arguments = sync::EncodeAct(*arguments)},
                           .connection = (*known)->connection,
                           .platform = (*known)->platform};
}

awaitable<net::Response> Do(DispatchParts parts, Call call, Act act) {
  const MakeCommand make = [parts, merchant = call.merchant, id = call.path.at(0), act,
                            body = call.request.body] {
    return ActionOf(parts, merchant, id, act, body);
  };
  co_return co_await Submit(parts.commands, std::move(call), make);
}

awaitable<net::Response> Label(DispatchParts parts, Call call) {
  const auto known =
      co_await sync::ReadShipment(parts.commands.storage, call.merchant, call.path.at(0));
  if (!known) co_return Refuse(call, known.error());
  if (!*known) co_return Refuse(call, "not_found", "no such shipment");
  const auto reader = parts.readers(call.merchant, (*known)->connection);
  if (!reader || !reader->courier) {
    co_return Refuse(call, "not_found", "no courier that can be reached has this shipment");
  }
  auto label = co_await reader->courier->Label((*known)->ref);
  if (!label) co_return Refuse(call, label.error());
  net::Response response;
  response.content_type = "application/pdf";
  response.body = *std::move(label);
  co_return response;
}

}  // namespace

std::vector<EndpointRow> DispatchEndpoints(const DispatchParts& parts) {
  std::vector<EndpointRow> rows = {
      {"POST",
       "/v1/shipments/quotes",
       Scope::kWrite,
       {"within_ms"},
       [parts](Call call) { return Quote(parts, std::move(call)); }},
      {"POST",
       "/v1/shipments",
       Scope::kWrite,
       {"wait"},
       [parts](Call call) { return Create(parts, std::move(call)); }},
      {"GET",
       "/v1/shipments/{id}/label",
       Scope::kReadPersonal,
       {},
       [parts](Call call) { return Label(parts, std::move(call)); }},
  };
  for (const Act& act : kActs) {
    rows.push_back({"POST",
                    std::string("/v1/shipments/{id}/") + act.word,
                    Scope::kWrite,
                    {"wait"},
                    [parts, act](Call call) { return Do(parts, std::move(call), act); }});
  }
  return rows;
}

}  // namespace weir::gateway
