// SPDX-License-Identifier: Apache-2.0
#include <chrono>

#include "simulators/eleme/simulator.hpp"
#include "tests/world/platforms.hpp"

namespace weir::world {
namespace {

namespace eleme = simulators::eleme;

constexpr const char* kAppSecret = "test_secret_eleme";

std::unique_ptr<simulators::Platform> Make(std::uint64_t seed) {
  eleme::Options options;
  FitToWorld(options, options.traffic, kEleme, seed);
  options.app_secret = kAppSecret;
  options.shops = {{10001, "shop_001"}, {10002, "shop_002"}};
  options.traffic.refunded = 0.3;
  options.traffic.rider_trouble = 0.3;
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

app::ConnectionConfig Connect() {
  const eleme::Options known;
  return ConnectionTo(kEleme, {{"app_id", Secret(std::to_string(known.app_id))},
                               {"app_key", Secret(known.app_key)},
                               {"app_secret", Secret(kAppSecret)}});
}

}  // namespace

constinit const WorldPlatform kEleme = {.word = "eleme",
                                        .connection = "el-main",
                                        .host = "open-api.example.com",
                                        .linked = "10001",
                                        .ok = R"({"message":"ok"})",
                                        .make = Make,
                                        .connect = Connect};

}  // namespace weir::world
