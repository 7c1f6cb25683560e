// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "simulators/yuan.hpp"

namespace weir::simulators::douyin {

/// One dish within a set.
struct Part {
  std::string group;
  std::string name;
  std::int64_t product_id = 0;
  std::string code;  ///< out_id: the merchant's own.
  std::int64_t count = 1;
  std::string unit;
  Fen price = 0;  ///< Of one piece.
  std::vector<std::string> attributes;
};

/// One product of an order. Every product is a set.
struct Line {
  std::int64_t product_id = 0;
  std::string name;
  std::string code;
  std::int64_t count = 1;
  Fen price = 0;            ///< Of one set; its parts need not add up to it.
  std::vector<Part> parts;  ///< Neighbours of one group stand together.

  [[nodiscard]] Fen total() const { return price * count; }
};

/// An identity of amount_info that does not hold on the wire.
enum class Breach { kNone, kOrigin, kSalePrice };

/// What was bought and what it costs. The identities of protocol notes A6.4 hold by construction:
/// origin = pay + discount; origin = sale_price + delivery; sale_price = the sum of the lines; the
/// platform bears discount - activities.
struct Basket {
  std::vector<Line> lines;
  Fen delivery = 0;          ///< Before any reduction.
  Fen goods_discount = 0;    ///< All discounts but the delivery's.
  Fen freight_discount = 0;  ///< At most `delivery`.
  Fen activities = 0;        ///< What the merchant bears of both.
  std::int64_t rate = 0;     ///< The platform's commission, per cent.
  bool platform_delivers = true;
  Breach breach = Breach::kNone;

  [[nodiscard]] Fen sale_price() const;
  [[nodiscard]] Fen origin() const { return sale_price() + delivery; }
  [[nodiscard]] Fen discounts() const { return goods_discount + freight_discount; }
  [[nodiscard]] Fen pay() const { return origin() - discounts(); }  ///< Positive.
  [[nodiscard]] Fen freight() const { return delivery - freight_discount; }
  [[nodiscard]] Fen commission() const { return sale_price() * rate / 100; }
  [[nodiscard]] Fen income() const;
};

/// Fills a basket from a small restaurant's sets.
[[nodiscard]] Basket DrawBasket(Random& random, bool platform_delivers);

}  // namespace weir::simulators::douyin
