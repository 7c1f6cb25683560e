// SPDX-License-Identifier: Apache-2.0
#include "app/demo/sf_city.hpp"

#include <map>
#include <memory>
#include <utility>

#include "app/demo/switches.hpp"
#include "simulators/sf_city/simulator.hpp"

namespace weir::app::demo {
namespace {

using simulators::sf_city::SfCitySimulator;

constexpr const char* kDemoSecret = "demo-sf-city-key";
constexpr simulators::Place kShop{.latitude = 31'257'000, .longitude = 121'530'000};
constexpr const char* kFirstShop = "3243279847393";

std::unique_ptr<simulators::Courier> Make(const DemoOptions& options, std::string hook_url) {
  return std::make_unique<SfCitySimulator>(DemoSfCity(options, std::move(hook_url)));
}

std::map<std::string, Secret> Credentials() {
  return {{"dev_id", Secret(std::to_string(simulators::sf_city::Options().dev_id))},
          {"dev_key", Secret(kDemoSecret)},
          {"shop_id", Secret(kFirstShop)}};
}

std::map<std::string, std::string> ConnectionOptions() { return {}; }

CourierMaker AddOptions(CLI::App& command) {
  return CourierMakerOf<SfCitySimulator>(command, AddSfCityOptions);
}

}  // namespace

const SimulatedCourier kSfCity = {.word = "sf_city",
                                  .name = "SF city",
                                  .connection = "sfc-main",
                                  .api_path = "",
                                  .shops = {kFirstShop, "3243279847394", "3243279847395"},
                                  .credentials = Credentials,
                                  .connection_options = ConnectionOptions,
                                  .make = Make,
                                  .add_options = AddOptions};

simulators::sf_city::Options DemoSfCity(const DemoOptions& options, std::string hook_url) {
  simulators::sf_city::Options courier;
  courier.dev_key = kDemoSecret;
  courier.push_url = std::move(hook_url) + "/status";
  FitToDemo(courier, options, kSfCity, kShop);
  courier.quirks = {.number_ids = 0.1, .trailing_blank = 0.1, .own_cancels = 0.5};
  return courier;
}

void AddSfCityOptions(CLI::App& command, simulators::sf_city::Options& courier) {
  command.add_option("--dev-id", courier.dev_id, "The developer's number")->capture_default_str();
  command.add_option("--dev-key", courier.dev_key, "The developer's key")
      ->envname("WEIR_SIMULATE_APP_SECRET")
      ->required();
  command
      .add_option("--push-url", courier.push_url,
                  "Where pushes go: the gateway's public_url + /hooks/<connection>")
      ->required();
  AddCourierOptions(command, courier);
  AddShare(command, "--number-ids", courier.quirks.number_ids,
           "Answers and callbacks that write SF's order id as a number");
  AddShare(command, "--trailing-blank", courier.quirks.trailing_blank,
           "Callbacks whose url_index ends in a blank");
  AddShare(command, "--own-cancels", courier.quirks.own_cancels,
           "Cancels of the merchant's own that are called back");
}

}  // namespace weir::app::demo
