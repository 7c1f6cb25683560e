// SPDX-License-Identifier: Apache-2.0
#include "connectors/douyin/desk.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <utility>

#include "base/json_writer.hpp"
#include "connectors/reasons.hpp"

namespace weir::connectors::douyin {
namespace {

/// Protocol A6.2.
constexpr std::array kRefusals{
    ReasonCode{reason::kWrongContact, "501"}, ReasonCode{reason::kSoldOut, "502"},
    ReasonCode{reason::kClosed, "503"},       ReasonCode{reason::kTooBusy, "504"},
    ReasonCode{reason::kOutOfRange, "505"},
};
constexpr std::string_view kTooBusy = "504";
/// Why a refund is declined: another reason.
constexpr std::string_view kOther = "103";

std::string OrderJson(std::string_view platform_order_id) {
  std::string body;
  JsonWriter(body).BeginObject().Member("order_id", platform_order_id).EndObject();
  return body;
}

/// Protocol A6.3; zero for what Douyin has no word for.
int BehaviorOf(model::ShipmentStatus status) {
  switch (status) {
    case model::ShipmentStatus::kAssigned:
      return 1;
    case model::ShipmentStatus::kAtPickup:
      return 2;
    case model::ShipmentStatus::kPickedUp:
      return 3;
    case model::ShipmentStatus::kDelivered:
      return 4;
    case model::ShipmentStatus::kCancelled:
    case model::ShipmentStatus::kFailed:
      return 5;
    default:
      return 0;
  }
}

void WriteReason(JsonWriter& json, std::string_view code, std::string_view reason) {
  json.Key("reject_reason").BeginObject().Key("reason_code").BeginArray().Number(code).EndArray();
  json.Member("desc", ReasonText(reason)).EndObject();
}

}  // namespace

boost::asio::awaitable<Result<void>> Desk::Accept(std::string platform_order_id) {
  return Post("goodlife/v1/trade/buy/merchant_confirm_order", OrderJson(platform_order_id));
}

boost::asio::awaitable<Result<void>> Desk::Refuse(std::string platform_order_id,
                                                  std::string reason) {
  std::string body;
  JsonWriter json(body);
  json.BeginObject().Member("order_id", platform_order_id);
  WriteReason(json, CodeOf(reason, kRefusals, kTooBusy), reason);
  json.EndObject();
  return Post("goodlife/v1/after_sale/order/merchant_reject", std::move(body));
}

boost::asio::awaitable<Result<void>> Desk::Ready(std::string platform_order_id) {
  return Post("goodlife/v1/hermes/preparation/complete/confirm", OrderJson(platform_order_id));
}

boost::asio::awaitable<Result<void>> Desk::DecideRefund(std::string /*platform_order_id*/,
                                                        std::string refund_id, bool approve,
                                                        std::string reason) {
  std::string body;
  JsonWriter json(body);
  json.BeginObject().Member("after_sale_id", refund_id).Member("is_approved", approve);
  if (!approve) WriteReason(json, kOther, reason);
  json.EndObject();
  return Post("goodlife/v1/after_sale/audit/notify", std::move(body));
}

boost::asio::awaitable<Result<void>> Desk::TellDelivery(DeliveryNews news) {
  const int behavior = BehaviorOf(news.status);
  if (behavior == 0) co_return Result<void>{};
  const auto seconds = std::chrono::floor<std::chrono::seconds>(news.at).time_since_epoch().count();
  std::string body;
  JsonWriter json(body);
  json.BeginObject().Member("order_id", news.platform_order_id);
  json.Member("behavior", std::int64_t{behavior}).Key("three_source").Number(rider_source_);
  json.Member("three_delivery_id", news.shipment).Member("rider_flow_time", seconds);
  if (behavior == 1) json.Member("accept_time", seconds);
  const auto told = [&json](const char* name, const std::string& value) {
    if (!value.empty()) json.Member(name, value);
  };
  told("rider_name", news.rider_name);
  told("rider_phone", news.rider_phone);
  told("rider_lat", news.latitude);
  told("rider_lng", news.longitude);
  json.EndObject();
  co_return co_await Post("goodlife/v1/fulfilment/distribution/order/sync_status", std::move(body));
}

boost::asio::awaitable<Result<void>> Desk::Post(std::string path, std::string body) {
  const auto answer = co_await client_->Post(std::move(path), std::move(body), false);
  if (!answer) co_return std::unexpected(answer.error());
  co_return Result<void>{};
}

}  // namespace weir::connectors::douyin
