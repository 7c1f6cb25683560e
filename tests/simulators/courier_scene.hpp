// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <chrono>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "simulators/courier_options.hpp"
#include "simulators/simulator.hpp"

/// Simulated couriers with a caller beside them, for tests.
namespace weir::simulators {

inline constexpr Instant kStart{std::chrono::seconds(1'700'000'000)};

/// Nothing by chance: what is ordered arrives undisturbed unless a test says otherwise.
inline CourierTraffic CalmTraffic() {
  return {.pace = std::chrono::seconds(60),
          .unaccepted = 0,
          .cancelled = 0,
          .given_up = 0,
          .failed = 0,
          .stuck = 0,
          .handed_on = 0,
          .troubled = 0,
          .asks_off = 0,
          .stillborn = 0};
}

/// A push as the caller gets it.
struct SeenPush {
  Instant at;
  OutgoingPush push;
  nlohmann::json body;
};

/// Lets time pass for one courier; each of its pushes is answered by `answer`.
template <typename Courier>
struct CourierScene {
  explicit CourierScene(typename Courier::Options options) : courier(std::move(options)) {}

  /// Until nothing is due, or `until`.
  void Run(Instant until = Instant::max()) {
    while (const auto due = courier.NextDue()) {
      if (*due > until) break;
      now = std::max(now, *due);
      for (const OutgoingPush& push : courier.Due(now, kNoLimit)) {
        pushes.push_back({now, push, nlohmann::json::parse(push.body)});
        courier.OnPushAnswer(push.id, answer(pushes.back()), now);
      }
    }
    if (until != Instant::max()) now = std::max(now, until);
  }
  void RunFor(std::chrono::milliseconds time) { Run(now + time); }

  /// Runs until the shipment has come to the canonical status.
  void RunUntil(const std::string& number, std::string_view status) {
    while (courier.Truth(number)->status != status) {
      const auto due = courier.NextDue();
      if (!due) break;
      Run(*due);
    }
  }

  Courier courier;
  Instant now = kStart;
  std::vector<SeenPush> pushes;
  std::function<PushAnswer(const SeenPush&)> answer = [](const SeenPush&) {
    return PushAnswer{200, R"({"status":"ok","error_code":0,"error_msg":"success"})"};
  };
};

}  // namespace weir::simulators
