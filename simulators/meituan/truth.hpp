// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "simulators/ledger.hpp"
#include "simulators/meituan/order.hpp"

namespace weir::simulators::meituan {

/// What is true of an order, for an audit to compare with.
[[nodiscard]] OrderTruth TruthOf(const Order& order);

struct ShopTruth {
  std::string code;
  int status = 0;  ///< poi_status: 121 open, 120 resting, 18 online, 19 offline.
};

}  // namespace weir::simulators::meituan
