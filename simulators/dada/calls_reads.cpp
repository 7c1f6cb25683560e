// SPDX-License-Identifier: Apache-2.0
#include <optional>
#include <string>

#include "simulators/china_time.hpp"
#include "simulators/dada/calls.hpp"
#include "simulators/dada/status.hpp"
#include "simulators/members.hpp"

namespace weir::simulators::dada {
namespace {

constexpr std::size_t kMostPositions = 50;

/// Of the shop's city; empty where it never was.
std::string WallTime(std::optional<Instant> at) {
  if (!at) {
    return {};
  }
  std::string text = ChinaTime(*at);
  text[text.find('T')] = ' ';
  return text;
}

void WriteRider(JsonWriter& json, const Delivery& delivery, Instant now) {
  const auto place = PositionOf(delivery, now);
  json.Member("transporterId", delivery.rider ? delivery.rider->id : 0)
      .Member("transporterName", delivery.rider ? delivery.rider->name : "")
      .Member("transporterPhone", delivery.rider ? delivery.rider->phone : "")
      .Member("transporterLng", place ? Degrees(place->longitude) : "")
      .Member("transporterLat", place ? Degrees(place->latitude) : "");
}

void WriteMoney(JsonWriter& json, const Delivery& delivery) {
  WriteYuan(json, "deliveryFee", delivery.fee);
  WriteYuan(json, "tips", delivery.tip());
  WriteYuan(json, "couponFee", 0);
  WriteYuan(json, "insuranceFee", delivery.insurance);
  WriteYuan(json, "actualFee", delivery.fee);
}

}  // namespace

Outcome QueryStatus(const Call& call) {
  const auto found = DeliveryOf(call);
  if (!found) {
    return std::unexpected(found.error());
  }
  const Delivery delivery = AsOf(**found, call.now - call.parts.options.read_lag);
  const int status = StatusOf(delivery);
  // A rider who gave it back has not accepted it.
  const auto accepted = delivery.rider ? delivery.Reached(Stage::kAssigned) : std::nullopt;
  std::string text;
  JsonWriter json(text);
  json.BeginObject()
      .Member("orderId", delivery.number)
      .Member("statusCode", status)
      .Member("statusMsg", StatusText(status));
  WriteRider(json, delivery, call.now);
  WriteMoney(json, delivery);
  json.Key("distance").Number(std::to_string(delivery.metres) + ".0");
  json.Member("createTime", WallTime(delivery.steps.at(delivery.first_step).at))
      .Member("acceptTime", WallTime(accepted))
      .Member("fetchTime", WallTime(delivery.Reached(Stage::kPickedUp)))
      .Member("finishTime", WallTime(delivery.Reached(Stage::kDelivered)))
      .Member("cancelTime", WallTime(delivery.Reached(Stage::kCancelled)))
      .Member("orderFinishCode", delivery.finish_code);
  WriteYuan(json, "deductFee", delivery.cancellation.fee);
  if (const auto shop = call.shops.find(delivery.shop); shop != call.shops.end()) {
    json.Member("supplierName", shop->second.name)
        .Member("supplierAddress", shop->second.address)
        .Member("supplierPhone", shop->second.phone);
  }
  json.Member("supplierLat", Degrees(delivery.from.latitude))
      .Member("supplierLng", Degrees(delivery.from.longitude))
      .EndObject();
  return text;
}

Outcome TransporterPosition(const Call& call) {
  const auto ids = call.params.find("orderIds");
  if (ids == call.params.end() || !ids->is_array() || ids->size() > kMostPositions) {
    return std::unexpected(code::kBadParameter);
  }
  std::string text;
  JsonWriter json(text);
  json.BeginArray();
  for (const auto& id : *ids) {
    const Delivery* delivery = call.parts.book.Find(id.is_string() ? id.get<std::string>() : "");
    const auto place = delivery == nullptr ? std::nullopt : PositionOf(*delivery, call.now);
    if (!place) continue;
    json.BeginObject()
        .Member("orderId", delivery->number)
        .Member("transporterLat", Degrees(place->latitude))
        .Member("transporterLng", Degrees(place->longitude))
        .Member("transporterName", delivery->rider->name)
        .Member("transporterPhone", delivery->rider->phone)
        .EndObject();
  }
  json.EndArray();
  return text;
}

Outcome TransporterTrack(const Call& call) {
  const auto delivery = DeliveryOf(call);
  if (!delivery) {
    return std::unexpected(delivery.error());
  }
  std::string text;
  JsonWriter(text)
      .BeginObject()
      .Member("trackUrl", "https://newopen.imdada.cn/track/" + (*delivery)->platform_no)
      .EndObject();
  return text;
}

}  // namespace weir::simulators::dada
