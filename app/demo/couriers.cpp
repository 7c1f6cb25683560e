// SPDX-License-Identifier: Apache-2.0
#include "app/demo/couriers.hpp"

#include <array>
#include <chrono>
#include <string>
#include <vector>

#include "app/demo/switches.hpp"
#include "simulators/dada/simulator.hpp"
#include "simulators/sf_city/simulator.hpp"
#include "simulators/sf_express/simulator.hpp"

namespace weir::app::demo {
namespace {

namespace dada = simulators::dada;
namespace sf_city = simulators::sf_city;
namespace sf_express = simulators::sf_express;

/// A SimulatedCourier::add_options: `declare` declares what the Simulator is made of.
template <typename Simulator>
CourierMaker MakerOf(CLI::App& command, void (*declare)(CLI::App&, typename Simulator::Options&)) {
  const auto options = std::make_shared<typename Simulator::Options>();
  declare(command, *options);
  return [options] { return std::make_unique<Simulator>(*options); };
}

CourierMaker MakeDada(CLI::App& command) {
  return MakerOf<dada::DadaSimulator>(command, AddDadaOptions);
}

CourierMaker MakeSfCity(CLI::App& command) {
  return MakerOf<sf_city::SfCitySimulator>(command, AddSfCityOptions);
}

CourierMaker MakeSfExpress(CLI::App& command) {
  return MakerOf<sf_express::SfExpressSimulator>(command, AddSfExpressOptions);
}

constexpr SimulatedCourier kDada{
    .word = "dada", .name = "Dada", .api_path = "", .add_options = MakeDada};
constexpr SimulatedCourier kSfCity{
    .word = "sf_city", .name = "SF intra-city", .api_path = "", .add_options = MakeSfCity};
constexpr SimulatedCourier kSfExpress{
    .word = "sf_express", .name = "SF Express", .api_path = "", .add_options = MakeSfExpress};

/// What every courier's traffic may bring ...
void AddLives(CLI::App& command, simulators::CourierTraffic& traffic) {
  AddPace(command, traffic.pace, "a delivery");
  AddShare(command, "--unaccepted", traffic.unaccepted, "Deliveries nobody ever takes");
  AddShare(command, "--cancelled", traffic.cancelled, "Deliveries the courier calls off");
  AddShare(command, "--given-up", traffic.given_up, "Deliveries that need a second try");
  AddShare(command, "--failed", traffic.failed, "Deliveries that cannot be handed over");
  AddShare(command, "--stuck", traffic.stuck, "Deliveries that stand still for good");
}

/// ... and that of those in a city.
void AddRiders(CLI::App& command, simulators::CourierTraffic& traffic) {
  AddShare(command, "--handed-on", traffic.handed_on, "Deliveries a rider passes on to another");
  AddShare(command, "--troubled", traffic.troubled, "Deliveries with a trouble on the road");
  AddShare(command, "--stillborn", traffic.stillborn, "Deliveries taken that never begin");
  command
      .add_option_function<double>(
          "--searched-for", [&traffic](double seconds) { traffic.searched_for = Seconds(seconds); },
          "After how long what nobody takes is called off, in seconds")
      ->check(CLI::Range(1.0, 604'800.0))
      ->default_str("259200");
}

void AddCallFaults(CLI::App& command, simulators::CourierFaults& faults) {
  AddShare(command, "--lost-requests", faults.lost_request, "Orders that never arrive");
  AddShare(command, "--lost-answers", faults.lost_answer, "Orders whose answer never arrives");
  AddShare(command, "--busy", faults.busy, "Orders that are to come again");
  AddShare(command, "--refused", faults.refused, "Orders refused for good");
}

/// What every courier is told.
template <typename Options>
void AddCourierOptions(CLI::App& command, Options& courier) {
  command.add_option("--seed", courier.seed, "Other lives for another number")
      ->capture_default_str();
  AddLives(command, courier.traffic);
  AddCallFaults(command, courier.call_faults);
  AddPushFaults(command, courier.faults);
  AddRetry(command, courier.retry);
}

/// And those in a city. The numbers of its shops stand for all that is known of them.
void AddCityOptions(CLI::App& command, simulators::CourierOptions& courier) {
  AddCourierOptions(command, courier);
  AddRiders(command, courier.traffic);
  command
      .add_option_function<std::vector<std::string>>(
          "--shop",
          [&courier](const std::vector<std::string>& numbers) {
            const simulators::CourierShop known = courier.shops.front();
            courier.shops.assign(numbers.size(), known);
            for (std::size_t i = 0; i < numbers.size(); ++i) courier.shops[i].no = numbers[i];
          },
          "The shops it fetches from")
      ->delimiter(',')
      ->default_str(courier.shops.front().no);
  command.add_option("--balance", courier.balance, "What the merchant has paid in, in fen")
      ->capture_default_str();
  command
      .add_option_function<double>(
          "--read-lag", [&courier](double lag) { courier.read_lag = Seconds(lag); },
          "How far reads are behind, in seconds")
      ->check(CLI::Range(0.0, 3600.0))
      ->default_str("0");
}

}  // namespace

std::span<const SimulatedCourier* const> SimulatedCouriers() {
  static constexpr std::array kAll = {&kDada, &kSfCity, &kSfExpress};
  return kAll;
}

void AddDadaOptions(CLI::App& command, dada::Options& courier) {
  command.add_option("--app-key", courier.app_key, "The app's key")->capture_default_str();
  command.add_option("--app-secret", courier.app_secret, "The app's secret")
      ->envname("WEIR_SIMULATE_APP_SECRET")
      ->required();
  command.add_option("--source-id", courier.source_id, "The merchant's number")
      ->capture_default_str();
  command.add_option("--message-url", courier.message_url,
                     "Where messages go that are not of one order; none are sent without it");
  AddCityOptions(command, courier);
  AddShare(command, "--asks-off", courier.traffic.asks_off,
           "Deliveries whose rider asks to be let off");
  AddShare(command, "--text-time", courier.quirks.text_time, "Callbacks whose update_time is text");
  AddShare(command, "--upper-signature", courier.quirks.upper_signature,
           "Callbacks signed in upper case");
}

void AddSfCityOptions(CLI::App& command, sf_city::Options& courier) {
  command.add_option("--dev-id", courier.dev_id, "The developer's number")->capture_default_str();
  command.add_option("--dev-key", courier.dev_key, "The developer's key")
      ->envname("WEIR_SIMULATE_APP_SECRET")
      ->required();
  command
      .add_option("--push-url", courier.push_url,
                  "Where pushes go: the gateway's public_url + /hooks/<connection>")
      ->required();
  AddCityOptions(command, courier);
  AddShare(command, "--number-ids", courier.quirks.number_ids,
           "Answers and callbacks that write SF's order id as a number");
  AddShare(command, "--trailing-blank", courier.quirks.trailing_blank,
           "Callbacks whose url_index ends in a blank");
  AddShare(command, "--own-cancels", courier.quirks.own_cancels,
           "Cancels of the merchant's own that are called back");
}

void AddSfExpressOptions(CLI::App& command, sf_express::Options& courier) {
  command.add_option("--partner-id", courier.partner_id, "The customer's code")
      ->capture_default_str();
  command.add_option("--check-word", courier.check_word, "The customer's secret")
      ->envname("WEIR_SIMULATE_APP_SECRET")
      ->required();
  command
      .add_option("--push-url", courier.push_url,
                  "Where routes go: the gateway's public_url + /hooks/<connection>/routes/<token>")
      ->required();
  command.add_option("--monthly-card", courier.monthly_card, "The card that may ship")
      ->capture_default_str();
  AddCourierOptions(command, courier);
  command.add_flag("--form-pushes", courier.quirks.form_pushes, "Pushes are forms that hold XML");
  command.add_flag("--repeated-is-answered", courier.quirks.repeated_is_answered,
                   "A repeated order gives its first waybill");
  AddShare(command, "--object-answers", courier.quirks.object_answers,
           "Answers whose apiResultData is an object");
  AddShare(command, "--text-success", courier.quirks.text_success,
           "Answers whose success is a text");
  AddShare(command, "--shuffled", courier.quirks.shuffled, "Batches whose nodes are out of order");
}

}  // namespace weir::app::demo
