// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "simulators/doudian/options.hpp"
#include "simulators/doudian/order.hpp"
#include "simulators/order_book.hpp"

namespace weir::simulators::doudian {

struct Store {
  StoreOptions known;
  bool open = true;
};

/// The platform's orders and stores.
class OrderBook : public simulators::OrderBook<Order> {
 public:
  OrderBook(const std::vector<StoreOptions>& stores, std::size_t keep)
      : simulators::OrderBook<Order>(keep) {
    for (const StoreOptions& store : stores) {
      stores_.emplace(std::to_string(store.id), Store{store});
    }
  }

  /// By number, as text.
  [[nodiscard]] std::map<std::string, Store, std::less<>>& stores() { return stores_; }
  [[nodiscard]] const std::map<std::string, Store, std::less<>>& stores() const { return stores_; }

 private:
  std::map<std::string, Store, std::less<>> stores_;
};

}  // namespace weir::simulators::doudian
