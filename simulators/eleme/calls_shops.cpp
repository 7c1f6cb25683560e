// SPDX-License-Identifier: Apache-2.0
// The actions on shops, the account and messages.
#include <chrono>
#include <vector>

#include "base/json_writer.hpp"
#include "simulators/china_time.hpp"
#include "simulators/eleme/calls.hpp"

namespace weir::simulators::eleme {
namespace {

constexpr std::size_t kMostShops = 100;

Outcome OfThisApp(const Call& call) {
  const Outcome app = Required(call, "appId");
  if (app && *app != std::to_string(call.options.app_id)) {
    return std::unexpected(Failure{code::kBadValue, "appId is another app's"});
  }
  return app;
}

void WriteShop(JsonWriter& json, const Shop& shop) {
  json.BeginObject()
      .Member("id", shop.known.id)
      .Member("name", "示例餐厅 " + shop.known.code)
      .Member("openId", shop.known.code)
      .Member("addressText", "示例路1号");
  json.Key("latitude").Number("31.230416").Key("longitude").Number("121.473701");
  json.Key("phones").BeginArray().String(shop.phone).EndArray();
  json.Member("busyLevel", shop.busy).Member("isOpen", shop.open ? 1 : 0).Member("isBookable", 1);
  json.Key("agentFee").Number("5.0").Key("deliverAmount").Number("20.0");
  json.Member("deliverSpent", 35).Key("servingTime").BeginArray();
  json.String("10:00-14:00").String("16:30-21:30").EndArray();
  json.Key("packingFee").Number("0.0").Member("promotionInfo", "").Member("invoice", true);
  json.EndObject();
}

}  // namespace

Outcome GetShop(const Call& call) {
  const auto shop = ShopOf(call);
  if (!shop) {
    return std::unexpected(shop.error());
  }
  std::string text;
  JsonWriter json(text);
  WriteShop(json, **shop);
  return text;
}

Outcome MgetShopStatus(const Call& call) {
  const auto ids = call.params.find("shopIds");
  if (ids == call.params.end() || !ids->is_array() || ids->size() > kMostShops) {
    return std::unexpected(Failure{code::kBadValue, "shopIds is missing or too long"});
  }
  std::string text;
  JsonWriter json(text);
  json.BeginObject();
  for (const auto& id : *ids) {
    const std::string key = id.is_string() ? id.get<std::string>() : id.dump();
    const auto found = call.book.shops().find(key);
    if (found == call.book.shops().end()) continue;
    json.Key(key).BeginObject().Member("shopId", found->second.known.id);
    json.Member("busyLevel", found->second.busy);
    json.Member("isOpen", found->second.open ? 1 : 0).Member("isValid", 1).EndObject();
  }
  json.EndObject();
  return text;
}

Outcome UpdateShop(const Call& call) {
  const auto shop = ShopOf(call);
  if (!shop) {
    return std::unexpected(shop.error());
  }
  const auto properties = call.params.find("properties");
  if (properties == call.params.end() || !properties->is_object()) {
    return std::unexpected(Failure{code::kBadValue, "properties is missing"});
  }
  const auto open = properties->find("isOpen");
  if (open != properties->end()) {
    call.life.SetShopOpen(std::to_string((*shop)->known.id), *open == 1, call.now);
  }
  return GetShop(call);
}

Outcome GetUser(const Call& call) {
  std::string text;
  JsonWriter json(text);
  json.BeginObject().Member("userId", call.options.user_id).Member("userName", "demo-merchant");
  json.Key("authorizedShops").BeginArray();
  for (const auto& [id, shop] : call.book.shops()) {
    json.BeginObject().Member("id", shop.known.id);
    json.Member("name", "示例餐厅 " + shop.known.code).EndObject();
  }
  json.EndArray().EndObject();
  return text;
}

Outcome GetTokenStatus(const Call& call) {
  const Outcome token = Required(call, "token");
  if (!token) {
    return token;
  }
  const auto expiry = call.tokens.ExpiryOf(*token);
  std::string text;
  JsonWriter json(text);
  json.BeginObject().Member("valid", call.tokens.Accepts(*token, call.now)).Key("expireTime");
  expiry && *expiry > Instant() ? json.String(ChinaTime(*expiry)) : json.Null();
  json.EndObject();
  return text;
}

Outcome GetNonReachedMessages(const Call& call) {
  if (const Outcome app = OfThisApp(call); !app) {
    return app;
  }
  std::string messages = ListOf([&](JsonWriter& json) {
    for (const std::string& message : call.desk.Unreached(call.now)) json.String(message);
  });
  call.desk.FetchedAll();
  return messages;
}

Outcome GetNonReachedOMessages(const Call& call) {
  if (const Outcome app = OfThisApp(call); !app) {
    return app;
  }
  Outcome messages = GetPushFailMsg(call);
  call.desk.FetchedAll();
  return messages;
}

Outcome GetPushFailMsg(const Call& call) {
  return ListOf([&](JsonWriter& json) {
    for (const std::string& message : call.desk.Unreached(call.now)) json.Raw(message);
  });
}

Outcome QueryFailedMessageLog(const Call& call) { return Within(call, "request", GetPushFailMsg); }

Outcome ConfirmPullMsg(const Call& call) {
  const auto ids = call.params.find("requestIds");
  if (ids == call.params.end() || !ids->is_array()) {
    return std::unexpected(Failure{code::kBadValue, "requestIds is missing"});
  }
  std::vector<std::string> fetched;
  for (const auto& id : *ids) {
    if (id.is_string()) fetched.push_back(id.get<std::string>());
  }
  call.desk.Fetched(fetched);
  return std::string(kNothing);
}

}  // namespace weir::simulators::eleme
