// SPDX-License-Identifier: Apache-2.0
#include "app/demo/platforms.hpp"

#include <chrono>
#include <limits>
#include <utility>

#include "app/demo/doudian.hpp"
#include "app/demo/douyin.hpp"
#include "app/demo/eleme.hpp"
#include "app/demo/meituan.hpp"
#include "app/demo/place.hpp"
#include "app/demo/switches.hpp"

namespace weir::app::demo {

using std::chrono::seconds;

std::span<const SimulatedPlatform* const> SimulatedPlatforms() {
  static constexpr std::array kAll = {
      &kMeituan,
      &kEleme,
      &kDouyin,
      &kDoudian,
  };
  return kAll;
}

ConnectionConfig ConnectionTo(const SimulatedPlatform& platform, const std::string& origin) {
  return {.id = std::string(platform.connection),
          .merchant = kMerchant,
          .platform = std::string(platform.word),
          .base_url = origin + std::string(platform.api_path),
          .credentials = platform.credentials(),
          .stores = LinkStores(platform.shops),
          .accept_within = {}};
}

void FitToDemo(simulators::PlatformOptions& platform, simulators::Traffic& traffic,
               const DemoOptions& options, std::string push_url) {
  platform.push_url = std::move(push_url);
  platform.seed = options.seed;
  platform.retry = {.timeout = seconds(3),
                    .retries = {seconds(1), seconds(1), seconds(2), seconds(2), seconds(4)}};
  platform.calls_per_second = 0;
  platform.keep_orders = std::numeric_limits<std::size_t>::max();
  platform.faults = {.duplicated = 0.1,
                     .reordered = 0.25,
                     .reordered_within = seconds(2),
                     .forged = 0.005,
                     .missing_paid = 0.01,
                     .degraded = 0.05};
  traffic.order_every = Every(options.orders_per_second);
  traffic.pace = std::chrono::milliseconds(400);
}

}  // namespace weir::app::demo
