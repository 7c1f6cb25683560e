// SPDX-License-Identifier: Apache-2.0
#include "app/demo/platforms.hpp"

#include <chrono>

#include "app/demo/eleme.hpp"
#include "app/demo/meituan.hpp"
#include "app/demo/place.hpp"

namespace weir::app::demo {

using std::chrono::seconds;

std::span<const SimulatedPlatform* const> SimulatedPlatforms() {
  static constexpr std::array kAll = {
      &kMeituan,
      &kEleme,
  };
  return kAll;
}

ConnectionConfig ConnectionTo(const SimulatedPlatform& platform, const std::string& origin) {
  ConnectionConfig connection{.id = std::string(platform.connection),
                              .merchant = kMerchant,
                              .platform = std::string(platform.word),
                              .base_url = origin + std::string(platform.api_path),
                              .credentials = platform.credentials(),
                              .stores = {},
                              .accept_within = {}};
  for (std::size_t i = 0; i < platform.shops.size(); ++i) {
    connection.stores.emplace(platform.shops.at(i), kStores.at(i));
  }
  return connection;
}

simulators::Faults DemoFaults() {
  return {.duplicated = 0.1,
          .reordered = 0.25,
          .reordered_within = seconds(2),
          .forged = 0.005,
          .missing_paid = 0.01,
          .degraded = 0.05};
}

simulators::RetryPlan DemoRetry() {
  return {.timeout = seconds(3),
          .retries = {seconds(1), seconds(1), seconds(2), seconds(2), seconds(4)}};
}

}  // namespace weir::app::demo
