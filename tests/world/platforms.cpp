// SPDX-License-Identifier: Apache-2.0
#include "tests/world/platforms.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "tests/world/settings.hpp"

namespace weir::world {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// All members are named here, so that a new one is not forgotten.

void DrawRetry(Draws& draws, simulators::RetryPlan& plan) {
  auto& [timeout, retries] = plan;
  draws.OneOf("timeout", timeout, {seconds(3), seconds(1), seconds(20)});
  // However long the gateway is down, nothing is given up.
  seconds pause{};
  draws.OneOf("pause", pause, {seconds(60), seconds(20), seconds(150)});
  retries.assign(120, pause);
}

void DrawFaults(Draws& draws, simulators::Faults& faults) {
  auto& [duplicated, reordered, reordered_within, delay, forged, missing_paid, degraded,
         api_failure] = faults;
  draws.Share("duplicated", duplicated, 0.6);
  draws.Share("reordered", reordered, 0.8);
  draws.OneOf("reordered_within", reordered_within, {seconds(5), seconds(90), seconds(600)});
  draws.OneOf("delay", delay, {milliseconds(0), milliseconds(300), seconds(30)});
  draws.Share("forged", forged, 0.2);
  draws.Share("missing_paid", missing_paid, 0.4);
  draws.Share("degraded", degraded, 0.5);
  draws.Share("api_failure", api_failure, 0.3);
}

void DrawTraffic(Draws& draws, simulators::Traffic& traffic) {
  auto& [order_every, pace, auto_confirm, auto_refund, unpaid, cancelled, refunded, urged,
         self_delivery, rider_trouble, shop_rests] = traffic;
  draws.OneOf("order_every", order_every, {seconds(0), seconds(90), seconds(20)});
  draws.OneOf("pace", pace, {seconds(20), seconds(2), seconds(60)});
  draws.OneOf("auto_confirm", auto_confirm, {true, true, false});
  draws.OneOf("auto_refund", auto_refund, {true, true, false});
  draws.Share("unpaid", unpaid, 0.2);
  draws.Share("cancelled", cancelled, 0.4);
  draws.Share("refunded", refunded, 0.8);
  draws.Share("urged", urged, 0.4);
  draws.Share("self_delivery", self_delivery, 0.6);
  draws.Share("rider_trouble", rider_trouble, 0.8);
  draws.Share("shop_rests", shop_rests, 0.4);
}

}  // namespace

std::span<const WorldPlatform* const> WorldPlatforms() {
  static constexpr std::array kAll = {
      &kMeituan,
      &kEleme,
      &kDouyin,
      &kDoudian,
  };
  return kAll;
}

std::vector<const WorldPlatform*> ChoosePlatforms(const std::vector<std::string>& named,
                                                  std::uint64_t seed) {
  const auto all = WorldPlatforms();
  const std::uint64_t sets = (1U << all.size()) - 1;
  const std::uint64_t chosen = seed % sets + 1;
  std::vector<const WorldPlatform*> platforms;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const bool wanted = named.empty() ? (chosen >> i & 1U) == 1
                                      : std::ranges::find(named, all[i]->word) != named.end();
    if (wanted) platforms.push_back(all[i]);
  }
  return platforms;
}

void FitToWorld(simulators::PlatformOptions& options, simulators::Traffic& traffic,
                const WorldPlatform& platform, Draws& draws) {
  options.push_url = fmt::format("{}/hooks/{}", kPublicUrl, platform.connection);
  options.seed = draws.seed();
  draws.OneOf("calls_per_second", options.calls_per_second, {0, 20, 3});
  draws.OneOf("menu_items", options.menu_items, {40, 0, 400});
  draws.OneOf("reviews", options.reviews, {30, 0, 300});
  DrawRetry(draws, options.retry);
  DrawFaults(draws, options.faults);
  DrawTraffic(draws, traffic);
}

app::ConnectionConfig ConnectionTo(const WorldPlatform& platform,
                                   std::map<std::string, Secret> credentials) {
  return {.id = std::string(platform.connection),
          .merchant = "demo",
          .platform = std::string(platform.word),
          .base_url = fmt::format("http://{}/api/v1", platform.host),
          .credentials = std::move(credentials),
          .stores = {{std::string(platform.linked), "sh-001"}},
          .accept_within = {}};
}

}  // namespace weir::world
