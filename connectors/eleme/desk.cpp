// SPDX-License-Identifier: Apache-2.0
#include "connectors/eleme/desk.hpp"

#include <array>
#include <utility>

#include "base/json_writer.hpp"
#include "connectors/reasons.hpp"

namespace weir::connectors::eleme {
namespace {

/// Protocol §1.9.
constexpr std::array kRefusals{
    ReasonCode{reason::kSoldOut, "foodSoldOut"},
    ReasonCode{reason::kClosed, "restaurantClosed"},
    ReasonCode{reason::kTooBusy, "restaurantTooBusy"},
    ReasonCode{reason::kOutOfRange, "distanceTooFar"},
    ReasonCode{reason::kWrongContact, "contactUserFailed"},
};

std::string OrderParams(std::string_view platform_order_id) {
  std::string params;
  JsonWriter(params).BeginObject().Member("orderId", platform_order_id).EndObject();
  return params;
}

}  // namespace

boost::asio::awaitable<Result<void>> Desk::Accept(std::string platform_order_id) {
  return Call("eleme.order.confirmOrderLite", OrderParams(platform_order_id));
}

boost::asio::awaitable<Result<void>> Desk::Refuse(std::string platform_order_id,
                                                  std::string reason) {
  std::string params;
  JsonWriter json(params);
  json.BeginObject().Member("orderId", platform_order_id);
  json.Member("type", CodeOf(reason, kRefusals, "others"));
  json.Member("remark", ReasonText(reason)).EndObject();
  return Call("eleme.order.cancelOrderLite", std::move(params));
}

boost::asio::awaitable<Result<void>> Desk::Ready(std::string platform_order_id) {
  return Call("eleme.order.setOrderPrepared", OrderParams(platform_order_id));
}

boost::asio::awaitable<Result<void>> Desk::DecideRefund(std::string platform_order_id,
                                                        std::string /*refund_id*/, bool approve,
                                                        std::string reason) {
  if (approve) return Call("eleme.order.agreeRefundLite", OrderParams(platform_order_id));
  std::string params;
  JsonWriter json(params);
  json.BeginObject().Member("orderId", platform_order_id);
  json.Member("reason", ReasonText(reason)).EndObject();
  return Call("eleme.order.disagreeRefundLite", std::move(params));
}

boost::asio::awaitable<Result<void>> Desk::TellDelivery(DeliveryNews news) {
  const bool begins = news.status == model::ShipmentStatus::kPickedUp;
  if (!begins && news.status != model::ShipmentStatus::kDelivered) co_return Result<void>{};
  std::string params;
  JsonWriter json(params);
  json.BeginObject().Member("orderId", news.platform_order_id);
  json.Member("phone", news.rider_phone).EndObject();
  co_return co_await Call(
      begins ? "eleme.order.startDeliveryBySelf" : "eleme.order.completeDeliveryBySelf",
      std::move(params));
}

boost::asio::awaitable<Result<void>> Desk::Call(std::string action, std::string params) {
  const auto answer = co_await client_->Call(std::move(action), std::move(params));
  if (!answer) co_return std::unexpected(answer.error());
  co_return Result<void>{};
}

}  // namespace weir::connectors::eleme
