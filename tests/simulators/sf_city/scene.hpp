// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "simulators/sf_city/signature.hpp"
#include "simulators/sf_city/simulator.hpp"
#include "tests/simulators/courier_scene.hpp"

/// A simulated SF intra-city with a merchant beside it, for tests.
namespace weir::simulators::sf_city {

inline constexpr std::int64_t kDeveloper = 1'234'567'890;
inline constexpr std::string_view kKey = "demo_dev_key_0123456789abcdef";
inline constexpr std::string_view kHook = "https://gw.example.com/hooks/sf-city-main";
inline constexpr std::string_view kShop = "3243279847393";

inline Options CalmOptions() {
  Options options;
  options.dev_key = kKey;
  options.push_url = kHook;
  options.traffic = CalmTraffic();
  return options;
}

/// An order as createorder takes it.
inline nlohmann::json OrderOf(std::string_view number) {
  return {{"shop_id", kShop},
          {"shop_type", 1},
          {"shop_order_id", number},
          {"order_source", "1"},
          {"lbs_type", 2},
          {"pay_type", 1},
          {"order_time", 1'700'000'000},
          {"is_appoint", 0},
          {"is_insured", 0},
          {"is_person_direct", 0},
          {"return_flag", 511},
          {"push_time", 1'700'000'000},
          {"version", 17},
          {"receive",
           {{"user_name", "张三"},
            {"user_phone", "13800000000"},
            {"user_address", "上海市浦东新区东方渔人码头"},
            {"user_lng", "121.538842"},
            {"user_lat", "31.257801"}}},
          {"order_detail",
           {{"total_price", 2'400},
            {"product_type", 1},
            {"weight_gram", 600},
            {"product_num", 2},
            {"product_type_num", 1}}}};
}

struct Scene : CourierScene<SfCitySimulator> {
  explicit Scene(Options options = CalmOptions()) : CourierScene(std::move(options)) {}

  HttpAnswer Post(const std::string& action, std::string body, std::string_view sign) {
    return courier.Handle(
        {.method = "POST",
         .origin = "https://openic.sf-express.com",
         .target = "/open/api/external/" + action + "?sign=" + PercentEncode(sign),
         .body = std::move(body),
         .headers = {{"Content-Type", "application/json"}}},
        now);
  }
  HttpAnswer PostSigned(const std::string& action, nlohmann::json params) {
    params["dev_id"] = kDeveloper;
    const std::string body = params.dump();
    return Post(action, body, SignBody(body, kDeveloper, kKey));
  }
  /// The whole answer of a call.
  nlohmann::json Call(const std::string& action, const nlohmann::json& params) {
    return nlohmann::json::parse(PostSigned(action, params).body);
  }
  nlohmann::json Result(const std::string& action, const nlohmann::json& params) {
    return Call(action, params).at("result");
  }
  int Code(const std::string& action, const nlohmann::json& params) {
    return Call(action, params).at("error_code").get<int>();
  }

  /// An order with this fate.
  void Order(const std::string& number, const CourierFate& fate = {}) {
    courier.Foretell(fate);
    Call("createorder", OrderOf(number));
  }
  /// Of each push in turn: its kind and its order_status, where it has one.
  [[nodiscard]] std::vector<std::string> Told() const {
    std::vector<std::string> told;
    for (const SeenPush& seen : pushes) {
      const std::string kind = seen.body.at("url_index");
      told.push_back(seen.body.contains("order_status") ? seen.body["order_status"].dump() : kind);
    }
    return told;
  }
};

/// How an order is named, by the merchant's number.
inline nlohmann::json OfOrder(std::string_view number) {
  return {{"order_id", number}, {"order_type", 2}, {"shop_id", kShop}, {"shop_type", 1}};
}

/// Whether the sign holds, checked from the push as it came.
inline bool SignedWell(const OutgoingPush& push) {
  return push.url ==
         std::string(kHook) + "?sign=" + PercentEncode(SignBody(push.body, kDeveloper, kKey));
}

}  // namespace weir::simulators::sf_city
