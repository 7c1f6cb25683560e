// SPDX-License-Identifier: Apache-2.0
#include "connectors/sf_city/courier.hpp"

#include <algorithm>
#include <array>

#include "connectors/sf_city/bodies.hpp"
#include "connectors/sf_city/quote.hpp"
#include "mapping/pages.hpp"

namespace weir::connectors::sf_city {
namespace {

constexpr Action kQuote{.name = "precreateorder", .read = true};
constexpr Action kCreate{.name = "createorder"};
constexpr Action kState{.name = "getorderstatus", .read = true};
constexpr Action kWay{.name = "listorderfeed", .read = true};
constexpr Action kKeptCallbacks{.name = "getcallbackinfo", .read = true};
constexpr Action kPosition{.name = "riderlatestposition", .read = true};
constexpr Action kCancel{.name = "cancelorder"};
constexpr Action kTipSoFar{.name = "getordergratuityfee", .read = true};
constexpr Action kAddTip{.name = "addordergratuityfee"};
constexpr Action kUrge{.name = "reminderorder"};
constexpr Action kReady{.name = "notifyproductready"};

struct CancelReason {
  std::string_view word;
  std::string_view text;
};
/// What SF's people read where the merchant says nothing more.
constexpr std::array kCancelReasons{
    CancelReason{"no_rider", "长时间无骑手接单"},
    CancelReason{"customer", "顾客取消订单"},
    CancelReason{"wrong_order", "订单信息填写错误"},
    CancelReason{"not_needed", "不再需要配送"},
    CancelReason{"rider", "配送员原因"},
};

std::string CancelText(const ShipmentAct& act) {
  constexpr std::size_t kLongest = 128;
  if (!act.text.empty()) return Shortened(act.text, kLongest);
  const auto* const known = std::ranges::find(kCancelReasons, act.reason, &CancelReason::word);
  return std::string(known != kCancelReasons.end() ? known->text : "商家发起取消");
}

/// The item of an answer about the shipment `number`, which stands around an answer that does not
/// name it.
PulledItem Named(Answer answer, const std::string& number) {
  if (!answer.verdict.names_number) {
    std::string page;
    mapping::AppendPage(page, number, answer.item.payload);
    answer.item.payload = std::move(page);
    answer.item.dialect = mapping::kPagesDialect;
  }
  return std::move(answer.item);
}

/// Understood, and no: neither unanswered nor unauthorised.
bool IsRefusal(const Error& error) {
  return error.kind == ErrorKind::kRejected || error.kind == ErrorKind::kNotFound;
}

bool Exists(const Verdict&) { return true; }
bool IsCancelled(const Verdict& verdict) {
  return verdict.order_status == "2" || verdict.order_status == "28";
}

std::unexpected<Error> Unsupported(std::string message) {
  return std::unexpected(Error{.kind = ErrorKind::kRejected,
                               .message = std::move(message),
                               .remote_code = "unsupported",
                               .retry_after = std::nullopt});
}

}  // namespace

boost::asio::awaitable<Result<CourierQuote>> SfCity::Quote(Consignment consignment) {
  auto body = QuoteBody(client_->credentials(), consignment, client_->Now());
  if (!body) co_return std::unexpected(std::move(body.error()));
  const auto answer = co_await client_->Post(kQuote, *std::move(body));
  if (!answer) co_return std::unexpected(answer.error());
  co_return ReadQuote(answer->item);
}

boost::asio::awaitable<Result<PulledItem>> SfCity::Create(Consignment consignment,
                                                          std::optional<CourierQuote> /*quote*/) {
  auto body = CreateBody(client_->credentials(), consignment, client_->Now());
  if (!body) co_return std::unexpected(std::move(body.error()));
  auto answer = co_await client_->Post(kCreate, *std::move(body));
  if (answer) co_return Named(*std::move(answer), consignment.number);
  co_return co_await UnlessDone(std::move(answer.error()),
                                {.number = std::move(consignment.number),
                                 .platform_shop = std::move(consignment.platform_shop),
                                 .platform_no = {},
                                 .phone = {}},
                                Exists);
}

boost::asio::awaitable<Result<std::vector<PulledItem>>> SfCity::Read(ShipmentRef shipment) {
  auto state = co_await AskState(shipment);
  if (!state) co_return std::unexpected(std::move(state.error()));
  std::vector<PulledItem> items;
  items.push_back(Named(*std::move(state), shipment.number));
  auto way = co_await Ask(kWay, shipment);
  if (!way && IsRefusal(way.error())) way = co_await Ask(kKeptCallbacks, shipment);
  if (way) {
    items.push_back(Named(*std::move(way), shipment.number));
  } else if (!IsRefusal(way.error())) {
    co_return std::unexpected(std::move(way.error()));
  }
  // Neither of them tells the tip.
  auto tip = co_await Ask(kTipSoFar, shipment);
  if (!tip && !IsRefusal(tip.error())) co_return std::unexpected(std::move(tip.error()));
  if (tip) items.push_back(Named(*std::move(tip), shipment.number));
  co_return items;
}

boost::asio::awaitable<Result<PulledItem>> SfCity::Locate(ShipmentRef shipment) {
  auto answer = co_await Ask(kPosition, shipment);
  if (!answer) co_return std::unexpected(std::move(answer.error()));
  // Around it our number would hide how its coordinates are written.
  if (!answer->verdict.names_number) {
    co_return Fail(ErrorKind::kMalformed, "SF intra-city's answer names no order.");
  }
  co_return std::move(answer->item);
}

boost::asio::awaitable<Result<PulledItem>> SfCity::Act(ShipmentRef shipment, ShipmentAct act) {
  switch (act.kind) {
    case ShipmentAct::Kind::kCancel:
      co_return co_await Cancel(std::move(shipment), std::move(act));
    case ShipmentAct::Kind::kTip:
      co_return co_await Tip(std::move(shipment), std::move(act));
    case ShipmentAct::Kind::kProductReady:
      co_return co_await TellReady(std::move(shipment));
    case ShipmentAct::Kind::kUrge: {
      auto answer = co_await Ask(kUrge, shipment);
      if (!answer) co_return std::unexpected(std::move(answer.error()));
      co_return Named(*std::move(answer), shipment.number);
    }
    default:
      co_return Unsupported("SF intra-city knows no such act.");
  }
}

boost::asio::awaitable<Result<std::string>> SfCity::Label(ShipmentRef /*shipment*/) {
  co_return Unsupported("SF intra-city has no labels.");
}

boost::asio::awaitable<Result<Answer>> SfCity::Ask(Action action, ShipmentRef shipment) {
  OrderBody body(client_->credentials(), shipment, client_->Now());
  co_return co_await client_->Post(action, body.Take());
}

boost::asio::awaitable<Result<Answer>> SfCity::AskState(ShipmentRef shipment) {
  auto answer = co_await Ask(kState, std::move(shipment));
  if (!answer && answer.error().remote_code == client_->credentials().unknown_order) {
    answer.error().kind = ErrorKind::kNotFound;
  }
  co_return answer;
}

boost::asio::awaitable<Result<PulledItem>> SfCity::UnlessDone(Error refusal, ShipmentRef shipment,
                                                              bool (*is_so)(const Verdict&)) {
  if (!IsRefusal(refusal)) co_return std::unexpected(std::move(refusal));
  auto state = co_await AskState(shipment);
  if (state && is_so(state->verdict)) co_return Named(*std::move(state), shipment.number);
  if (!state && !IsRefusal(state.error())) co_return std::unexpected(std::move(state.error()));
  co_return std::unexpected(std::move(refusal));
}

boost::asio::awaitable<Result<PulledItem>> SfCity::Cancel(ShipmentRef shipment, ShipmentAct act) {
  OrderBody body(client_->credentials(), shipment, client_->Now());
  body.json()
      .Member("cancel_code", client_->credentials().cancel_code)
      .Member("cancel_reason", CancelText(act));
  auto answer = co_await client_->Post(kCancel, body.Take());
  if (answer) co_return Named(*std::move(answer), shipment.number);
  co_return co_await UnlessDone(std::move(answer.error()), std::move(shipment), IsCancelled);
}

boost::asio::awaitable<Result<PulledItem>> SfCity::Tip(ShipmentRef shipment, ShipmentAct act) {
  auto so_far = co_await Ask(kTipSoFar, shipment);
  if (!so_far) co_return std::unexpected(std::move(so_far.error()));
  const auto given = Money::ParseFen(so_far->verdict.total_gratuity_fee.value_or(""));
  const auto missing = given ? act.amount.Minus(*given) : std::nullopt;
  if (!missing) {
    co_return Fail(ErrorKind::kMalformed, "SF intra-city's answer names no tip.");
  }
  if (missing->is_zero()) co_return Named(*std::move(so_far), shipment.number);
  if (*missing < Money()) {
    co_return Fail(ErrorKind::kRejected, "A tip of SF intra-city cannot be lowered.");
  }
  if (*missing < kLeastTip) {
    co_return Fail(ErrorKind::kRejected, "SF intra-city adds at least 1 yuan to a tip.");
  }
  OrderBody body(client_->credentials(), shipment, client_->Now());
  body.json().Member("gratuity_fee", *missing).Member("serial_number", act.serial);
  auto answer = co_await client_->Post(kAddTip, body.Take());
  if (!answer) co_return std::unexpected(std::move(answer.error()));
  co_return Named(*std::move(answer), shipment.number);
}

boost::asio::awaitable<Result<PulledItem>> SfCity::TellReady(ShipmentRef shipment) {
  const Instant now = client_->Now();
  OrderBody body(client_->credentials(), shipment, now);
  body.json().Member("notice_ready_time", UnixSeconds(now));
  auto answer = co_await client_->Post(kReady, body.Take());
  if (!answer) co_return std::unexpected(std::move(answer.error()));
  co_return Named(*std::move(answer), shipment.number);
}

}  // namespace weir::connectors::sf_city
