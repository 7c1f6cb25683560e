// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <string>

#include "simulators/china_time.hpp"
#include "simulators/members.hpp"
#include "simulators/sf_city/calls.hpp"
#include "simulators/sf_city/status.hpp"

namespace weir::simulators::sf_city {
namespace {

std::string WallTime(Instant at) {
  std::string text = ChinaTime(at);
  text[text.find('T')] = ' ';
  return text;
}

void WriteStep(JsonWriter& json, const Call& call, const Delivery& delivery, const Step& step) {
  const int status = StatusOf(step);
  BeginAnswer(json, call, delivery);
  json.Member("order_status", status)
      .Member("operator", step.rider ? step.rider->name : "【门店生成订单】")
      .Member("operator_name", step.rider ? step.rider->name : "")
      .Member("operator_phone", step.rider ? step.rider->phone : "")
      .Member("status_desc", StatusText(status))
      .Member("content", StatusText(status))
      .Member("create_time", WallTime(step.at))
      .EndObject();
}

}  // namespace

Outcome GetOrderStatus(const Call& call) {
  const auto found = DeliveryOf(call);
  if (!found) {
    return std::unexpected(found.error());
  }
  const Delivery delivery = AsOf(**found, call.now - call.parts.options.read_lag);
  const Step& last = delivery.steps.back();
  const int status = StatusOf(last);
  std::string text;
  JsonWriter json(text);
  json.BeginObject();
  WriteSfId(json, "order_id", call, delivery);
  json.Key("shop_id")
      .Number(delivery.shop)
      .Member("out_order_id", delivery.number)
      .Member("order_status", status)
      .Member("status_desc", StatusText(status))
      .Member("rider_name", delivery.rider ? delivery.rider->name : "")
      .Member("rider_phone", delivery.rider ? delivery.rider->phone : "")
      .Member("push_time", UnixSeconds(last.at))
      .EndObject();
  return text;
}

Outcome ListOrderFeed(const Call& call) {
  const auto found = DeliveryOf(call);
  if (!found) {
    return std::unexpected(found.error());
  }
  const Delivery delivery = AsOf(**found, call.now - call.parts.options.read_lag);
  std::string text;
  JsonWriter json(text);
  BeginAnswer(json, call, delivery);
  json.Member("create_time", UnixSeconds(delivery.steps.front().at))
      .Member("push_time", UnixSeconds(delivery.steps.back().at))
      .Key("feed")
      .BeginArray();
  for (const Step& step : delivery.steps) WriteStep(json, call, delivery, step);
  json.EndArray().EndObject();
  return text;
}

Outcome RiderLatestPosition(const Call& call) {
  const auto found = DeliveryOf(call);
  if (!found) {
    return std::unexpected(found.error());
  }
  const Delivery& delivery = **found;
  // Riders are located every half a minute.
  constexpr std::int64_t kEvery = 30;
  const std::int64_t latest = UnixSeconds(call.now) / kEvery * kEvery;
  const Instant at = std::max(Instant(std::chrono::seconds(latest)), delivery.steps.back().at);
  const auto place = PositionOf(delivery, at);
  if (!place) {
    return Refused(code::kNoRider, "暂无骑手位置");
  }
  std::string text;
  JsonWriter json(text);
  BeginAnswer(json, call, delivery);
  json.Member("rider_name", delivery.rider->name)
      .Member("rider_phone", delivery.rider->phone)
      .Member("rider_lng", Degrees(place->longitude))
      .Member("rider_lat", Degrees(place->latitude))
      .Member("upload_time", std::to_string(UnixSeconds(at)))
      .EndObject();
  return text;
}

Outcome RiderView(const Call& call) {
  const auto found = DeliveryOf(call);
  if (!found) {
    return std::unexpected(found.error());
  }
  std::string text;
  JsonWriter json(text);
  BeginAnswer(json, call, **found);
  json.Member("url", "https://openic.sf-express.com/rider/" + (*found)->platform_no).EndObject();
  return text;
}

Outcome GetCallbackInfo(const Call& call) {
  const auto found = DeliveryOf(call);
  if (!found) {
    return std::unexpected(found.error());
  }
  auto all = nlohmann::json::array();
  for (const std::string& body : (*found)->told) {
    auto callback = nlohmann::json::parse(body);
    // Here they are numbers.
    for (const char* name : {"rider_lng", "rider_lat"}) {
      if (callback.contains(name)) callback[name] = std::stod(TextIn(callback, name));
    }
    all.push_back(std::move(callback));
  }
  return all.dump();
}

Outcome GetShopAccountBalance(const Call& call) {
  std::string text;
  JsonWriter(text)
      .BeginObject()
      .Member("shop_id", TextIn(call.params, "shop_id"))
      .Member("account_balance", call.parts.life.balance())
      .Member("push_time", UnixSeconds(call.now))
      .EndObject();
  return text;
}

}  // namespace weir::simulators::sf_city
