// SPDX-License-Identifier: Apache-2.0
#include "app/demo/eleme.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "app/demo/switches.hpp"
#include "simulators/eleme/simulator.hpp"

namespace weir::app::demo {
namespace {

namespace eleme = simulators::eleme;
using std::chrono::seconds;

constexpr const char* kDemoSecret = "demo-eleme-secret";
constexpr std::int64_t kFirstShop = 10001;

std::unique_ptr<simulators::Platform> Make(const DemoOptions& options, std::string push_url) {
  return std::make_unique<eleme::ElemeSimulator>(DemoEleme(options, std::move(push_url)));
}

std::map<std::string, Secret> Credentials() {
  const eleme::Options known;
  return {{"app_id", Secret(std::to_string(known.app_id))},
          {"app_key", Secret(known.app_key)},
          {"app_secret", Secret(kDemoSecret)}};
}

PlatformMaker AddOptions(CLI::App& command) {
  return MakerOf<eleme::ElemeSimulator>(command, AddElemeOptions);
}

void AddQuirks(CLI::App& command, eleme::Quirks& quirks) {
  AddShare(command, "--type-as-text", quirks.type_as_text, "Pushes whose type is text");
  AddShare(command, "--user-as-text", quirks.user_as_text, "Pushes whose userId is text");
  AddShare(command, "--misnamed-state", quirks.misnamed_state,
           "Messages whose state is not the one of their type");
  AddShare(command, "--unknown-members", quirks.unknown_members,
           "Orders with members that no document names");
  AddShare(command, "--lean", quirks.lean, "New orders beside which comes the leaner message 217");
  AddShare(command, "--lean-state", quirks.lean_state,
           "Changes of state beside which comes the leaner message 218");
}

}  // namespace

const SimulatedPlatform kEleme = {.word = "eleme",
                                  .name = "Ele.me",
                                  .connection = "el-main",
                                  .api_path = "/api/v1",
                                  .shops = {"10001", "10002", "10003"},
                                  .credentials = Credentials,
                                  .make = Make,
                                  .add_options = AddOptions};

eleme::Options DemoEleme(const DemoOptions& options, std::string push_url) {
  eleme::Options platform;
  platform.app_secret = kDemoSecret;
  platform.shops = {{10001, "shop_001"}, {10002, "shop_002"}, {10003, "shop_003"}};
  FitToDemo(platform, platform.traffic, options, std::move(push_url));
  platform.traffic.agreed_after = seconds(3);
  platform.traffic.shop_changes = 0.01;
  platform.traffic.service_orders = 0.01;
  platform.traffic.applications = 0.01;
  platform.quirks.type_as_text = 0.1;
  platform.quirks.user_as_text = 0.1;
  platform.quirks.misnamed_state = 0.1;
  return platform;
}

void AddElemeOptions(CLI::App& command, eleme::Options& platform) {
  command.add_option("--app-id", platform.app_id, "The app's id")->capture_default_str();
  command.add_option("--app-key", platform.app_key, "The app's key")->capture_default_str();
  command
      .add_option_function<std::vector<std::string>>(
          "--shop",
          [&](const std::vector<std::string>& codes) {
            platform.shops.clear();
            for (const std::string& code : codes) {
              const auto place = static_cast<std::int64_t>(platform.shops.size());
              platform.shops.push_back({kFirstShop + place, code});
            }
          },
          "The shops, openId each; they are numbered from 10001")
      ->delimiter(',')
      ->default_str("shop_001");
  AddPlatformOptions(command, platform, platform.traffic);
  AddQuirks(command, platform.quirks);
  AddTokenLife(command, platform.tokens.access, platform.tokens.refresh);
}

}  // namespace weir::app::demo
