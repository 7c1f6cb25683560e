// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "simulators/doudian/options.hpp"
#include "simulators/doudian/order.hpp"
#include "simulators/order_book.hpp"

namespace weir::simulators::doudian {

struct Store {
  StoreOptions known;
  bool open = true;
};

/// The platform's orders, and the shop's stores by number as text.
using OrderBook = simulators::OrderBook<Order, Store>;

[[nodiscard]] inline OrderBook::Shops StoresOf(const Options& options) {
  OrderBook::Shops stores;
  for (const StoreOptions& store : options.shops) {
    stores.emplace(std::to_string(store.id), Store{store});
  }
  return stores;
}

}  // namespace weir::simulators::doudian
