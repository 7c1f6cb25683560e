// SPDX-License-Identifier: Apache-2.0
#include "connectors/dada/shipments.hpp"

#include <fmt/format.h>

#include "connectors/dada/bodies.hpp"
#include "connectors/dada/errors.hpp"
#include "mapping/dada/map.hpp"
#include "mapping/dada/quote.hpp"
#include "mapping/members.hpp"
#include "mapping/pages.hpp"

namespace weir::connectors::dada {
namespace {

static_assert(kStatusQuery.topic() == mapping::dada::kReadTopic);
static_assert(kPosition.topic() == mapping::dada::kPositionTopic);
static_assert(kAddOrder.topic() == mapping::dada::kAddTopic);
static_assert(kFormalCancel.topic() == mapping::dada::kCancelTopic);
static_assert(kMessageConfirm.topic() == mapping::dada::kConfirmTopic);
static_assert(kConfirmGoods.topic() == mapping::dada::kReturnTopic);

std::unexpected<Error> Unsupported(std::string_view what) {
  return std::unexpected(Error{.kind = ErrorKind::kRejected,
                               .message = fmt::format("Dada knows no {}.", what),
                               .remote_code = "unsupported",
                               .retry_after = std::nullopt});
}

/// The answer under the number it is about, which it does not name.
PulledItem Under(std::string_view number, PulledItem answer) {
  std::string page;
  mapping::AppendPage(page, number, answer.payload);
  answer.payload = std::move(page);
  answer.dialect = mapping::kPagesDialect;
  return answer;
}

/// The tip that a read tells.
std::optional<Money> TipOf(const PulledItem& read) {
  const mapping::Mapped mapped = mapping::dada::Map({.pulled = true,
                                                     .dialect = read.dialect,
                                                     .topic = read.topic,
                                                     .bytes = read.payload,
                                                     .received_at = read.asked_at});
  if (mapped.shipments.empty() || !mapped.shipments.front().look) return std::nullopt;
  return mapped.shipments.front().look->tip;
}

bool NamesAnybody(const PulledItem& positions) {
  const auto document = mapping::JsonDocument::Parse(positions.payload);
  if (!document) return false;
  const mapping::Value list = mapping::MemberAt(mapping::Value(document->root()), "result");
  return list.is_array() && list.array().size() > 0;
}

}  // namespace

boost::asio::awaitable<Result<CourierQuote>> Shipments::Quote(Consignment consignment) {
  auto answer = co_await client_->Call(
      kQueryDeliverFee, OrderBody(consignment, client_->credentials(), client_->Now()));
  if (!answer) co_return std::unexpected(std::move(answer.error()));
  co_return mapping::dada::QuoteOf(answer->payload, answer->asked_at);
}

boost::asio::awaitable<Result<PulledItem>> Shipments::Create(Consignment consignment,
                                                             std::optional<CourierQuote> quote) {
  const bool stands = quote && !quote->reference.empty() && quote->expires_at &&
                      *quote->expires_at > client_->Now();
  if (stands) {
    auto answer = co_await Add(consignment.number, kAddAfterQuery, QuotedBody(quote->reference));
    if (answer && answer->topic == kAddAfterQuery.topic()) {
      answer->topic = fmt::format("{}{}", mapping::dada::kAddQuotedTopic, quote->fee.ToYuan());
    }
    const bool expired = !answer && Is(answer.error(), CodeClass::kQuoteExpired);
    if (!expired) co_return answer;
  }
  co_return co_await Add(consignment.number, kAddOrder,
                         OrderBody(consignment, client_->credentials(), client_->Now()));
}

boost::asio::awaitable<Result<PulledItem>> Shipments::Add(std::string number, Endpoint endpoint,
                                                          std::string body) {
  auto answer = co_await Do(number, endpoint, std::move(body));
  // A number that is ordered cannot be unknown: the read is behind, and what was done is not told.
  if (!answer && answer.error().kind == ErrorKind::kNotFound &&
      answer.error().remote_code == kUnknownOrder) {
    answer.error().kind = ErrorKind::kTransport;
  }
  co_return answer;
}

boost::asio::awaitable<Result<PulledItem>> Shipments::Do(std::string number, Endpoint endpoint,
                                                         std::string body) {
  auto answer = co_await client_->Call(endpoint, std::move(body));
  if (answer) co_return Under(number, *std::move(answer));
  if (!Is(answer.error(), CodeClass::kDone)) co_return answer;
  co_return co_await client_->Call(kStatusQuery, NumberBody(number));
}

boost::asio::awaitable<Result<std::vector<PulledItem>>> Shipments::Read(ShipmentRef shipment) {
  auto answer = co_await client_->Call(kStatusQuery, NumberBody(shipment.number));
  if (!answer) co_return std::unexpected(std::move(answer.error()));
  std::vector<PulledItem> items;
  items.push_back(*std::move(answer));
  co_return items;
}

boost::asio::awaitable<Result<PulledItem>> Shipments::Locate(ShipmentRef shipment) {
  auto answer = co_await client_->Call(kPosition, PositionBody(shipment.number));
  if (answer && !NamesAnybody(*answer)) {
    co_return Fail(ErrorKind::kNotFound, "No rider has the shipment.");
  }
  co_return answer;
}

boost::asio::awaitable<Result<PulledItem>> Shipments::Act(ShipmentRef shipment, ShipmentAct act) {
  using Kind = ShipmentAct::Kind;
  switch (act.kind) {
    case Kind::kCancel:
      co_return co_await Do(shipment.number, kFormalCancel, CancelBody(shipment.number, act));
    case Kind::kTip:
      co_return co_await Tip(std::move(shipment.number), act.amount);
    case Kind::kLetRiderOff:
    case Kind::kHoldRider:
      co_return co_await Do(shipment.number, kMessageConfirm, ConfirmBody(shipment, act));
    case Kind::kConfirmReturn:
      co_return co_await Do(shipment.number, kConfirmGoods, NumberBody(shipment.number));
    case Kind::kUrge:
    case Kind::kProductReady:
    case Kind::kIntercept:
      break;
  }
  co_return Unsupported("such act");
}

boost::asio::awaitable<Result<PulledItem>> Shipments::Tip(std::string number, Money tip) {
  auto answer = co_await client_->Call(kAddTip, TipBody(number, tip, client_->credentials()));
  if (answer) {
    answer->topic = fmt::format("{}{}", mapping::dada::kTipTopic, tip.ToYuan());
    co_return Under(number, *std::move(answer));
  }
  if (answer.error().remote_code != kTipNotAbove) co_return answer;
  auto read = co_await client_->Call(kStatusQuery, NumberBody(number));
  if (read && TipOf(*read) == tip) co_return read;
  co_return answer;
}

boost::asio::awaitable<Result<std::string>> Shipments::Label(ShipmentRef /*shipment*/) {
  co_return Unsupported("label");
}

}  // namespace weir::connectors::dada
