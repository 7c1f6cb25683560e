// SPDX-License-Identifier: Apache-2.0
#include "simulators/meituan/simulator.hpp"
#include "tests/world/platforms.hpp"

namespace weir::world {
namespace {

namespace meituan = simulators::meituan;

constexpr const char* kAppSecret = "test_secret_0123456789abcdef0123";

std::unique_ptr<simulators::Platform> Make(std::uint64_t seed) {
  meituan::Options options;
  FitToWorld(options, options.traffic, kMeituan, seed);
  options.app_secret = kAppSecret;
  options.shops = {"shop_001", "shop_002"};
  options.quirks.encoding = meituan::Encoding::kMixed;
  options.quirks.get_for_cancel_and_refund = seed % 2 == 0;
  options.quirks.legacy_status = 0.2;
  options.quirks.scaled_coordinates = 0.2;
  return std::make_unique<meituan::MeituanSimulator>(std::move(options));
}

app::ConnectionConfig Connect() {
  return ConnectionTo(kMeituan, {{"app_id", Secret(meituan::Options().app_id)},
                                 {"app_secret", Secret(kAppSecret)}});
}

}  // namespace

constinit const WorldPlatform kMeituan = {.word = "meituan",
                                          .connection = "mt-main",
                                          .host = "waimaiopen.example.com",
                                          .linked = "shop_001",
                                          .ok = R"({"data":"ok"})",
                                          .make = Make,
                                          .connect = Connect};

}  // namespace weir::world
