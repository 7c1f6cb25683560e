// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "simulators/eleme/options.hpp"
#include "simulators/eleme/order.hpp"
#include "simulators/order_book.hpp"

namespace weir::simulators::eleme {

struct Shop {
  ShopOptions known;
  bool open = true;  ///< isOpen: the merchant's own switch.
  std::string_view busy = "busyLevelFree";
};

/// The platform's orders and shops.
class OrderBook : public simulators::OrderBook<Order> {
 public:
  OrderBook(const std::vector<ShopOptions>& shops, std::size_t keep)
      : simulators::OrderBook<Order>(keep) {
    for (const ShopOptions& shop : shops) {
      shops_.emplace(std::to_string(shop.id), Shop{shop});
    }
  }

  /// By number, as text.
  [[nodiscard]] std::map<std::string, Shop, std::less<>>& shops() { return shops_; }
  [[nodiscard]] const std::map<std::string, Shop, std::less<>>& shops() const { return shops_; }

 private:
  std::map<std::string, Shop, std::less<>> shops_;
};

}  // namespace weir::simulators::eleme
