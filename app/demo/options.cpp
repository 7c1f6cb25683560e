// SPDX-License-Identifier: Apache-2.0
#include "app/demo/options.hpp"

#include <chrono>
#include <cmath>
#include <map>
#include <utility>

namespace weir::app::demo {
namespace {

namespace meituan = simulators::meituan;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr double kSlowestTraffic = 0.01;
constexpr double kFastestTraffic = 1000;

milliseconds Every(double per_second) { return milliseconds(std::llround(1000 / per_second)); }

milliseconds Seconds(double number) { return milliseconds(std::llround(number * 1000)); }

CLI::Option* AddShare(CLI::App& command, const std::string& name, double& share,
                      const std::string& what) {
  return command.add_option(name, share, what + " (a share, 0 to 1)")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
}

void AddFaults(CLI::App& command, meituan::Options& platform) {
  simulators::Faults& faults = platform.faults;
  AddShare(command, "--duplicates", faults.duplicated, "Pushes that come twice");
  AddShare(command, "--reorder", faults.reordered, "Pushes held back so that later ones overtake");
  command
      .add_option_function<double>(
          "--reorder-within", [&](double most) { faults.reordered_within = Seconds(most); },
          "How long one is held back at most, in seconds")
      ->check(CLI::Range(0.0, 3600.0))
      ->default_str("5");
  command
      .add_option_function<double>(
          "--delay", [&](double delay) { faults.delay = Seconds(delay); },
          "The time before every push, in seconds")
      ->check(CLI::Range(0.0, 3600.0))
      ->default_str("0");
  AddShare(command, "--forged", faults.forged, "Pushes beside which comes a forged copy");
  AddShare(command, "--degraded", faults.degraded, "Orders' pushes that lack a part");
  AddShare(command, "--missing-paid", faults.missing_paid, "Paid orders that are never pushed");
  AddShare(command, "--api-failure", faults.api_failure, "API calls that end in a 5xx");
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
  command
      .add_option_function<std::vector<double>>(
          "--retry",
          [&](const std::vector<double>& pauses) {
            platform.retry.retries.clear();
            for (const double pause : pauses) platform.retry.retries.push_back(Seconds(pause));
          },
          "The pauses before an unanswered push is sent again, in seconds")
      ->check(CLI::Range(0.0, 86400.0))
      ->delimiter(',')
      ->default_str("30,60,120,300");
}

void AddTraffic(CLI::App& command, meituan::Options& platform) {
  meituan::Traffic& traffic = platform.traffic;
  traffic.order_every = Every(1);
  command
      .add_option_function<double>(
          "--orders-per-second", [&](double rate) { traffic.order_every = Every(rate); },
          "New orders a second")
      ->check(CLI::Range(kSlowestTraffic, kFastestTraffic))
      ->default_str("1");
  command
      .add_option_function<double>(
          "--pace", [&](double mean) { traffic.pace = Seconds(mean); },
          "The mean time between two stages of an order's life, in seconds")
      ->check(CLI::Range(0.01, 3600.0))
      ->default_str("60");
  AddShare(command, "--cancelled", traffic.cancelled, "Orders that are cancelled");
  AddShare(command, "--refunded", traffic.refunded, "Orders with a refund");
}

}  // namespace

void AddDemoOptions(CLI::App& command, DemoOptions& options) {
  command.add_option("--seconds", options.seconds, "How long customers order")
      ->check(CLI::Range(1U, 86400U))
      ->capture_default_str();
  command.add_option("--orders-per-second", options.orders_per_second, "New orders a second")
      ->check(CLI::Range(kSlowestTraffic, kFastestTraffic))
      ->capture_default_str();
  command.add_option(
      "--data", options.data,
      "A new or empty folder to keep the data in; without it nothing is left behind");
  command.add_option("--seed", options.seed, "Other orders for another number")
      ->capture_default_str();
}

meituan::Options DemoPlatform(const DemoOptions& options, std::string push_base_url) {
  meituan::Options platform;
  platform.app_secret = "demo-app-secret";
  platform.push_base_url = std::move(push_base_url);
  platform.shops = {"shop_001", "shop_002", "shop_003"};
  platform.seed = options.seed;
  platform.retry = {.timeout = seconds(3),
                    .retries = {seconds(1), seconds(1), seconds(2), seconds(2), seconds(4)}};
  platform.calls_per_second = 0;
  platform.keep_orders = static_cast<std::size_t>(-1);
  platform.traffic.order_every = Every(options.orders_per_second);
  platform.traffic.pace = milliseconds(400);
  platform.faults.duplicated = 0.1;
  platform.faults.reordered = 0.25;
  platform.faults.reordered_within = seconds(2);
  platform.faults.forged = 0.005;
  platform.faults.missing_paid = 0.01;
  platform.faults.degraded = 0.05;
  platform.quirks.encoding = meituan::Encoding::kMixed;
  platform.quirks.get_for_cancel_and_refund = true;
  platform.quirks.legacy_status = 0.1;
  platform.quirks.scaled_coordinates = 0.1;
  platform.quirks.net_prices = 0.1;
  return platform;
}

void AddSimulateOptions(CLI::App& command, SimulateOptions& options) {
  meituan::Options& platform = options.platform;
  command
      .add_option("--push-url", platform.push_base_url,
                  "Where pushes go: the gateway's public_url + /hooks/<connection>")
      ->required();
  command.add_option("--app-id", platform.app_id, "The app's id")->capture_default_str();
  command.add_option("--app-secret", platform.app_secret, "The app's secret")
      ->envname("WEIR_SIMULATE_APP_SECRET")
      ->required();
  command.add_option("--host", options.host, "The address to serve the platform's API on")
      ->capture_default_str();
  command.add_option("--port", options.port, "Its port; 0: any free one")
      ->check(CLI::Range(0, 65535))
      ->capture_default_str();
  command.add_option("--shop", platform.shops, "The shops, app_poi_code each")
      ->delimiter(',')
      ->capture_default_str();
  command.add_option("--seed", platform.seed, "Other orders for another number")
      ->capture_default_str();
  AddTraffic(command, platform);
  AddFaults(command, platform);
  AddManners(command, platform);
}

}  // namespace weir::app::demo
