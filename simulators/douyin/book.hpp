// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "simulators/douyin/options.hpp"
#include "simulators/douyin/order.hpp"
#include "simulators/order_book.hpp"

namespace weir::simulators::douyin {

struct Shop {
  bool open = true;  ///< Takes orders.
};

/// The platform's orders of both kinds, coupons' also by their numbers, and its shops by poi_id.
using OrderBook = simulators::OrderBook<Order, Shop>;

[[nodiscard]] inline OrderBook::Shops ShopsOf(const Options& options) {
  OrderBook::Shops shops;
  for (const std::string& shop : options.shops) shops.emplace(shop, Shop{});
  return shops;
}

}  // namespace weir::simulators::douyin
