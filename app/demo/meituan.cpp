// SPDX-License-Identifier: Apache-2.0
#include "app/demo/meituan.hpp"

#include <map>
#include <memory>
#include <utility>

#include "app/demo/switches.hpp"
#include "simulators/meituan/simulator.hpp"

namespace weir::app::demo {
namespace {

namespace meituan = simulators::meituan;

constexpr const char* kDemoSecret = "demo-app-secret";

std::unique_ptr<simulators::Platform> Make(const DemoOptions& options, std::string push_url) {
  return std::make_unique<meituan::MeituanSimulator>(DemoMeituan(options, std::move(push_url)));
}

std::map<std::string, Secret> Credentials() {
  return {{"app_id", Secret(meituan::Options().app_id)}, {"app_secret", Secret(kDemoSecret)}};
}

PlatformMaker AddOptions(CLI::App& command) {
  return MakerOf<meituan::MeituanSimulator>(command, AddMeituanOptions);
}

void AddManners(CLI::App& command, meituan::Options& platform) {
  using meituan::Encoding;
  static const std::map<std::string, Encoding> kEncodings = {
      {"double", Encoding::kDouble}, {"single", Encoding::kSingle}, {"mixed", Encoding::kMixed}};
  command.add_option("--encoding", platform.quirks.encoding, "How values are encoded in a push")
      ->transform(CLI::CheckedTransformer(kEncodings).description("double|single|mixed"))
      ->default_str("double");
  command.add_flag("--get", platform.quirks.get_for_cancel_and_refund,
                   "Send cancellations and refunds by GET, as to old apps");
  AddShare(command, "--legacy-status", platform.quirks.legacy_status,
           "Orders that pass the old statuses 3 and 6");
}

}  // namespace

const SimulatedPlatform kMeituan = {.word = "meituan",
                                    .name = "Meituan",
                                    .connection = "mt-main",
                                    .api_path = "/api/v1",
                                    .shops = {"shop_001", "shop_002", "shop_003"},
                                    .credentials = Credentials,
                                    .make = Make,
                                    .add_options = AddOptions};

meituan::Options DemoMeituan(const DemoOptions& options, std::string push_url) {
  meituan::Options platform;
  platform.app_secret = kDemoSecret;
  platform.shops.assign(kMeituan.shops.begin(), kMeituan.shops.end());
  FitToDemo(platform, platform.traffic, options, std::move(push_url));
  platform.quirks.encoding = meituan::Encoding::kMixed;
  platform.quirks.get_for_cancel_and_refund = true;
  platform.quirks.legacy_status = 0.1;
  platform.quirks.scaled_coordinates = 0.1;
  platform.quirks.net_prices = 0.1;
  return platform;
}

void AddMeituanOptions(CLI::App& command, meituan::Options& platform) {
  command.add_option("--app-id", platform.app_id, "The app's id")->capture_default_str();
  command.add_option("--shop", platform.shops, "The shops, app_poi_code each")
      ->delimiter(',')
      ->capture_default_str();
  AddPlatformOptions(command, platform, platform.traffic);
  AddManners(command, platform);
}

}  // namespace weir::app::demo
