// SPDX-License-Identifier: Apache-2.0
#include "simulators/sf_city/pushes.hpp"

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "base/text.hpp"
#include "simulators/chance.hpp"
#include "simulators/members.hpp"
#include "simulators/sf_city/signature.hpp"
#include "simulators/sf_city/status.hpp"

namespace weir::simulators::sf_city {
namespace {

constexpr std::string_view kException = "rider_exception";
constexpr int kExceptionId = 1;

/// Which kind of callback tells of the delivery's last step; empty: none does.
std::string_view KindOf(const Delivery& delivery) {
  switch (delivery.stage) {
    case Stage::kSearching:
      return delivery.steps.back().repeat == Repeat::kGivenUp ? "rider_recall" : "";
    case Stage::kDelivered:
      return "order_complete";
    case Stage::kReturned:
    case Stage::kStillborn:
    case Stage::kCancelled:
      return "sf_cancel";
    default:
      return "rider_status";
  }
}

std::string ReasonOf(const Delivery& delivery) {
  switch (delivery.stage) {
    case Stage::kReturned:
      return "无法妥投，物品已退回商家";
    case Stage::kStillborn:
      return "可疑订单";
    default:
      return delivery.cancellation.reason;
  }
}

}  // namespace

PushDesk::PushDesk(const Options& options, Deliveries& book, Counts& counts, Random& random)
    : CourierDesk(options, book, counts, random), options_(options) {}

void PushDesk::WriteHead(JsonWriter& json, const Delivery& delivery, std::string_view kind) {
  const bool as_number = Chance(random_, options_.quirks.number_ids);
  const bool blank = Chance(random_, options_.quirks.trailing_blank);
  json.BeginObject().Key("shop_id").Number(delivery.shop).Key("sf_order_id");
  as_number ? json.Number(delivery.platform_no) : json.String(delivery.platform_no);
  json.Member("shop_order_id", delivery.number)
      .Member("url_index", std::string(kind) + (blank ? " " : ""))
      .Member("operator_name", delivery.rider ? delivery.rider->name : "客服");
  if (delivery.rider) json.Member("operator_phone", delivery.rider->phone);
}

void PushDesk::TellStage(Delivery& delivery, Instant at) {
  if (delivery.stage == Stage::kReturning) {
    TellException(delivery, "顾客拒收", at);
    return;
  }
  const bool own_told = Chance(random_, options_.quirks.own_cancels);
  const bool own = delivery.cancellation.by == Canceller::kMerchant;
  const std::string_view kind = own && !own_told ? std::string_view() : KindOf(delivery);
  std::string body;
  JsonWriter json(body);
  // Drawn whether it is told or not.
  WriteHead(json, delivery, kind);
  if (kind.empty()) {
    return;
  }
  if (const auto place = PositionOf(delivery, at)) {
    json.Member("rider_lng", Degrees(place->longitude))
        .Member("rider_lat", Degrees(place->latitude));
  }
  const int status = StatusOf(delivery.steps.back());
  json.Member("order_status", status).Member("status_desc", StatusText(status));
  if (kind == "sf_cancel") json.Member("cancel_reason", ReasonOf(delivery));
  json.Member("push_time", UnixSeconds(at)).EndObject();
  SendSigned(delivery,
             {.topic = std::string(kind), .what = "status " + std::to_string(status), .at = at},
             std::move(body));
}

void PushDesk::TellTrouble(Delivery& delivery, Instant at) {
  TellException(delivery, "联系不上顾客", at);
}

void PushDesk::TellException(Delivery& delivery, std::string_view content, Instant at) {
  std::string body;
  JsonWriter json(body);
  WriteHead(json, delivery, kException);
  json.Member("ex_id", kExceptionId)
      .Member("ex_content", content)
      .Member("push_time", UnixSeconds(at))
      .EndObject();
  SendSigned(delivery, {.topic = std::string(kException), .what = "exception", .at = at},
             std::move(body));
}

void PushDesk::SendSigned(Delivery& delivery, CourierNews news, std::string body) {
  const std::string sign = SignBody(body, options_.dev_id, options_.dev_key);
  Send(delivery, std::move(news),
       {.url = options_.push_url + "?sign=" + PercentEncode(sign), .body = std::move(body)});
}

bool PushDesk::IsOk(const PushAnswer& answer) const {
  const auto json = nlohmann::json::parse(answer.body, nullptr, false);
  return answer.status == 200 && json.is_object() && IntIn(json, "error_code") == 0;
}

void PushDesk::Forge(CourierMessage& message, std::size_t which) const {
  // Of ten digits all but the first, which may not be 0.
  const std::size_t digits = message.body.find("\"push_time\":") + sizeof("\"push_time\":") - 1;
  char& c = message.body[digits + 1 + which % 9];
  c = c == '0' ? '1' : '0';
}

}  // namespace weir::simulators::sf_city
