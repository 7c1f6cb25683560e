// SPDX-License-Identifier: Apache-2.0
#include "app/demo/switches.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <string>
#include <vector>

namespace weir::app::demo {

using std::chrono::milliseconds;

milliseconds Every(double per_second) { return milliseconds(std::llround(1000 / per_second)); }

milliseconds Seconds(double number) { return milliseconds(std::llround(number * 1000)); }

CLI::Option* AddShare(CLI::App& command, const std::string& name, double& share,
                      const std::string& what) {
  return command.add_option(name, share, what + " (a share, 0 to 1)")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
}

void AddTokenLife(CLI::App& command, std::chrono::seconds& access, std::chrono::seconds& refresh) {
  command
      .add_option_function<double>(
          "--token-life",
          [&access, &refresh](double life) {
            access = std::chrono::duration_cast<std::chrono::seconds>(Seconds(life));
            refresh = std::max(refresh, access);
          },
          "How long an access token lives, in seconds")
      ->check(CLI::Range(1.0, 31'536'000.0))
      ->default_str(std::to_string(access.count()));
}

void AddPace(CLI::App& command, milliseconds& pace, const std::string& what) {
  command
      .add_option_function<double>(
          "--pace", [&pace](double mean) { pace = Seconds(mean); },
          "The mean time between two stages of " + what + "'s life, in seconds")
      ->check(CLI::Range(0.01, 3600.0))
      ->default_str("60");
}

void AddPushFaults(CLI::App& command, simulators::Faults& faults) {
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
  AddShare(command, "--api-failure", faults.api_failure, "API calls that end in a 5xx");
}

void AddRetry(CLI::App& command, simulators::RetryPlan& plan) {
  std::vector<double> shown;
  shown.reserve(plan.retries.size());
  for (const milliseconds pause : plan.retries) {
    shown.push_back(std::chrono::duration<double>(pause).count());
  }
  command
      .add_option_function<std::vector<double>>(
          "--retry",
          [&](const std::vector<double>& pauses) {
            plan.retries.clear();
            for (const double pause : pauses) plan.retries.push_back(Seconds(pause));
          },
          "The pauses before an unanswered push is sent again, in seconds")
      ->check(CLI::Range(0.0, 86400.0))
      ->delimiter(',')
      ->default_str(fmt::format("{}", fmt::join(shown, ",")));
}

namespace {

void AddTraffic(CLI::App& command, simulators::Traffic& traffic) {
  traffic.order_every = Every(1);
  command
      .add_option_function<double>(
          "--orders-per-second", [&](double rate) { traffic.order_every = Every(rate); },
          "New orders a second")
      ->check(CLI::Range(kSlowestTraffic, kFastestTraffic))
      ->default_str("1");
  AddPace(command, traffic.pace, "an order");
  AddShare(command, "--cancelled", traffic.cancelled, "Orders that are cancelled");
  AddShare(command, "--refunded", traffic.refunded, "Orders with a refund");
}

void AddFaults(CLI::App& command, simulators::Faults& faults) {
  AddPushFaults(command, faults);
  AddShare(command, "--degraded", faults.degraded, "Orders' pushes that lack a part");
  AddShare(command, "--missing-paid", faults.missing_paid, "Paid orders that are never pushed");
}

}  // namespace

void AddPlatformOptions(CLI::App& command, simulators::PlatformOptions& platform,
                        simulators::Traffic& traffic) {
  command
      .add_option("--push-url", platform.push_url,
                  "Where pushes go: the gateway's public_url + /hooks/<connection>")
      ->required();
  command.add_option("--app-secret", platform.app_secret, "The app's secret")
      ->envname("WEIR_SIMULATE_APP_SECRET")
      ->required();
  command.add_option("--seed", platform.seed, "Other orders for another number")
      ->capture_default_str();
  command.add_option("--menu-items", platform.menu_items, "Items of each shop's menu")
      ->check(CLI::Range(0, 3000))
      ->capture_default_str();
  AddTraffic(command, traffic);
  AddFaults(command, platform.faults);
  AddRetry(command, platform.retry);
}

}  // namespace weir::app::demo
