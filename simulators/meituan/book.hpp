// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "base/instant.hpp"
#include "simulators/meituan/order.hpp"

namespace weir::simulators::meituan {

inline constexpr int kShopOpen = 121;
inline constexpr int kShopResting = 120;

/// The platform's orders and shops. References stay valid until the next Add.
class OrderBook {
 public:
  OrderBook(const std::vector<std::string>& shops, std::size_t keep);

  /// Takes a new order in and forgets the oldest beyond what is kept.
  Order& Add(Order order);

  /// By order_id or wm_order_id_view; nullptr when unknown or forgotten.
  [[nodiscard]] Order* Find(std::string_view id);
  [[nodiscard]] const Order* Find(std::string_view id) const;

  /// Gives the order its place in the shop's day, counted from 1 in China's time.
  void NumberOfDay(Order& order, Instant paid);
  /// The last number given on `day` ("20261122"); 0 for none.
  [[nodiscard]] std::int64_t LastOfDay(std::string_view shop, std::string_view day) const;
  [[nodiscard]] Order* FindOfDay(std::string_view shop, std::string_view day, std::int64_t seq);

  [[nodiscard]] const std::list<Order>& orders() const { return orders_; }  ///< Oldest first.
  /// poi_status by app_poi_code.
  [[nodiscard]] std::map<std::string, int, std::less<>>& shops() { return shops_; }
  [[nodiscard]] const std::map<std::string, int, std::less<>>& shops() const { return shops_; }

 private:
  void ForgetOldest();

  std::size_t keep_;
  std::list<Order> orders_;
  std::unordered_map<std::string, std::list<Order>::iterator> by_id_;
  std::map<std::tuple<std::string, std::string, std::int64_t>, std::string> by_day_;
  std::map<std::pair<std::string, std::string>, std::int64_t> last_of_day_;
  std::map<std::string, int, std::less<>> shops_;
};

/// The day of `at` in China: "20261122".
[[nodiscard]] std::string DayOf(Instant at);

}  // namespace weir::simulators::meituan
