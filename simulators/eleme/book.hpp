// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "simulators/eleme/options.hpp"
#include "simulators/eleme/order.hpp"
#include "simulators/order_book.hpp"

namespace weir::simulators::eleme {

struct Shop {
  ShopOptions known;
  bool open = true;  ///< isOpen: the merchant's own switch.
  std::string_view busy = "busyLevelFree";
  std::string phone = "02160000000";
};

/// The platform's orders, and its shops by number as text.
using OrderBook = simulators::OrderBook<Order, Shop>;

[[nodiscard]] inline OrderBook::Shops ShopsOf(const Options& options) {
  OrderBook::Shops shops;
  for (const ShopOptions& shop : options.shops) shops.emplace(std::to_string(shop.id), Shop{shop});
  return shops;
}

}  // namespace weir::simulators::eleme
