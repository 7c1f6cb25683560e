// SPDX-License-Identifier: Apache-2.0
#include "app/demo/dada.hpp"

#include <map>
#include <memory>
#include <utility>

#include "app/demo/switches.hpp"
#include "simulators/dada/simulator.hpp"

namespace weir::app::demo {
namespace {

using simulators::dada::DadaSimulator;

constexpr const char* kDemoSecret = "demo-dada-secret";
/// The two couriers of the city locate a shop each by itself, so that now one is cheaper, now the
/// other.
constexpr simulators::Place kShop{.latitude = 31'243'000, .longitude = 121'530'000};

std::unique_ptr<simulators::Courier> Make(const DemoOptions& options, std::string hook_url) {
  return std::make_unique<DadaSimulator>(DemoDada(options, std::move(hook_url)));
}

std::map<std::string, Secret> Credentials() {
  const simulators::dada::Options known;
  return {{"app_key", Secret(known.app_key)},
          {"app_secret", Secret(kDemoSecret)},
          {"source_id", Secret(known.source_id)}};
}

std::map<std::string, std::string> ConnectionOptions() {
  return {{"callback_token", kDemoCallbackToken}};
}

CourierMaker AddOptions(CLI::App& command) {
  return CourierMakerOf<DadaSimulator>(command, AddDadaOptions);
}

}  // namespace

const SimulatedCourier kDada = {.word = "dada",
                                .name = "Dada",
                                .connection = "dada-main",
                                .api_path = "",
                                .shops = {"11047059", "11047060", "11047061"},
                                .credentials = Credentials,
                                .connection_options = ConnectionOptions,
                                .make = Make,
                                .add_options = AddOptions};

simulators::dada::Options DemoDada(const DemoOptions& options, std::string hook_url) {
  simulators::dada::Options courier;
  courier.app_secret = kDemoSecret;
  courier.message_url = std::move(hook_url) + "/" + kDemoCallbackToken;
  FitToDemo(courier, options, kDada, kShop);
  courier.traffic.asks_off = 0.03;
  courier.quirks.text_time = 0.1;
  courier.quirks.upper_signature = 0.1;
  return courier;
}

void AddDadaOptions(CLI::App& command, simulators::dada::Options& courier) {
  command.add_option("--app-key", courier.app_key, "The app's key")->capture_default_str();
  command.add_option("--app-secret", courier.app_secret, "The app's secret")
      ->envname("WEIR_SIMULATE_APP_SECRET")
      ->required();
  command.add_option("--source-id", courier.source_id, "The merchant's number")
      ->capture_default_str();
  command.add_option("--message-url", courier.message_url,
                     "Where messages go that are not of one order; none are sent without it");
  AddCourierOptions(command, courier);
  AddShare(command, "--asks-off", courier.traffic.asks_off,
           "Deliveries whose rider asks to be let off");
  AddShare(command, "--text-time", courier.quirks.text_time, "Callbacks whose update_time is text");
  AddShare(command, "--upper-signature", courier.quirks.upper_signature,
           "Callbacks signed in upper case");
}

}  // namespace weir::app::demo
