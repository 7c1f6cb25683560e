// SPDX-License-Identifier: Apache-2.0
#include "app/demo/meituan.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <utility>

#include "app/demo/switches.hpp"
#include "simulators/meituan/simulator.hpp"

namespace weir::app::demo {
namespace {

namespace meituan = simulators::meituan;
using std::chrono::milliseconds;

constexpr const char* kDemoSecret = "demo-app-secret";

std::unique_ptr<simulators::Platform> Make(const DemoOptions& options, std::string push_url) {
  return std::make_unique<meituan::MeituanSimulator>(DemoMeituan(options, std::move(push_url)));
}

std::map<std::string, Secret> Credentials() {
  return {{"app_id", Secret(meituan::Options().app_id)}, {"app_secret", Secret(kDemoSecret)}};
}

PlatformMaker AddOptions(CLI::App& command) {
  const auto options = std::make_shared<meituan::Options>();
  AddMeituanOptions(command, *options);
  return [options] { return std::make_unique<meituan::MeituanSimulator>(*options); };
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

meituan::Options DemoMeituan(const DemoOptions& options, std::string push_base_url) {
  meituan::Options platform;
  platform.app_secret = kDemoSecret;
  platform.push_base_url = std::move(push_base_url);
  platform.shops.assign(kMeituan.shops.begin(), kMeituan.shops.end());
  platform.seed = options.seed;
  platform.retry = DemoRetry();
  platform.calls_per_second = 0;
  platform.keep_orders = static_cast<std::size_t>(-1);
  platform.traffic.order_every = Every(options.orders_per_second);
  platform.traffic.pace = milliseconds(400);
  platform.faults = DemoFaults();
  platform.quirks.encoding = meituan::Encoding::kMixed;
  platform.quirks.get_for_cancel_and_refund = true;
  platform.quirks.legacy_status = 0.1;
  platform.quirks.scaled_coordinates = 0.1;
  platform.quirks.net_prices = 0.1;
  return platform;
}

void AddMeituanOptions(CLI::App& command, meituan::Options& platform) {
  command
      .add_option("--push-url", platform.push_base_url,
                  "Where pushes go: the gateway's public_url + /hooks/<connection>")
      ->required();
  command.add_option("--app-id", platform.app_id, "The app's id")->capture_default_str();
  command.add_option("--app-secret", platform.app_secret, "The app's secret")
      ->envname("WEIR_SIMULATE_APP_SECRET")
      ->required();
  command.add_option("--shop", platform.shops, "The shops, app_poi_code each")
      ->delimiter(',')
      ->capture_default_str();
  command.add_option("--seed", platform.seed, "Other orders for another number")
      ->capture_default_str();
  command.add_option("--menu-items", platform.menu_items, "Items of each shop's menu")
      ->check(CLI::Range(0, 3000))
      ->capture_default_str();
  AddTraffic(command, platform.traffic);
  AddFaults(command, platform.faults);
  AddRetry(command, platform.retry, "30,60,120,300");
  AddManners(command, platform);
}

}  // namespace weir::app::demo
