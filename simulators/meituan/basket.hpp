// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "simulators/yuan.hpp"

namespace weir::simulators::meituan {

/// One line of an order.
struct Line {
  std::string food_code;
  std::string sku_id;
  std::string upc;
  std::string name;
  std::string spec;
  std::string unit;
  std::string properties;  ///< Chosen options, joined by ','.
  std::int64_t quantity = 1;
  Fen price = 0;      ///< Of one piece, before any discount.
  Fen reduction = 0;  ///< Of one piece, by discounted goods (type 17).
  std::int64_t boxes = 0;
  Fen box_price = 0;
  std::int64_t basket = 0;
  std::int64_t weight = 0;  ///< Grams of one piece.
  std::int64_t item_id = 0;
};

/// One discount of an order.
struct Activity {
  std::int64_t id = 0;
  int type = 0;
  std::string remark;
  Fen platform_pays = 0;
  Fen shop_pays = 0;

  [[nodiscard]] Fen reduction() const { return platform_pays + shop_pays; }
};

/// What was bought and what it costs. The identities of the protocol hold by construction.
struct Basket {
  std::vector<Line> lines;
  std::vector<Activity> activities;
  Fen shipping = 0;
  Fen bag = 0;
  Fen commission = 0;
  Fen logistics = 0;  ///< What the shop pays the platform for the delivery.

  [[nodiscard]] Fen goods() const;     ///< Lines without boxes.
  [[nodiscard]] Fen original() const;  ///< Goods, boxes, delivery and bag.
  [[nodiscard]] Fen discounts() const;
  [[nodiscard]] Fen total() const;  ///< What the customer pays; positive.
  [[nodiscard]] Fen platform_pays() const;
  [[nodiscard]] Fen income() const;  ///< What the shop receives.
};

enum class Handover { kPlatformDelivery, kSelfDelivery, kPickup };

/// Fills a basket from a small restaurant's menu.
[[nodiscard]] Basket DrawBasket(Random& random, Handover handover);

}  // namespace weir::simulators::meituan
