// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "simulators/meituan/options.hpp"
#include "simulators/meituan/order.hpp"
#include "simulators/order_book.hpp"

namespace weir::simulators::meituan {

inline constexpr int kShopOpen = 121;
inline constexpr int kShopResting = 120;

/// The platform's orders, and the poi_status of its shops by app_poi_code.
using OrderBook = simulators::OrderBook<Order, int>;

[[nodiscard]] inline OrderBook::Shops ShopsOf(const Options& options) {
  OrderBook::Shops shops;
  for (const std::string& code : options.shops) shops.emplace(code, kShopOpen);
  return shops;
}

}  // namespace weir::simulators::meituan
