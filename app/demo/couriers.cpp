// SPDX-License-Identifier: Apache-2.0
#include "app/demo/couriers.hpp"

#include <chrono>
#include <cstddef>
#include <limits>
#include <vector>

#include "app/demo/dada.hpp"
#include "app/demo/place.hpp"
#include "app/demo/sf_city.hpp"
#include "app/demo/sf_express.hpp"
#include "app/demo/switches.hpp"

namespace weir::app::demo {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

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

}  // namespace

std::span<const SimulatedCourier* const> SimulatedCouriers() {
  static constexpr std::array kAll = {&kDada, &kSfCity, &kSfExpress};
  return kAll;
}

ConnectionConfig ConnectionTo(const SimulatedCourier& courier, const std::string& origin) {
  return {.id = std::string(courier.connection),
          .merchant = kMerchant,
          .platform = std::string(courier.word),
          .base_url = origin + std::string(courier.api_path),
          .credentials = courier.credentials(),
          .options = courier.connection_options(),
          .stores = LinkStores(courier.shops),
          .accept_within = {}};
}

simulators::CourierTraffic DemoCourierTraffic() {
  return {.pace = milliseconds(250),
          .unaccepted = 0.05,
          .cancelled = 0.25,
          .given_up = 0.1,
          .failed = 0.03,
          .handed_on = 0.05,
          .troubled = 0.05,
          .stillborn = 0.02,
          .searched_for = seconds(5),
          .let_off_after = milliseconds(500)};
}

simulators::CourierFaults DemoCallFaults() {
  return {.lost_request = 0.02, .lost_answer = 0.02, .busy = 0.02, .refused = 0.02};
}

simulators::Faults DemoPushFaults() {
  return {
      .duplicated = 0.1, .reordered = 0.2, .reordered_within = milliseconds(500), .forged = 0.01};
}

simulators::RetryPlan DemoRetries() {
  return {.timeout = seconds(3),
          .retries = {seconds(1), seconds(1), seconds(2), seconds(2), seconds(4)}};
}

void FitToDemo(simulators::CourierOptions& courier, const DemoOptions& options,
               const SimulatedCourier& known, simulators::Place shop) {
  constexpr simulators::Fen kNeverEmpty = 1'000'000'000'000;
  courier.seed = options.seed;
  courier.retry = DemoRetries();
  courier.keep_shipments = std::numeric_limits<std::size_t>::max();
  courier.balance = kNeverEmpty;
  courier.traffic = DemoCourierTraffic();
  courier.call_faults = DemoCallFaults();
  courier.faults = DemoPushFaults();
  simulators::CourierShop like = courier.shops.front();
  like.place = shop;
  courier.shops.assign(known.shops.size(), like);
  for (std::size_t i = 0; i < known.shops.size(); ++i) courier.shops[i].no = known.shops.at(i);
}

void AddLives(CLI::App& command, simulators::CourierTraffic& traffic) {
  AddPace(command, traffic.pace, "a delivery");
  AddShare(command, "--unaccepted", traffic.unaccepted, "Deliveries nobody ever takes");
  AddShare(command, "--cancelled", traffic.cancelled, "Deliveries the courier calls off");
  AddShare(command, "--given-up", traffic.given_up, "Deliveries the first rider gives back");
  AddShare(command, "--failed", traffic.failed, "Deliveries that cannot be handed over");
  AddShare(command, "--stuck", traffic.stuck, "Deliveries that stand still for good");
}

void AddCallFaults(CLI::App& command, simulators::CourierFaults& faults) {
  AddShare(command, "--lost-requests", faults.lost_request, "Orders that never arrive");
  AddShare(command, "--lost-answers", faults.lost_answer, "Orders whose answer never arrives");
  AddShare(command, "--busy", faults.busy, "Orders that are to come again");
  AddShare(command, "--refused", faults.refused, "Orders refused for good");
}

void AddCourierOptions(CLI::App& command, simulators::CourierOptions& courier) {
  command.add_option("--seed", courier.seed, "Other lives for another number")
      ->capture_default_str();
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
  AddLives(command, courier.traffic);
  AddRiders(command, courier.traffic);
  AddCallFaults(command, courier.call_faults);
  AddPushFaults(command, courier.faults);
  AddRetry(command, courier.retry);
}

}  // namespace weir::app::demo
