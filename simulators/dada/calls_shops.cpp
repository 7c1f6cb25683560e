// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "simulators/dada/calls.hpp"
#include "simulators/members.hpp"

namespace weir::simulators::dada {
namespace {

constexpr std::string_view kSandboxShop = "11047059";
constexpr std::int64_t kMicro = 1'000'000;

constexpr auto kCities = std::to_array<std::pair<std::string_view, std::string_view>>(
    {{"上海", "021"}, {"北京", "010"}, {"合肥", "0551"}});

/// Takes over what `row` names. False where a text of it is empty.
bool Take(Shop& shop, const nlohmann::json& row) {
  const std::array<std::pair<std::string_view, std::string*>, 6> texts = {{
      {"station_name", &shop.name},
      {"station_address", &shop.address},
      {"contact_name", &shop.contact},
      {"phone", &shop.phone},
      {"city_name", &shop.city},
      {"area_name", &shop.area},
  }};
  for (const auto& [name, value] : texts) {
    if (!row.contains(name)) continue;
    std::string text = TextIn(row, name);
    if (text.empty()) {
      return false;
    }
    *value = std::move(text);
  }
  shop.business = IntIn(row, "business").value_or(shop.business);
  shop.place.longitude = ScaledIn(row, "lng", kMicro).value_or(shop.place.longitude);
  shop.place.latitude = ScaledIn(row, "lat", kMicro).value_or(shop.place.latitude);
  shop.open = IntIn(row, "status").value_or(shop.open ? 1 : 0) == 1;
  return true;
}

void WriteAdded(JsonWriter& json, const Shop& shop) {
  json.BeginObject().Member("phone", shop.phone).Member("business", shop.business);
  WriteDegrees(json, "lng", shop.place.longitude);
  WriteDegrees(json, "lat", shop.place.latitude);
  json.Member("stationName", shop.name)
      .Member("originShopId", shop.no)
      .Member("contactName", shop.contact)
      .Member("stationAddress", shop.address)
      .Member("cityName", shop.city)
      .Member("areaName", shop.area)
      .EndObject();
}

}  // namespace

Outcome AddShops(const Call& call) {
  if (!call.params.is_array() || call.params.empty()) {
    return std::unexpected(code::kBadParameter);
  }
  std::vector<const Shop*> added;
  std::vector<std::pair<std::string, std::string>> failed;
  for (const auto& row : call.params) {
    Shop shop;
    shop.no = TextIn(row, "origin_shop_id");
    if (shop.no.empty()) shop.no = "shop" + std::to_string(call.shops.size() + 1);
    const bool whole = row.is_object() && Take(shop, row);
    if (!whole || call.shops.contains(shop.no)) {
      failed.emplace_back(shop.no, TextIn(row, "station_name"));
      continue;
    }
    added.push_back(&call.shops.emplace(shop.no, shop).first->second);
  }
  std::string text;
  JsonWriter json(text);
  json.BeginObject().Member("success", static_cast<std::int64_t>(added.size()));
  json.Key("successList").BeginArray();
  for (const Shop* shop : added) WriteAdded(json, *shop);
  json.EndArray().Key("failedList").BeginArray();
  for (const auto& [no, name] : failed) {
    json.BeginObject()
        .Member("shopNo", no)
        .Member("msg", code::TextOf(code::kNoTaken))
        .Member("shopName", name)
        .EndObject();
  }
  json.EndArray().EndObject();
  return text;
}

Outcome UpdateShop(const Call& call) {
  const std::string no = TextIn(call.params, "origin_shop_id");
  const auto found = call.shops.find(no);
  if (found == call.shops.end()) {
    return std::unexpected(code::kNoSuchShop);
  }
  if (call.parts.options.sandbox && no == kSandboxShop) {
    return std::unexpected(code::kFixedShop);
  }
  if (call.params.size() == 1) {
    return std::unexpected(code::kNothingToChange);
  }
  Shop changed = found->second;
  if (!Take(changed, call.params)) {
    return std::unexpected(code::kBadParameter);
  }
  found->second = std::move(changed);
  return std::string(kNothing);
}

Outcome ShopDetail(const Call& call) {
  const auto found = call.shops.find(TextIn(call.params, "origin_shop_id"));
  if (found == call.shops.end()) {
    return std::unexpected(code::kNoSuchShop);
  }
  const Shop& shop = found->second;
  std::string text;
  JsonWriter json(text);
  json.BeginObject()
      .Member("origin_shop_id", shop.no)
      .Member("station_name", shop.name)
      .Member("business", shop.business)
      .Member("city_name", shop.city)
      .Member("area_name", shop.area)
      .Member("station_address", shop.address);
  WriteDegrees(json, "lng", shop.place.longitude);
  WriteDegrees(json, "lat", shop.place.latitude);
  json.Member("contact_name", shop.contact)
      .Member("phone", shop.phone)
      .Member("id_card", "")
      .Member("status", shop.open ? 1 : 0)
      .Member("approveStatus", 1)
      .EndObject();
  return text;
}

Outcome CityCodes(const Call& /*call*/) {
  std::string text;
  JsonWriter json(text);
  json.BeginArray();
  for (const auto& [name, number] : kCities) {
    json.BeginObject().Member("cityName", name).Member("cityCode", number).EndObject();
  }
  json.EndArray();
  return text;
}

Outcome QueryBalance(const Call& call) {
  std::string text;
  JsonWriter json(text);
  json.BeginObject();
  WriteYuan(json, "deliverBalance", call.parts.life.balance());
  WriteYuan(json, "redPacketBalance", 0);
  json.EndObject();
  return text;
}

}  // namespace weir::simulators::dada
