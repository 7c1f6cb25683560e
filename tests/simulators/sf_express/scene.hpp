// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "simulators/form.hpp"
#include "simulators/sf_express/signature.hpp"
#include "simulators/sf_express/simulator.hpp"

/// A simulated SF Express with a caller beside it, for tests.
namespace weir::simulators::sf_express {

using nlohmann::json;

inline constexpr Instant kStart{std::chrono::seconds(1'700'000'000)};
inline constexpr std::string_view kCheckWord = "demoCheckWord0123456789ABCDEFGH";
inline constexpr std::string_view kOrigin = "http://127.0.0.1:9105";

/// Nothing by chance: parcels are delivered undisturbed unless a test says otherwise.
inline Options CalmOptions() {
  Options options;
  options.check_word = kCheckWord;
  options.push_url = "https://gw.example.com/hooks/sf-main/routes/token-of-16-signs";
  options.traffic.unaccepted = options.traffic.cancelled = 0;
  options.traffic.given_up = options.traffic.failed = 0;
  options.traffic.pace = std::chrono::seconds(10);
  options.quirks.object_answers = options.quirks.text_success = 0;
  options.quirks.to_locker = options.quirks.shuffled = 0;
  return options;
}

/// Options that a test changes.
template <typename Change>
Options With(const Change& change) {
  Options options = CalmOptions();
  change(options);
  return options;
}

inline json OrderMessage(const std::string& number = "shp-1", int parcels = 1) {
  return {{"orderId", number},
          {"cargoDetails", json::array({{{"name", "护肤品"}}})},
          {"contactInfoList", json::array({{{"contactType", 1},
                                            {"contact", "甲"},
                                            {"mobile", "13800000001"},
                                            {"city", "深圳市"},
                                            {"address", "1号"}},
                                           {{"contactType", 2},
                                            {"contact", "乙"},
                                            {"mobile", "13800000002"},
                                            {"city", "北京市"},
                                            {"address", "2号"}}})},
          {"monthlyCard", "7551234567"},
          {"expressTypeId", 1},
          {"parcelQty", parcels},
          {"totalWeight", 2.5}};
}

struct Scene {
  explicit Scene(Options options = CalmOptions()) : sf(std::move(options)) {}

  /// Lets time pass until nothing is due; each push is answered by `answer`.
  void Run() {
    while (const auto due = sf.NextDue()) {
      now = std::max(now, *due);
      for (const OutgoingPush& push : sf.Due(now, kNoLimit)) {
        pushes.push_back(push);
        sf.OnPushAnswer(push.id, answer(push), now);
      }
    }
  }
  void RunFor(std::chrono::milliseconds time) {
    const Instant until = now + time;
    while (sf.NextDue() && *sf.NextDue() <= until) {
      now = std::max(now, *sf.NextDue());
      for (const OutgoingPush& push : sf.Due(now, kNoLimit)) {
        pushes.push_back(push);
        sf.OnPushAnswer(push.id, answer(push), now);
      }
    }
    now = until;
  }

  HttpAnswer Post(std::string target, const Fields& fields) {
    std::string body;
    for (const auto& [name, value] : fields) body += name + "=" + FormEncode(value) + "&";
    return sf.Handle({.method = "POST",
                      .origin = std::string(kOrigin),
                      .target = std::move(target),
                      .body = body,
                      .headers = {}},
                     now);
  }
  /// The fields of a call, rightly signed.
  [[nodiscard]] static Fields FieldsOf(const std::string& service, const json& message) {
    const std::string text = message.dump();
    const std::string stamp = "1700000000000";
    return {
        {"partnerID", "DEMO_PARTNER"},
        {"requestID", "r-1"},
        {"serviceCode", service},
        {"timestamp", stamp},
        {"msgData", text},
        {"msgDigest", DigestOf(text + stamp + std::string(kCheckWord), DigestForm::kDocumented)}};
  }
  HttpAnswer Send(const std::string& service, const json& message) {
    return Post("/std/service", FieldsOf(service, message));
  }
  /// What the service says, in the inner envelope.
  json Ask(const std::string& service, const json& message) {
    const json answered = json::parse(Send(service, message).body);
    const json& data = answered.at("apiResultData");
    return data.is_string() ? json::parse(data.get<std::string>()) : data;
  }
  std::string CodeOf(const std::string& service, const json& message) {
    return Ask(service, message).at("errorCode");
  }
  /// The gateway's code of an answer.
  static std::string GateCode(const HttpAnswer& answered) {
    return json::parse(answered.body).at("apiResultCode");
  }
  /// Orders one; its waybill.
  std::string Order(const std::string& number = "shp-1", int parcels = 1) {
    return Ask("EXP_RECE_CREATE_ORDER", OrderMessage(number, parcels))
        .at("msgData")
        .at("waybillNoInfoList")
        .at(0)
        .at("waybillNo");
  }
  json Routes(const std::string& waybill, const std::string& phone = "") {
    json message{{"trackingType", "1"}, {"trackingNumber", {waybill}}};
    if (!phone.empty()) message["checkPhoneNo"] = phone;
    return Ask("EXP_RECE_SEARCH_ROUTES", message).at("msgData").at("routeResps").at(0).at("routes");
  }
  std::vector<std::string> OpCodes(const std::string& waybill) {
    std::vector<std::string> codes;
    for (const json& route : Routes(waybill)) codes.push_back(route.at("opCode"));
    return codes;
  }
  ShipmentTruth Truth(std::string_view name = "shp-1") { return *sf.Truth(name); }

  SfExpressSimulator sf;
  Instant now = kStart;
  std::vector<OutgoingPush> pushes;
  std::function<PushAnswer(const OutgoingPush&)> answer = [](const OutgoingPush&) {
    return PushAnswer{200, R"({"return_code":"0000","return_msg":"成功"})"};
  };
};

}  // namespace weir::simulators::sf_express
