// SPDX-License-Identifier: Apache-2.0
#include "tests/world/couriers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "tests/world/settings.hpp"

namespace weir::world {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

std::span<const WorldCourier* const> WorldCouriers() {
  static constexpr std::array kAll = {&kDada, &kSfCity, &kSfExpress};
  return kAll;
}

std::vector<const WorldCourier*> ChooseCouriers(
    const std::optional<std::vector<std::string>>& named, std::uint64_t seed) {
  const auto all = WorldCouriers();
  std::vector<const WorldCourier*> couriers;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const bool wanted =
        named ? std::ranges::find(*named, all[i]->word) != named->end() : (seed >> i & 1U) == 1;
    if (wanted) couriers.push_back(all[i]);
  }
  return couriers;
}

// All members are named here, so that a new one is not forgotten.

void DrawRetry(Draws& draws, simulators::RetryPlan& plan) {
  auto& [timeout, retries] = plan;
  draws.OneOf("timeout", timeout, {seconds(3), seconds(1), seconds(20)});
  // However long the gateway is down, nothing is given up.
  seconds pause{};
  draws.OneOf("pause", pause, {seconds(60), seconds(20), seconds(150)});
  retries.assign(120, pause);
}

void DrawTraffic(Draws& draws, simulators::CourierTraffic& traffic) {
  auto& [pace, unaccepted, cancelled, given_up, failed, stuck, handed_on, troubled, asks_off,
         stillborn, searched_for, let_off_after] = traffic;
  draws.OneOf("pace", pace, {seconds(20), seconds(2), seconds(60)});
  draws.Share("unaccepted", unaccepted, 0.4);
  draws.Share("cancelled", cancelled, 0.6);
  draws.Share("given_up", given_up, 0.5);
  draws.Share("failed", failed, 0.3);
  draws.Share("stuck", stuck, 0.2);
  draws.Share("handed_on", handed_on, 0.4);
  draws.Share("troubled", troubled, 0.4);
  draws.Share("asks_off", asks_off, 0.4);
  draws.Share("stillborn", stillborn, 0.3);
  draws.OneOf("searched_for", searched_for, {minutes(3), minutes(1), minutes(12)});
  draws.OneOf("let_off_after", let_off_after, {seconds(100), seconds(10)});
}

void DrawCallFaults(Draws& draws, simulators::CourierFaults& faults) {
  auto& [lost_request, lost_answer, busy, refused] = faults;
  draws.Share("lost_request", lost_request, 0.6);
  draws.Share("lost_answer", lost_answer, 0.8);
  draws.Share("busy", busy, 0.6);
  draws.Share("refused", refused, 0.6);
}

void DrawPushFaults(Draws& draws, simulators::Faults& faults) {
  draws.Share("duplicated", faults.duplicated, 0.6);
  draws.Share("reordered", faults.reordered, 0.8);
  draws.OneOf("reordered_within", faults.reordered_within, {seconds(5), seconds(90), seconds(600)});
  draws.OneOf("delay", faults.delay, {milliseconds(0), milliseconds(300), seconds(30)});
  draws.Share("forged", faults.forged, 0.2);
  draws.Share("api_failure", faults.api_failure, 0.3);
}

void FitToWorld(simulators::CourierOptions& options, Draws& draws) {
  options.seed = draws.seed();
  draws.OneOf("calls_per_second", options.calls_per_second, {0, 20, 3});
  draws.OneOf("read_lag", options.read_lag, {seconds(0), seconds(60)});
  draws.OneOf("balance", options.balance, {100'000'000, 3'000});
  DrawRetry(draws, options.retry);
  DrawTraffic(draws, options.traffic);
  DrawCallFaults(draws, options.call_faults);
  DrawPushFaults(draws, options.faults);
}

std::string HookOf(const WorldCourier& courier) {
  return fmt::format("{}/hooks/{}", kPublicUrl, courier.connection);
}

app::ConnectionConfig ConnectionTo(const WorldCourier& courier,
                                   std::map<std::string, Secret> credentials) {
  return {.id = std::string(courier.connection),
          .merchant = "demo",
          .platform = std::string(courier.word),
          .base_url = fmt::format("http://{}{}", courier.host, courier.api_path),
          .credentials = std::move(credentials),
          .stores = {},
          .accept_within = {}};
}

}  // namespace weir::world
