// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "simulators/douyin/coupon.hpp"
#include "simulators/douyin/options.hpp"
#include "simulators/douyin/order.hpp"
#include "simulators/order_book.hpp"

namespace weir::simulators::douyin {

struct Shop {
  bool open = true;
};

/// The platform's orders of both kinds, and its shops by poi_id.
struct Book {
  explicit Book(const Options& options) : orders(options.keep_orders), coupons(options.keep_orders) {
    for (const std::string& shop : options.shops) shops.emplace(shop, Shop{});
  }

  /// An order's events, of whichever kind; nullptr when it is unknown or forgotten.
  [[nodiscard]] std::vector<Event>* EventsOf(const std::string& id) {
    if (Order* order = orders.Find(id)) return &order->events;
    CouponOrder* coupons_of = coupons.Find(id);
    return coupons_of == nullptr ? nullptr : &coupons_of->events;
  }

  OrderBook<Order> orders;
  OrderBook<CouponOrder> coupons;
  std::map<std::string, Shop, std::less<>> shops;
};

}  // namespace weir::simulators::douyin
