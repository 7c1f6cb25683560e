// SPDX-License-Identifier: Apache-2.0
#include "app/demo/sf_express.hpp"

#include <chrono>
#include <limits>
#include <map>
#include <memory>
#include <utility>

#include "app/demo/switches.hpp"
#include "simulators/sf_express/simulator.hpp"

namespace weir::app::demo {
namespace {

using simulators::sf_express::SfExpressSimulator;

constexpr const char* kDemoSecret = "demo-check-word";
constexpr auto kPace = std::chrono::milliseconds(800);
constexpr auto kBatches = std::chrono::milliseconds(300);

std::unique_ptr<simulators::Courier> Make(const DemoOptions& options, std::string hook_url) {
  return std::make_unique<SfExpressSimulator>(DemoSfExpress(options, std::move(hook_url)));
}

std::map<std::string, Secret> Credentials() {
  return {{"partner_id", Secret(simulators::sf_express::Options().partner_id)},
          {"check_word", Secret(kDemoSecret)}};
}

std::map<std::string, std::string> ConnectionOptions() {
  return {{"callback_token", kDemoCallbackToken},
          {"monthly_card", simulators::sf_express::Options().monthly_card}};
}

CourierMaker AddOptions(CLI::App& command) {
  return CourierMakerOf<SfExpressSimulator>(command, AddSfExpressOptions);
}

}  // namespace

const SimulatedCourier kSfExpress = {.word = "sf_express",
                                     .name = "SF Express",
                                     .connection = "sfx-main",
                                     .api_path = "/std/service",
                                     .shops = {},
                                     .credentials = Credentials,
                                     .connection_options = ConnectionOptions,
                                     .make = Make,
                                     .add_options = AddOptions};

simulators::sf_express::Options DemoSfExpress(const DemoOptions& options, std::string hook_url) {
  simulators::sf_express::Options courier;
  courier.check_word = kDemoSecret;
  courier.push_url = std::move(hook_url) + "/routes/" + kDemoCallbackToken;
  courier.seed = options.seed;
  courier.retry = DemoRetries();
  courier.calls_per_second = 0;
  courier.keep_shipments = std::numeric_limits<std::size_t>::max();
  courier.traffic = DemoCourierTraffic();
  courier.traffic.pace = kPace;
  courier.traffic.cancelled = 0.1;
  courier.call_faults = DemoCallFaults();
  courier.faults = DemoPushFaults();
  courier.quirks.batch_within = kBatches;
  return courier;
}

void AddSfExpressOptions(CLI::App& command, simulators::sf_express::Options& courier) {
  command.add_option("--partner-id", courier.partner_id, "The partner's id")->capture_default_str();
  command.add_option("--check-word", courier.check_word, "The partner's check word")
      ->envname("WEIR_SIMULATE_APP_SECRET")
      ->required();
  command.add_option(
      "--push-url", courier.push_url,
      "Where routes go: the gateway's public_url + /hooks/<connection>/routes/<token>; "
      "none are sent without it");
  command.add_option("--monthly-card", courier.monthly_card, "The card that may ship")
      ->capture_default_str();
  command.add_option("--seed", courier.seed, "Other lives for another number")
      ->capture_default_str();
  AddLives(command, courier.traffic);
  AddCallFaults(command, courier.call_faults);
  AddPushFaults(command, courier.faults);
  AddRetry(command, courier.retry);
  AddShare(command, "--to-locker", courier.quirks.to_locker, "Parcels left in a locker");
  AddShare(command, "--shuffled", courier.quirks.shuffled, "Pushed batches that are out of order");
  command.add_flag("--form-pushes", courier.quirks.form_pushes, "Push forms that hold XML");
  command.add_flag("--repeated-is-answered", courier.quirks.repeated_is_answered,
                   "Answer a repeated order by its first waybill, instead of 8016");
}

}  // namespace weir::app::demo
