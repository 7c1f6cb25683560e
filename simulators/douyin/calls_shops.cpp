// SPDX-License-Identifier: Apache-2.0
// The calls on shops, and on what is encrypted (protocol notes A5, A6.2, A10).
#include <algorithm>

#include "simulators/douyin/calls.hpp"
#include "simulators/douyin/signature.hpp"

namespace weir::simulators::douyin {
namespace {

void WriteAccount(JsonWriter& json, std::string_view name, const std::string& id,
                  std::string_view type) {
  json.Key(name).BeginObject().Member("account_id", id).Member("account_name", "示例商家");
  json.Member("account_type", type).EndObject();
}

void WriteShop(JsonWriter& json, const Call& call, const std::string& id) {
  json.BeginObject().Key("poi").BeginObject().Member("poi_id", id);
  json.Member("poi_name", "示例门店 " + id.substr(id.size() - std::min<std::size_t>(3, id.size())));
  json.Member("address", "世纪大道1号");
  json.Key("latitude").Number("31.230416").Key("longitude").Number("121.473701").EndObject();
  json.Key("account").BeginObject();
  WriteAccount(json, "parent_account", call.options.account_id, "Trademark");
  WriteAccount(json, "poi_account", "8" + id.substr(1), "Shop");
  json.EndObject().EndObject();
}

std::expected<std::string, Failure> ShopIn(const Call& call) {
  const std::string shop = call.arguments.TextOf("poi_id");
  if (!call.book.shops().contains(shop)) {
    return std::unexpected(Failure{code::kRefused, "门店不存在", code::kPoiMissing});
  }
  return shop;
}

}  // namespace

Outcome QueryShops(const Call& call) {
  constexpr std::int64_t kLargest = 50;
  const auto page = call.arguments.NumberOf("page").value_or(0);
  const auto size = call.arguments.NumberOf("size").value_or(0);
  constexpr std::int64_t kLastPage = 1'000'000;
  if (page < 1 || page > kLastPage || size < 1 || size > kLargest) {
    return std::unexpected(Failure{code::kBadArgument, "page or size is not valid"});
  }
  const std::string wanted = call.arguments.TextOf("poi_id");
  std::vector<std::string> shops;
  for (const auto& [id, shop] : call.book.shops()) {
    if (wanted.empty() || wanted == id) shops.push_back(id);
  }
  return ObjectText([&](JsonWriter& json) {
    json.Member("total", static_cast<std::int64_t>(shops.size())).Key("pois").BeginArray();
    const auto first = static_cast<std::size_t>((page - 1) * size);
    const auto last = std::min(first + static_cast<std::size_t>(size), shops.size());
    for (std::size_t i = first; i < last; ++i) WriteShop(json, call, shops[i]);
    json.EndArray();
  });
}

Outcome CreateMatchTask(const Call& call) {
  const auto datas = call.arguments.body().find("datas");
  if (datas == call.arguments.body().end() || !datas->is_array() || datas->empty()) {
    return std::unexpected(Failure{code::kBadArgument, "datas is missing"});
  }
  return ObjectText([&](JsonWriter& json) {
    json.Key("task_ids").BeginArray();
    for (std::size_t i = 0; i < datas->size(); ++i) json.String(std::to_string(900'001 + i));
    json.EndArray();
  });
}

Outcome ViewMatchTask(const Call& call) {
  constexpr int kMatched = 2;
  return ObjectText([&](JsonWriter& json) {
    json.Key("tasks").BeginArray();
    for (const std::string& task : call.arguments.ListOf("task_ids")) {
      json.BeginObject().Member("task_id", task).Member("match_status", kMatched);
      json.Member("poi_id", call.options.shops.front()).EndObject();
    }
    json.EndArray();
  });
}

Outcome SaveAcceptStatus(const Call& call) {
  const auto shop = ShopIn(call);
  if (!shop) {
    return std::unexpected(shop.error());
  }
  const auto status = call.arguments.NumberOf("accept_status");
  if (!status || *status < 0 || *status > 1) {
    return std::unexpected(Failure{code::kBadArgument, "accept_status is not valid"});
  }
  return NothingOr(call.life.SetAccepting(*shop, *status == 1, call.now));
}

Outcome GetDeliveryInfo(const Call& call) {
  const auto shop = ShopIn(call);
  if (!shop) {
    return std::unexpected(shop.error());
  }
  return ObjectText([&](JsonWriter& json) {
    json.Member("poi_id", *shop);
    json.Member("accept_status", call.book.shops().at(*shop).open ? 1 : 0);
    json.Key("open_time").BeginArray().String("10:00-14:00").String("16:30-21:30").EndArray();
  });
}

Outcome DecryptBatch(const Call& call) {
  constexpr std::size_t kMost = 50;
  const auto& body = call.arguments.body();
  const auto texts = body.find("cipher_texts");
  if (texts == body.end() || !texts->is_array() || texts->empty() || texts->size() > kMost) {
    return std::unexpected(Failure{code::kBadArgument, "cipher_texts is missing or too long"});
  }
  return ObjectText([&](JsonWriter& json) {
    json.Key("decrypt_infos").BeginArray();
    for (const auto& text : *texts) {
      const std::string cipher = text.is_string() ? text.get<std::string>() : std::string();
      const auto plain = Decrypt(cipher, call.options.app_secret);
      json.BeginObject().Member("cipher_text", cipher);
      json.Member("decrypt_text", plain.value_or("")).Member("err_no", plain ? 0 : 1);
      json.Member("err_msg", plain ? "" : "decrypt failed").EndObject();
    }
    json.EndArray();
  });
}

}  // namespace weir::simulators::douyin
