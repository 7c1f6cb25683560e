// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "base/instant.hpp"
#include "simulators/china_time.hpp"

namespace weir::simulators {

/// A platform's shops, and its orders by their numbers and by their place in a shop's day.
/// References to orders stay valid until the next Add.
///
/// An Order has `id`, `shop`, `day_seq`, `paid` and `names()`, all numbers it is found by.
template <typename Order, typename Shop>
class OrderBook {
 public:
  using Shops = std::map<std::string, Shop, std::less<>>;  ///< By the number orders name.

  /// Beyond `keep` orders the oldest are forgotten, as if they never were.
  OrderBook(Shops shops, std::size_t keep)
      : shops_(std::move(shops)), keep_(std::max<std::size_t>(keep, 1)) {}

  Order& Add(Order order) {
    orders_.push_back(std::move(order));
    const auto place = std::prev(orders_.end());
    for (std::string& name : place->names()) {
      by_id_.emplace(std::move(name), place);
    }
    while (orders_.size() > keep_) {
      ForgetOldest();
    }
    return *place;
  }

  /// nullptr when unknown or forgotten.
  [[nodiscard]] const Order* Find(std::string_view id) const {
    const auto found = by_id_.find(std::string(id));
    return found == by_id_.end() ? nullptr : &*found->second;
  }
  [[nodiscard]] Order* Find(std::string_view id) {
    return const_cast<Order*>(std::as_const(*this).Find(id));
  }

  /// Gives the order its place in the shop's day, counted from 1 in China's time.
  void NumberOfDay(Order& order, Instant paid) {
    const std::string day = ChinaDay(paid);
    order.day_seq = ++last_of_day_[{order.shop, day}];
    by_day_[{order.shop, day, order.day_seq}] = order.id;
  }
  /// The last number given on `day` ("20261122"); 0 for none.
  [[nodiscard]] std::int64_t LastOfDay(std::string_view shop, std::string_view day) const {
    const auto found = last_of_day_.find({std::string(shop), std::string(day)});
    return found == last_of_day_.end() ? 0 : found->second;
  }
  [[nodiscard]] Order* FindOfDay(std::string_view shop, std::string_view day, std::int64_t seq) {
    const auto found = by_day_.find({std::string(shop), std::string(day), seq});
    return found == by_day_.end() ? nullptr : Find(found->second);
  }

  [[nodiscard]] const std::list<Order>& orders() const { return orders_; }  ///< Oldest first.
  [[nodiscard]] Shops& shops() { return shops_; }

 private:
  void ForgetOldest() {
    const Order& oldest = orders_.front();
    for (const std::string& name : oldest.names()) {
      by_id_.erase(name);
    }
    if (oldest.paid) {
      by_day_.erase({oldest.shop, ChinaDay(*oldest.paid), oldest.day_seq});
    }
    orders_.pop_front();
  }

  Shops shops_;
  std::size_t keep_;
  std::list<Order> orders_;
  std::unordered_map<std::string, typename std::list<Order>::iterator> by_id_;
  std::map<std::tuple<std::string, std::string, std::int64_t>, std::string> by_day_;
  std::map<std::pair<std::string, std::string>, std::int64_t> last_of_day_;
};

}  // namespace weir::simulators
