// SPDX-License-Identifier: Apache-2.0
#include "app/demo/options.hpp"

#include "app/demo/switches.hpp"

namespace weir::app::demo {

void AddDemoOptions(CLI::App& command, DemoOptions& options) {
  command.add_option("--seconds", options.seconds, "How long customers order")
      ->check(CLI::Range(1U, 86400U))
      ->capture_default_str();
  command
      .add_option("--orders-per-second", options.orders_per_second,
                  "New orders a second on each platform")
      ->check(CLI::Range(kSlowestTraffic, kFastestTraffic))
      ->capture_default_str();
  command.add_option(
      "--data", options.data,
      "A new or empty folder to keep the data in; without it nothing is left behind");
  command.add_option("--seed", options.seed, "Other orders for another number")
      ->capture_default_str();
}

void AddPlaceOptions(CLI::App& command, PlaceOptions& place) {
  command.add_option("--host", place.host, "The address to serve the platform's API on")
      ->capture_default_str();
  command.add_option("--port", place.port, "Its port; 0: any free one")
      ->check(CLI::Range(0, 65535))
      ->capture_default_str();
}

}  // namespace weir::app::demo
