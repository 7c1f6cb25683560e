// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <chrono>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "simulators/doudian/signature.hpp"
#include "simulators/doudian/simulator.hpp"
#include "simulators/form.hpp"

/// A simulated Doudian with an app beside it, for tests.
namespace weir::simulators::doudian {

inline constexpr Instant kStart{std::chrono::seconds(1'700'000'000)};
inline constexpr std::string_view kAppKey = "7000000000000000123";
inline constexpr std::string_view kSecret = "dd-secret-demo-0001";

/// Nothing by chance: orders complete undisturbed unless a test says otherwise.
inline Options CalmOptions() {
  Options options;
  options.app_secret = kSecret;
  options.push_url = "https://gw.example.com/hooks/dd-main";
  options.traffic.unpaid = options.traffic.cancelled = options.traffic.refunded = 0;
  options.traffic.self_delivery = options.traffic.rider_trouble = 0;
  options.traffic.shop_rests = 0;
  options.traffic.pace = std::chrono::seconds(10);
  options.batches.gathered = std::chrono::milliseconds(0);
  options.asides = {.amount_changed = 0,
                    .memo = 0,
                    .appointment = 0,
                    .address = 0,
                    .deadline = 0,
                    .partly_shipped = 0,
                    .logistics_changed = 0};
  options.quirks = {.unknown_members = 0,
                    .unknown_tags = 0,
                    .virtual_number = 0,
                    .double_underscore = 0,
                    .no_coordinate = 0,
                    .booked = 0,
                    .risk_checked = 0};
  return options;
}

inline Fate CalmFate() {
  return {.ending = std::nullopt, .refund = std::nullopt, .route = PlainRoute()};
}

inline Fate ShopDelivers() {
  return {.self_delivery = true, .ending = std::nullopt, .refund = std::nullopt, .route = {}};
}

inline Fate Ends(Ending ending) {
  Fate fate = CalmFate();
  fate.ending = ending;
  return fate;
}

/// A message as the app understands it.
struct SeenMessage {
  std::string tag;
  std::string id;
  nlohmann::json raw;
  nlohmann::json data;
};

/// A push as the app understands it; without messages when a forgery broke it.
struct SeenPush {
  Instant at;
  OutgoingPush push;
  std::vector<SeenMessage> messages;

  [[nodiscard]] std::string header(std::string_view name) const {
    const auto found = std::ranges::find(
        push.headers, name, [](const auto& header) { return std::string_view(header.first); });
    return found == push.headers.end() ? std::string() : found->second;
  }
  /// Whether the signature holds, checked from the push as it came.
  [[nodiscard]] bool signed_well() const {
    return header("event-sign") == SignPush(kAppKey, push.body, kSecret);
  }
};

inline std::string TextOf(const nlohmann::json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

inline std::vector<SeenMessage> ReadMessages(const std::string& body) {
  std::vector<SeenMessage> messages;
  const auto json = nlohmann::json::parse(body, nullptr, false);
  if (!json.is_array()) return messages;
  for (const auto& raw : json) {
    if (!raw.is_object() || !raw.contains("tag") || !raw.contains("data")) continue;
    const auto& data = raw["data"];
    messages.push_back({.tag = TextOf(raw["tag"]),
                        .id = raw.value(raw.contains("msg_id") ? "msg_id" : "msgId", ""),
                        .raw = raw,
                        .data = data.is_string()
                                    ? nlohmann::json::parse(data.get<std::string>(), nullptr, false)
                                    : data});
  }
  return messages;
}

/// How a call travels.
enum class Transport { kBody, kForm, kQuery };

struct Scene {
  explicit Scene(Options options = CalmOptions()) : doudian(std::move(options)) {
    token = doudian.tokens().Issue(now);
  }

  /// Lets time pass until nothing is due, or `until`; each push is answered by `answer`.
  void Run(Instant until = Instant::max()) {
    while (const auto due = doudian.NextDue()) {
      if (*due > until) break;
      now = std::max(now, *due);
      for (const OutgoingPush& push : doudian.Due(now, kNoLimit)) {
        pushes.push_back({now, push, ReadMessages(push.body)});
        doudian.OnPushAnswer(push.id, answer(pushes.back()), now);
      }
    }
    if (until != Instant::max()) now = std::max(now, until);
  }
  void RunFor(std::chrono::milliseconds time) { Run(now + time); }

  /// Runs until the order's event of this tag has been answered.
  void RunUntil(const std::string& order, std::string_view tag) {
    const auto there = [&] {
      const auto truth = doudian.Truth(order);
      return std::ranges::any_of(truth->events, [&](const Event& event) {
        return event.topic == tag && (event.answered_ok > 0 || event.suppressed);
      });
    };
    while (!there() && doudian.NextDue()) Run(*doudian.NextDue());
  }

  /// The order's events as their tags.
  std::vector<std::string> Tags(const std::string& order) {
    std::vector<std::string> tags;
    for (const Event& event : doudian.Truth(order)->events) tags.push_back(event.topic);
    return tags;
  }

  /// The public parameters of a call, rightly signed.
  Fields Signed(std::string_view method, std::string_view params, std::string sign_method) const {
    const std::string stamp = timestamp.empty() ? std::to_string(UnixSeconds(now)) : timestamp;
    const std::string sign = SignCall({.app_key = kAppKey,
                                       .method = method,
                                       .param_json = params,
                                       .timestamp = stamp,
                                       .sign_method = sign_method},
                                      kSecret);
    Fields fields = {{"app_key", std::string(kAppKey)},
                     {"method", std::string(method)},
                     {"timestamp", stamp},
                     {"v", "2"},
                     {"sign", sign}};
    if (!sign_method.empty()) fields.emplace_back("sign_method", std::move(sign_method));
    if (!token.empty()) fields.emplace_back("access_token", token);
    return fields;
  }

  static std::string Encode(const Fields& fields) {
    std::string text;
    for (const auto& [name, value] : fields) {
      text += (text.empty() ? "" : "&") + name + '=' + FormEncode(value);
    }
    return text;
  }

  HttpAnswer Send(std::string_view method, const std::string& params, Fields fields,
                  Transport style) {
    HttpCall call{.method = "POST",
                  .origin = "https://openapi-fxg.jinritemai.com",
                  .target = {},
                  .body = params,
                  .headers = headers};
    std::string path = "/" + std::string(method);
    std::ranges::replace(path, '.', '/');
    if (style != Transport::kBody) {
      fields.emplace_back("param_json", params);
      call.body = style == Transport::kForm ? Encode(fields) : std::string();
    }
    if (style == Transport::kForm) {
      call.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
      call.target = path;
    } else {
      call.target = path + '?' + Encode(fields);
    }
    return doudian.Handle(call, now);
  }

  /// The whole answer of a method.
  nlohmann::json Call(std::string_view method, const std::string& params,
                      Transport style = Transport::kBody, std::string sign_method = "hmac-sha256") {
    return nlohmann::json::parse(
        Send(method, params, Signed(method, params, std::move(sign_method)), style).body);
  }
  nlohmann::json Data(std::string_view method, const std::string& params) {
    return Call(method, params).at("data");
  }
  /// The sub_code of an answer, empty for a success.
  std::string SubCode(std::string_view method, const std::string& params) {
    return Call(method, params).at("sub_code").get<std::string>();
  }
  nlohmann::json Detail(const std::string& order) {
    return Data("order.orderDetail", R"({"shop_order_id":")" + order + "\"}")
        .at("shop_order_detail");
  }

  DoudianSimulator doudian;
  Instant now = kStart;
  std::string token;
  std::string timestamp;  ///< Of calls; empty: now, in seconds.
  HeaderFields headers = {{"x-open-no-old-err-code", "1"}};
  std::vector<SeenPush> pushes;
  std::function<PushAnswer(const SeenPush&)> answer = [](const SeenPush&) {
    return PushAnswer{200, R"({"code":0,"msg":"success"})"};
  };
};

}  // namespace weir::simulators::doudian
