// SPDX-License-Identifier: Apache-2.0
#include "app/demo/doudian.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "app/demo/switches.hpp"
#include "simulators/doudian/simulator.hpp"

namespace weir::app::demo {
namespace {

namespace doudian = simulators::doudian;
using std::chrono::milliseconds;

constexpr const char* kDemoSecret = "demo-doudian-secret";
constexpr std::int64_t kFirstStore = 153406001;

std::unique_ptr<simulators::Platform> Make(const DemoOptions& options, std::string push_url) {
  return std::make_unique<doudian::DoudianSimulator>(DemoDoudian(options, std::move(push_url)));
}

std::map<std::string, Secret> Credentials() {
  const doudian::Options known;
  return {{"app_key", Secret(known.app_key)},
          {"app_secret", Secret(kDemoSecret)},
          {"shop_id", Secret(std::to_string(known.shop_id))}};
}

PlatformMaker AddOptions(CLI::App& command) {
  return MakerOf<doudian::DoudianSimulator>(command, AddDoudianOptions);
}

void AddQuirks(CLI::App& command, doudian::Quirks& quirks) {
  AddShare(command, "--tag-as-number", quirks.tag_as_number, "Messages whose tag is a number");
  AddShare(command, "--data-as-object", quirks.data_as_object,
           "Messages whose data is an object instead of text");
  AddShare(command, "--ids-as-text", quirks.ids_as_text, "Messages whose ids are text");
  AddShare(command, "--numbers-as-text", quirks.numbers_as_text,
           "Orders that are read with each number as text");
  AddShare(command, "--legacy", quirks.legacy, "Answers in the old shape");
  AddShare(command, "--unknown-members", quirks.unknown_members,
           "Orders with members that no document names");
  AddShare(command, "--unknown-tags", quirks.unknown_tags,
           "Payments after which comes a message of an unknown tag");
  AddShare(command, "--broken-amounts", quirks.broken_amounts,
           "Orders whose amounts break an identity by a fen");
  AddShare(command, "--probed", quirks.probed, "Orders before which the push URL is probed");
}

void AddBatches(CLI::App& command, doudian::Batches& batches) {
  command.add_option("--batch", batches.most, "Messages of a request, at most")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  command
      .add_option_function<double>(
          "--gathered", [&](double time) { batches.gathered = Seconds(time); },
          "How long a message waits for others, in seconds")
      ->check(CLI::Range(0.0, 3600.0))
      ->default_str("0.2");
}

}  // namespace

const SimulatedPlatform kDoudian = {.word = "doudian",
                                    .name = "Doudian",
                                    .connection = "dd-main",
                                    .api_path = "",
                                    .shops = {"153406001", "153406002", "153406003"},
                                    .credentials = Credentials,
                                    .make = Make,
                                    .add_options = AddOptions};

doudian::Options DemoDoudian(const DemoOptions& options, std::string push_url) {
  doudian::Options platform;
  platform.app_secret = kDemoSecret;
  platform.shops = {
      {kFirstStore, "shop_001"}, {kFirstStore + 1, "shop_002"}, {kFirstStore + 2, "shop_003"}};
  FitToDemo(platform, platform.traffic, options, std::move(push_url));
  platform.batches = {.gathered = milliseconds(100), .doubled = 0.02, .shuffled = 0.3};
  platform.quirks.tag_as_number = 0.1;
  platform.quirks.camel_msg_id = 0.1;
  platform.quirks.data_as_object = 0.1;
  platform.quirks.ids_as_text = 0.1;
  platform.quirks.numbers_as_text = 0.2;
  platform.quirks.legacy = 0.1;
  platform.quirks.broken_amounts = 0.05;
  platform.quirks.probed = 0.01;
  return platform;
}

void AddDoudianOptions(CLI::App& command, doudian::Options& platform) {
  command.add_option("--app-key", platform.app_key, "The app's key")->capture_default_str();
  command.add_option("--shop-id", platform.shop_id, "The shop that the stores belong to")
      ->capture_default_str();
  command
      .add_option_function<std::vector<std::string>>(
          "--shop",
          [&](const std::vector<std::string>& codes) {
            platform.shops.clear();
            for (const std::string& code : codes) {
              const auto place = static_cast<std::int64_t>(platform.shops.size());
              platform.shops.push_back({kFirstStore + place, code});
            }
          },
          "The stores, the merchant's code each; they are numbered from 153406001")
      ->delimiter(',')
      ->default_str("shop_001");
  AddPlatformOptions(command, platform, platform.traffic);
  AddQuirks(command, platform.quirks);
  AddBatches(command, platform.batches);
  AddTokenLife(command, platform.tokens.access, platform.tokens.refresh);
}

}  // namespace weir::app::demo
