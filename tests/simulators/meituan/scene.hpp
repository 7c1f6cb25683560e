// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "simulators/form.hpp"
#include "simulators/meituan/signature.hpp"
#include "simulators/meituan/simulator.hpp"

/// A simulated Meituan with an app beside it, for tests.
namespace weir::simulators::meituan {

inline constexpr Instant kStart{std::chrono::seconds(1'700'000'000)};
inline constexpr std::string_view kSecret = "test_secret_0123456789abcdef0123";
inline constexpr std::string_view kOrigin = "https://waimaiopen.meituan.com";

/// Nothing by chance: orders complete undisturbed unless a test says otherwise.
inline Options CalmOptions() {
  Options options;
  options.app_secret = kSecret;
  options.push_url = "https://gw.example.com/hooks/meituan";
  options.traffic.unpaid = options.traffic.cancelled = options.traffic.refunded = 0;
  options.traffic.urged = options.traffic.self_delivery = options.traffic.pickup = 0;
  options.traffic.rider_trouble = options.traffic.shop_rests = 0;
  options.traffic.pace = std::chrono::seconds(10);
  return options;
}

inline Fate CalmFate() { return {.route = PlainRoute()}; }

/// A push as the app understands it.
struct SeenPush {
  Instant at;
  OutgoingPush push;
  std::string topic;
  std::map<std::string, std::string> fields;
};

/// Values decoded `times` times.
inline std::map<std::string, std::string> Decode(const OutgoingPush& push, int times) {
  const std::string text =
      push.method == "GET" ? push.url.substr(push.url.find('?') + 1) : push.body;
  std::map<std::string, std::string> fields;
  const auto parsed = ParseForm(text);
  for (auto [name, value] : *parsed) {
    for (int i = 1; i < times; ++i) {
      std::string decoded;
      if (AppendPercentDecoded(decoded, value, true)) {
        value = decoded;
      }
    }
    fields[name] = value;
  }
  return fields;
}

inline std::string UrlOf(const OutgoingPush& push) {
  return push.url.substr(0, push.url.find('?'));
}

struct Scene {
  explicit Scene(Options options = CalmOptions()) : meituan(std::move(options)) {}

  /// Lets time pass until nothing is due, or `until`; each push is answered by `answer`.
  void Run(Instant until = Instant::max()) {
    while (const auto due = meituan.NextDue()) {
      if (*due > until) {
        break;
      }
      now = std::max(now, *due);
      for (const OutgoingPush& push : meituan.Due(now, kNoLimit)) {
        const std::string url = UrlOf(push);
        const std::string& base = meituan.options().push_url;
        pushes.push_back({now, push, url.substr(base.size() + 1), Decode(push, 2)});
        meituan.OnPushAnswer(push.id, answer(pushes.back()), now);
      }
    }
    if (until != Instant::max()) {
      now = std::max(now, until);
    }
  }
  void RunFor(std::chrono::milliseconds time) { Run(now + time); }

  /// Runs until the order's event `what` has been answered.
  void RunUntil(const std::string& order, std::string_view what) {
    const auto there = [&] {
      const auto truth = meituan.Truth(order);
      for (const Event& event : truth->events) {
        if (event.what == what && (event.answered_ok > 0 || event.suppressed)) {
          return true;
        }
      }
      return false;
    };
    while (!there() && meituan.NextDue()) {
      Run(*meituan.NextDue());
    }
  }

  /// Calls the API with a right signature.
  nlohmann::json Call(std::string_view path, Fields parameters) {
    parameters.emplace_back("app_id", meituan.options().app_id);
    parameters.emplace_back("timestamp", "1700000000");
    const std::string url_path = "/api/v1/" + std::string(path);
    parameters.emplace_back("sig", Sign(std::string(kOrigin) + url_path, parameters, kSecret));
    const HttpAnswer answered = Send(url_path, parameters);
    return nlohmann::json::parse(answered.body, nullptr, false);
  }

  HttpAnswer Send(const std::string& path, const Fields& parameters) {
    std::string query;
    for (const auto& [name, value] : parameters) {
      query.append(query.empty() ? "?" : "&").append(name).append("=").append(FormEncode(value));
    }
    return meituan.Handle({.origin = std::string(kOrigin), .target = path + query, .body = {}},
                          now);
  }

  /// The code of an error answer, 0 for "ok" and data.
  int CodeOf(std::string_view path, Fields parameters) {
    const auto json = Call(path, std::move(parameters));
    return json.contains("error") ? json["error"]["code"].get<int>() : 0;
  }

  std::vector<std::string> Whats(const std::string& order) {
    std::vector<std::string> whats;
    const auto truth = meituan.Truth(order);
    for (const Event& event : truth->events) {
      whats.push_back(event.what);
    }
    return whats;
  }

  MeituanSimulator meituan;
  Instant now = kStart;
  std::vector<SeenPush> pushes;
  std::function<PushAnswer(const SeenPush&)> answer = [](const SeenPush&) {
    return PushAnswer{200, R"({"data":"ok"})"};
  };
};

}  // namespace weir::simulators::meituan
