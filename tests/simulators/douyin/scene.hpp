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

#include "simulators/douyin/signature.hpp"
#include "simulators/douyin/simulator.hpp"
#include "simulators/form.hpp"

/// A simulated Douyin with an app beside it, for tests.
namespace weir::simulators::douyin {

inline constexpr Instant kStart{std::chrono::seconds(1'700'000'000)};
inline constexpr std::string_view kSecret = "dysecret_demo_0001";
inline constexpr const char* kOk = R"({"data":{"error_code":0,"description":"success"}})";

/// Nothing by chance: takeaways finish undisturbed unless a test says otherwise.
inline Options CalmOptions() {
  Options options;
  options.app_secret = kSecret;
  options.push_url = "https://gw.example.com/hooks/dy-main";
  options.probes = false;
  options.traffic.unpaid = options.traffic.cancelled = options.traffic.refunded = 0;
  options.traffic.urged = options.traffic.self_delivery = options.traffic.edited = 0;
  options.traffic.rider_trouble = options.traffic.shop_rests = options.traffic.coupons = 0;
  options.traffic.pace = std::chrono::seconds(10);
  options.quirks.ids_as_numbers = options.quirks.from_user = options.quirks.unknown_members = 0;
  options.quirks.bare_refunds = options.quirks.booked = options.quirks.real_phone = 0;
  return options;
}

inline Fate CalmFate() { return {.route = PlainRoute()}; }

inline Fate CouponsFate(CouponFate coupons) { return {.coupons = coupons}; }

/// A push as the app understands it.
struct SeenPush {
  Instant at;
  OutgoingPush push;
  nlohmann::json body;
  nlohmann::json content;  ///< Parsed; the body itself for an SPI call.

  [[nodiscard]] bool spi() const { return push.url.find("/spi/") != std::string::npos; }
  [[nodiscard]] std::string event() const { return spi() ? "spi" : body.at("event"); }
  [[nodiscard]] std::string header(std::string_view name) const {
    const auto found = std::ranges::find(
        push.headers, name, [](const auto& header) -> std::string_view { return header.first; });
    return found == push.headers.end() ? std::string() : found->second;
  }
  /// Whether the signature holds, over the bytes as they came or without their line breaks.
  [[nodiscard]] bool signed_well() const {
    if (spi()) {
      const Fields query = *ParseForm(push.url.substr(push.url.find('?') + 1));
      const SpiSignatures right = SignSpi(query, push.body, kSecret);
      return header("x-life-sign") == right.fresh && *Find(query, "sign") == right.old;
    }
    std::string line = push.body;
    std::erase_if(line, [](char c) { return c == '\r' || c == '\n'; });
    const std::string said = header("X-Douyin-Signature");
    return said == SignWebhook(push.body, kSecret) || said == SignWebhook(line, kSecret);
  }
};

struct Scene {
  explicit Scene(Options options = CalmOptions()) : douyin(std::move(options)) {
    token = douyin.tokens().Issue(now);
  }

  /// Lets time pass until nothing is due, or `until`; each push is answered by `answer`.
  void Run(Instant until = Instant::max()) {
    while (const auto due = douyin.NextDue()) {
      if (*due > until) break;
      now = std::max(now, *due);
      for (const OutgoingPush& push : douyin.Due(now, kNoLimit)) {
        const auto body = nlohmann::json::parse(push.body, nullptr, false);
        SeenPush seen{now, push, body, body};
        if (!seen.spi() && body.is_object()) {
          const auto& content = body.at("content");
          seen.content = content.is_string()
                             ? nlohmann::json::parse(content.get<std::string>(), nullptr, false)
                             : content;
        }
        pushes.push_back(std::move(seen));
        douyin.OnPushAnswer(push.id, answer(pushes.back()), now);
      }
    }
    if (until != Instant::max()) now = std::max(now, until);
  }
  void RunFor(std::chrono::milliseconds time) { Run(now + time); }

  /// Runs until the order's event `topic` has been answered.
  void RunUntil(const std::string& order, std::string_view topic) {
    const auto there = [&] {
      const auto truth = douyin.Truth(order);
      return std::ranges::any_of(truth->events, [&](const Event& event) {
        return event.topic == topic && (event.answered_ok > 0 || event.suppressed);
      });
    };
    while (!there() && douyin.NextDue()) Run(*douyin.NextDue());
  }

  /// What the order's events say.
  std::vector<std::string> Events(const std::string& order) {
    std::vector<std::string> events;
    for (const Event& event : douyin.Truth(order)->events) events.push_back(event.what);
    return events;
  }

  HttpAnswer Send(std::string method, std::string target, std::string body = {}) {
    return douyin.Handle({.method = std::move(method),
                          .origin = "https://open.douyin.com",
                          .target = std::move(target),
                          .body = std::move(body),
                          .headers = {{"access-token", token}}},
                         now);
  }
  nlohmann::json Get(const std::string& path_and_query) {
    return nlohmann::json::parse(Send("GET", "/goodlife/v1/" + path_and_query).body, nullptr,
                                 false);
  }
  nlohmann::json Post(const std::string& path, const std::string& body) {
    return nlohmann::json::parse(Send("POST", "/goodlife/v1/" + path, body).body, nullptr, false);
  }

  DouyinSimulator douyin;
  Instant now = kStart;
  std::string token;
  std::vector<SeenPush> pushes;
  std::function<PushAnswer(const SeenPush&)> answer = [](const SeenPush&) {
    return PushAnswer{200, kOk};
  };
};

/// Both of an answer's codes, where they agree; else -1.
inline int CodeOf(const nlohmann::json& answer) {
  const int code = answer.at("data").at("error_code");
  return code == answer.at("extra").at("error_code") ? code : -1;
}

inline std::string OfOrder(const std::string& id) { return R"({"order_id":")" + id + "\"}"; }

}  // namespace weir::simulators::douyin
