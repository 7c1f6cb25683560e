// SPDX-License-Identifier: Apache-2.0
#include "tests/world/platforms.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "tests/world/settings.hpp"

namespace weir::world {

std::span<const WorldPlatform* const> WorldPlatforms() {
  static constexpr std::array kAll = {
      &kMeituan,
      &kEleme,
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
                const WorldPlatform& platform, std::uint64_t seed) {
  using std::chrono::seconds;
  options.push_url = fmt::format("{}/hooks/{}", kPublicUrl, platform.connection);
  options.seed = seed;
  options.retry.retries.assign(40, seconds(60));
  options.calls_per_second = 0;
  options.faults = {.duplicated = 0.3,
                    .reordered = 0.4,
                    .reordered_within = seconds(90),
                    .forged = 0.05,
                    .missing_paid = 0.1,
                    .degraded = 0.2,
                    .api_failure = 0.1};
  traffic.pace = seconds(20);
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
