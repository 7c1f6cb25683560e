// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "simulators/dada/signature.hpp"
#include "simulators/dada/simulator.hpp"
#include "tests/simulators/courier_scene.hpp"

/// A simulated Dada with a merchant beside it, for tests.
namespace weir::simulators::dada {

inline constexpr std::string_view kSecret = "demo_app_secret_0123456789abcdef";
inline constexpr std::string_view kCallback = "https://gw.example.com/hooks/dada-main/token0";

inline Options CalmOptions() {
  Options options;
  options.app_secret = kSecret;
  options.message_url = kCallback;
  options.traffic = CalmTraffic();
  return options;
}

/// An order as addOrder takes it.
inline nlohmann::json OrderOf(std::string_view number) {
  return {{"shop_no", "11047059"},          {"origin_id", number},
          {"cargo_price", 20.01},           {"is_prepay", 0},
          {"receiver_name", "张三"},        {"receiver_address", "上海市浦东新区东方渔人码头"},
          {"receiver_lat", 31.257801},      {"receiver_lng", 121.538842},
          {"callback", kCallback},          {"cargo_weight", 1.1},
          {"receiver_phone", "13800000000"}};
}

struct Scene : CourierScene<DadaSimulator> {
  explicit Scene(Options options = CalmOptions()) : CourierScene(std::move(options)) {}

  /// A whole call, signed.
  [[nodiscard]] nlohmann::json Envelope(const std::string& body) const {
    nlohmann::json envelope = {{"app_key", "dada0123456789abcde"},
                               {"body", body},
                               {"format", "json"},
                               {"source_id", "73753"},
                               {"timestamp", UnixSeconds(now)},
                               {"v", "1.0"}};
    Sign(envelope);
    return envelope;
  }
  static void Sign(nlohmann::json& envelope) {
    Fields members;
    for (const auto& [name, value] : envelope.items()) {
      members.emplace_back(name, value.is_string() ? value.get<std::string>() : value.dump());
    }
    envelope["signature"] = SignCall(members, kSecret);
  }

  HttpAnswer Post(std::string path, std::string text,
                  HeaderFields headers = {{"Content-Type", "application/json"}}) {
    return courier.Handle({.method = "POST",
                           .origin = "https://newopen.imdada.cn",
                           .target = std::move(path),
                           .body = std::move(text),
                           .headers = std::move(headers)},
                          now);
  }
  /// The whole answer of a call.
  nlohmann::json Call(const std::string& path, const nlohmann::json& params) {
    return nlohmann::json::parse(Post("/api" + path, Envelope(params.dump()).dump()).body);
  }
  nlohmann::json Result(const std::string& path, const nlohmann::json& params) {
    return Call(path, params).at("result");
  }
  int Code(const std::string& path, const nlohmann::json& params) {
    return Call(path, params).at("code").get<int>();
  }

  /// An order with this fate.
  void Order(const std::string& number, const CourierFate& fate = {}) {
    courier.Foretell(fate);
    Call("/order/addOrder", OrderOf(number));
  }
  /// The order_status of each push in turn, messages left out.
  [[nodiscard]] std::vector<int> Statuses() const {
    std::vector<int> statuses;
    for (const SeenPush& seen : pushes) {
      if (seen.body.contains("order_status")) statuses.push_back(seen.body["order_status"]);
    }
    return statuses;
  }
};

inline nlohmann::json OfOrder(std::string_view number) { return {{"order_id", number}}; }

}  // namespace weir::simulators::dada
