// SPDX-License-Identifier: Apache-2.0
#include "app/demo/douyin.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <utility>

#include "app/demo/switches.hpp"
#include "simulators/douyin/simulator.hpp"

namespace weir::app::demo {
namespace {

namespace douyin = simulators::douyin;
using std::chrono::seconds;

constexpr const char* kDemoSecret = "demo-douyin-secret";

std::unique_ptr<simulators::Platform> Make(const DemoOptions& options, std::string push_url) {
  return std::make_unique<douyin::DouyinSimulator>(DemoDouyin(options, std::move(push_url)));
}

std::map<std::string, Secret> Credentials() {
  const douyin::Options known;
  return {{"client_key", Secret(known.client_key)},
          {"client_secret", Secret(kDemoSecret)},
          {"account_id", Secret(known.account_id)}};
}

PlatformMaker AddOptions(CLI::App& command) {
  return MakerOf<douyin::DouyinSimulator>(command, AddDouyinOptions);
}

void AddQuirks(CLI::App& command, douyin::Quirks& quirks) {
  AddShare(command, "--ids-as-numbers", quirks.ids_as_numbers, "Orders whose ids are numbers");
  AddShare(command, "--milliseconds", quirks.milliseconds, "Orders whose times are in ms");
  AddShare(command, "--content-as-object", quirks.content_as_object,
           "Webhooks whose content is an object");
  AddShare(command, "--line-breaks", quirks.line_breaks, "Webhooks whose body has line breaks");
  AddShare(command, "--unknown-members", quirks.unknown_members,
           "Orders with members that no document names");
  AddShare(command, "--unknown-events", quirks.unknown_events,
           "Messages beside which comes one of an unknown event");
  AddShare(command, "--broken-amounts", quirks.broken_amounts,
           "Orders one of whose sums does not hold");
  AddShare(command, "--bare-refunds", quirks.bare_refunds, "Refunds that say no amount");
  AddShare(command, "--lone-code", quirks.lone_code,
           "Errors whose code stands in one of its two places only");
}

}  // namespace

const SimulatedPlatform kDouyin = {
    .word = "douyin",
    .name = "Douyin",
    .connection = "dy-main",
    .api_path = "",
    .shops = {"7000000000000000001", "7000000000000000002", "7000000000000000003"},
    .credentials = Credentials,
    .make = Make,
    .add_options = AddOptions};

douyin::Options DemoDouyin(const DemoOptions& options, std::string push_url) {
  douyin::Options platform;
  platform.app_secret = kDemoSecret;
  platform.shops.assign(kDouyin.shops.begin(), kDouyin.shops.end());
  FitToDemo(platform, platform.traffic, options, std::move(push_url));
  platform.order_queries_per_second = 0;
  platform.traffic.accept_within = seconds(3);
  platform.traffic.agreed_after = seconds(3);
  platform.quirks.milliseconds = 0.2;
  platform.quirks.content_as_object = 0.2;
  platform.quirks.line_breaks = 0.1;
  platform.quirks.unknown_events = 0.01;
  platform.quirks.broken_amounts = 0.02;
  return platform;
}

void AddDouyinOptions(CLI::App& command, douyin::Options& platform) {
  command.add_option("--client-key", platform.client_key, "The app's key")->capture_default_str();
  command.add_option("--account-id", platform.account_id, "The merchant's account")
      ->capture_default_str();
  command.add_option("--shop", platform.shops, "The shops, poi_id each")
      ->delimiter(',')
      ->capture_default_str();
  AddPlatformOptions(command, platform, platform.traffic);
  AddShare(command, "--coupons", platform.traffic.coupons, "Orders of coupons");
  AddQuirks(command, platform.quirks);
}

}  // namespace weir::app::demo
