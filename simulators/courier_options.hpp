// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "simulators/courier.hpp"
#include "simulators/manners.hpp"
#include "simulators/place.hpp"

namespace weir::simulators {

/// Where a courier fetches what it carries.
struct CourierShop {
  std::string no = "11047059";  ///< As calls name it.
  std::string name = "测试门店";
  std::string phone = "13700000000";
  std::string address = "上海市杨浦区示例路1号";
  Place place{.latitude = 31'229'081, .longitude = 121'587'173};
  bool open = true;
};

/// What the options of every courier have in common. Of `faults`, those of orders do nothing.
struct CourierOptions {
  std::uint64_t seed = 1;
  RetryPlan retry;
  unsigned calls_per_second = 0;          ///< Of each interface; 0: no limit.
  std::size_t keep_shipments = 100'000;   ///< Beyond these the oldest are forgotten.
  Fen balance = 100'000'000;              ///< What the merchant has paid in.
  std::chrono::milliseconds read_lag{0};  ///< Reads tell how it stood so long ago.
  CourierTraffic traffic;
  CourierFaults call_faults;
  Faults faults;
  std::vector<CourierShop> shops = {{}};
};

}  // namespace weir::simulators
