// SPDX-License-Identifier: Apache-2.0
#include "tests/world/platforms.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <utility>

#include "base/secret.hpp"
#include "simulators/eleme/simulator.hpp"
#include "simulators/meituan/simulator.hpp"
#include "tests/world/settings.hpp"

namespace weir::world {
namespace {

namespace eleme = simulators::eleme;
namespace meituan = simulators::meituan;

constexpr std::string_view kMeituanSecret = "test_secret_0123456789abcdef0123";
constexpr std::string_view kElemeSecret = "test_secret_eleme";

constexpr simulators::Faults kFaults = {.duplicated = 0.3,
                                        .reordered = 0.4,
                                        .reordered_within = std::chrono::seconds(90),
                                        .forged = 0.05,
                                        .missing_paid = 0.1,
                                        .degraded = 0.2,
                                        .api_failure = 0.1};

simulators::RetryPlan Patient() {
  simulators::RetryPlan plan;
  plan.retries.assign(40, std::chrono::seconds(60));
  return plan;
}

std::unique_ptr<simulators::Platform> MakeMeituan(std::uint64_t seed);
std::unique_ptr<simulators::Platform> MakeEleme(std::uint64_t seed);
app::ConnectionConfig ConnectMeituan();
app::ConnectionConfig ConnectEleme();

constexpr WorldPlatform kMeituan = {.word = "meituan",
                                    .connection = "mt-main",
                                    .host = "waimaiopen.example.com",
                                    .linked = "shop_001",
                                    .ok = R"({"data":"ok"})",
                                    .make = MakeMeituan,
                                    .connect = ConnectMeituan};

constexpr WorldPlatform kEleme = {.word = "eleme",
                                  .connection = "el-main",
                                  .host = "open-api.example.com",
                                  .linked = "10001",
                                  .ok = R"({"message":"ok"})",
                                  .make = MakeEleme,
                                  .connect = ConnectEleme};

std::string HooksOf(const WorldPlatform& platform) {
  return fmt::format("{}/hooks/{}", kPublicUrl, platform.connection);
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

std::unique_ptr<simulators::Platform> MakeMeituan(std::uint64_t seed) {
  meituan::Options options;
  options.app_secret = kMeituanSecret;
  options.push_base_url = HooksOf(kMeituan);
  options.shops = {"shop_001", "shop_002"};
  options.seed = seed;
  options.retry.retries = Patient().retries;
  options.calls_per_second = 0;
  options.traffic.pace = std::chrono::seconds(20);
  options.faults = kFaults;
  options.quirks.encoding = meituan::Encoding::kMixed;
  options.quirks.get_for_cancel_and_refund = seed % 2 == 0;
  options.quirks.legacy_status = 0.2;
  options.quirks.scaled_coordinates = 0.2;
  return std::make_unique<meituan::MeituanSimulator>(std::move(options));
}

app::ConnectionConfig ConnectMeituan() {
  return ConnectionTo(
      kMeituan, {{"app_id", Secret("9001")}, {"app_secret", Secret(std::string(kMeituanSecret))}});
}

std::unique_ptr<simulators::Platform> MakeEleme(std::uint64_t seed) {
  eleme::Options options;
  options.app_secret = kElemeSecret;
  options.push_url = HooksOf(kEleme);
  options.shops = {{10001, "shop_001"}, {10002, "shop_002"}};
  options.seed = seed;
  options.retry.retries = Patient().retries;
  options.calls_per_second = 0;
  options.traffic.pace = std::chrono::seconds(20);
  options.traffic.refunded = 0.3;
  options.traffic.rider_trouble = 0.3;
  options.faults = kFaults;
  options.quirks.type_as_text = seed % 2 == 0 ? 0.5 : 0;
  options.quirks.user_as_text = seed % 4 < 2 ? 0.5 : 0;
  options.quirks.misnamed_state = 0.2;
  options.quirks.unknown_members = 0.2;
  options.quirks.refunding_word = 0.2;
  options.quirks.lean = seed % 3 == 0 ? 0.5 : 0;
  options.quirks.degraded_for = std::chrono::seconds(seed % 5 == 0 ? 60 : 0);
  options.tokens.access = std::chrono::minutes(seed % 3 == 0 ? 5 : 600);
  return std::make_unique<eleme::ElemeSimulator>(std::move(options));
}

app::ConnectionConfig ConnectEleme() {
  const eleme::Options known;
  return ConnectionTo(kEleme, {{"app_id", Secret(std::to_string(known.app_id))},
                               {"app_key", Secret(known.app_key)},
                               {"app_secret", Secret(std::string(kElemeSecret))}});
}

}  // namespace

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

}  // namespace weir::world
