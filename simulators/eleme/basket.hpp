// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/random.hpp"
#include "simulators/yuan.hpp"

namespace weir::simulators::eleme {

/// One line of an order.
struct Line {
  std::int64_t item_id = 0;
  std::int64_t sku_id = 0;
  std::string name;  ///< Composed: name-spec[attribute+attribute].
  std::string spec;
  std::vector<std::pair<std::string, std::string>> attributes;
  std::string code;  ///< extendCode: the merchant's own.
  std::string barcode;
  std::int64_t quantity = 1;
  Fen price = 0;
  std::int64_t weight = 0;  ///< Grams of one piece.
  std::size_t basket = 0;
  bool gift = false;

  [[nodiscard]] Fen total() const { return price * quantity; }
};

/// One discount of an order; the parts are positive.
struct Activity {
  std::int64_t id = 0;
  std::string name;
  std::int64_t category = 0;
  Fen platform_pays = 0;
  Fen shop_pays = 0;

  [[nodiscard]] Fen amount() const { return platform_pays + shop_pays; }
};

/// What was bought and what it costs. The identities of the protocol hold by construction:
/// total = original - activities - voucher; original = lines + packaging + delivery.
struct Basket {
  std::vector<Line> lines;
  std::vector<Activity> activities;
  Fen voucher = 0;  ///< hongbao, which the platform pays.
  Fen packaging = 0;
  Fen delivery = 0;
  std::int64_t rate = 0;  ///< The platform's commission, per cent.
  bool platform_delivers = true;

  [[nodiscard]] Fen goods() const;
  [[nodiscard]] Fen original() const;
  [[nodiscard]] Fen activity_total() const;
  [[nodiscard]] Fen shop_part() const;
  [[nodiscard]] Fen platform_part() const;
  [[nodiscard]] Fen discounts() const { return activity_total() + voucher; }
  [[nodiscard]] Fen total() const { return original() - discounts(); }  ///< Positive.
  [[nodiscard]] Fen commission() const;
  [[nodiscard]] Fen income() const;
};

/// Fills a basket from a small restaurant's menu.
[[nodiscard]] Basket DrawBasket(Random& random, bool platform_delivers, bool several_baskets);

}  // namespace weir::simulators::eleme
