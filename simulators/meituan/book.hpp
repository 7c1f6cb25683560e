// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "simulators/meituan/order.hpp"
#include "simulators/order_book.hpp"

namespace weir::simulators::meituan {

inline constexpr int kShopOpen = 121;
inline constexpr int kShopResting = 120;

/// The platform's orders and shops.
class OrderBook : public simulators::OrderBook<Order> {
 public:
  OrderBook(const std::vector<std::string>& shops, std::size_t keep)
      : simulators::OrderBook<Order>(keep) {
    for (const std::string& shop : shops) {
      shops_.emplace(shop, kShopOpen);
    }
  }

  /// poi_status by app_poi_code.
  [[nodiscard]] std::map<std::string, int, std::less<>>& shops() { return shops_; }
  [[nodiscard]] const std::map<std::string, int, std::less<>>& shops() const { return shops_; }

 private:
  std::map<std::string, int, std::less<>> shops_;
};

}  // namespace weir::simulators::meituan
