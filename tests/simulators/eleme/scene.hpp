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

#include "base/text.hpp"
#include "simulators/eleme/signature.hpp"
#include "simulators/eleme/simulator.hpp"
#include "simulators/form.hpp"

/// A simulated Ele.me with an app beside it, for tests.
namespace weir::simulators::eleme {

inline constexpr Instant kStart{std::chrono::seconds(1'700'000'000)};
inline constexpr std::string_view kSecret = "test_secret_eleme";

/// Nothing by chance: orders complete undisturbed unless a test says otherwise.
inline Options CalmOptions() {
  Options options;
  options.app_secret = kSecret;
  options.push_url = "https://gw.example.com/hooks/el-main";
  options.traffic.unpaid = options.traffic.cancelled = options.traffic.refunded = 0;
  options.traffic.urged = options.traffic.self_delivery = 0;
  options.traffic.rider_trouble = options.traffic.shop_rests = 0;
  options.traffic.pace = std::chrono::seconds(10);
  options.quirks.bare_cancel = 0;
  return options;
}

inline Fate CalmFate() {
  return {.ending = std::nullopt, .refund = std::nullopt, .route = PlainRoute()};
}

/// A push as the app understands it.
struct SeenPush {
  Instant at;
  OutgoingPush push;
  nlohmann::json body;
  nlohmann::json message;  ///< Parsed; discarded when a forgery broke it.

  [[nodiscard]] int type() const {
    const auto& type = body.at("type");
    return type.is_string() ? std::stoi(type.get<std::string>()) : type.get<int>();
  }
  /// Whether the signature holds, checked from the push as it came.
  [[nodiscard]] bool signed_well() const {
    Fields fields;
    for (const auto& [name, value] : body.items()) {
      fields.emplace_back(name, value.is_string() ? value.get<std::string>() : value.dump());
    }
    return body.at("signature") == SignPush(fields, kSecret);
  }
};

struct Scene {
  explicit Scene(Options options = CalmOptions()) : eleme(std::move(options)) {
    token = eleme.tokens().Issue(now);
  }

  /// Lets time pass until nothing is due, or `until`; each push is answered by `answer`.
  void Run(Instant until = Instant::max()) {
    while (const auto due = eleme.NextDue()) {
      if (*due > until) break;
      now = std::max(now, *due);
      for (const OutgoingPush& push : eleme.Due(now, kNoLimit)) {
        const auto body = nlohmann::json::parse(push.body);
        pushes.push_back(
            {now, push, body,
             nlohmann::json::parse(body.at("message").get<std::string>(), nullptr, false)});
        eleme.OnPushAnswer(push.id, answer(pushes.back()), now);
      }
    }
    if (until != Instant::max()) now = std::max(now, until);
  }
  void RunFor(std::chrono::milliseconds time) { Run(now + time); }

  /// Runs until the order's event `topic` has been answered.
  void RunUntil(const std::string& order, std::string_view topic) {
    const auto there = [&] {
      const auto truth = eleme.Truth(order);
      return std::ranges::any_of(truth->events, [&](const Event& event) {
        return event.topic == topic && (event.answered_ok > 0 || event.suppressed);
      });
    };
    while (!there() && eleme.NextDue()) Run(*eleme.NextDue());
  }

  /// The order's events as their types.
  std::vector<std::string> Types(const std::string& order) {
    std::vector<std::string> types;
    for (const Event& event : eleme.Truth(order)->events) types.push_back(event.topic);
    return types;
  }

  /// The envelope of a call, rightly signed.
  std::string Envelope(std::string_view action, const std::string& params) {
    const std::string seconds =
        std::to_string(std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count());
    Fields members = *RawMembers(params);
    members.emplace_back("app_key", "\"test_key\"");
    members.emplace_back("timestamp", seconds);
    return R"({"nop":"1.0.0","id":"r-1","action":")" + std::string(action) + R"(","token":")" +
           token + R"(","metas":{"app_key":"test_key","timestamp":)" + seconds + R"(},"params":)" +
           params + R"(,"signature":")" + SignCall(action, token, members, kSecret) + "\"}";
  }

  HttpAnswer Post(std::string target, std::string body, HeaderFields headers = {}) {
    return eleme.Handle({.method = "POST",
                         .origin = "https://open-api.shop.ele.me",
                         .target = std::move(target),
                         .body = std::move(body),
                         .headers = std::move(headers)},
                        now);
  }

  /// The whole answer of an action.
  nlohmann::json Call(std::string_view action, const std::string& params) {
    return nlohmann::json::parse(Post("/api/v1/", Envelope(action, params)).body, nullptr, false);
  }
  nlohmann::json Result(std::string_view action, const std::string& params) {
    return Call(action, params).at("result");
  }
  /// The code of an error answer, empty for a result.
  std::string CodeOf(std::string_view action, const std::string& params) {
    const auto error = Call(action, params).at("error");
    return error.is_null() ? std::string() : error.at("code").get<std::string>();
  }

  /// A call of the token server.
  nlohmann::json Ask(const std::string& form, std::string client = "test_key:test_secret_eleme") {
    const HttpAnswer answered =
        Post("/token", form, {{"Authorization", "Basic " + ToBase64(client)}});
    return nlohmann::json::parse(answered.body, nullptr, false);
  }

  ElemeSimulator eleme;
  Instant now = kStart;
  std::string token;
  std::vector<SeenPush> pushes;
  std::function<PushAnswer(const SeenPush&)> answer = [](const SeenPush&) {
    return PushAnswer{200, R"({"message":"ok"})"};
  };
};

inline std::string OfOrder(const std::string& id) { return R"({"orderId":")" + id + "\"}"; }

}  // namespace weir::simulators::eleme
