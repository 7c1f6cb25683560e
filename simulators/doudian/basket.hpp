// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "simulators/yuan.hpp"

namespace weir::simulators::doudian {

/// One line of an order: a sku order.
struct Line {
  std::int64_t product_id = 0;
  std::int64_t sku_id = 0;
  std::string name;
  std::string spec;  ///< Empty for the only one.
  std::string code;  ///< The merchant's own.
  std::int64_t quantity = 1;
  Fen price = 0;
  bool gift = false;

  [[nodiscard]] Fen total() const { return price * quantity; }
};

/// Whose discount it is, as promotion_detail sorts them.
enum class Owner { kShop, kPlatform, kTalent };
enum class PromotionKind { kCoupon, kFullDiscount };

/// One discount of an order's goods, and who bears it.
struct Promotion {
  Owner owner = Owner::kShop;
  PromotionKind kind = PromotionKind::kCoupon;
  std::int64_t id = 0;
  std::string name;
  Fen by_shop = 0;
  Fen by_platform = 0;
  Fen by_author = 0;

  [[nodiscard]] Fen amount() const { return by_shop + by_platform + by_author; }
};

/// The sums of promotions, of an order or of one line.
struct PromotionSums {
  Fen shop = 0;  ///< By owner ...
  Fen platform = 0;
  Fen talent = 0;
  Fen by_shop = 0;  ///< ... and by who bears them.
  Fen by_platform = 0;
  Fen by_author = 0;

  [[nodiscard]] Fen total() const { return shop + platform + talent; }
};

/// What was bought and what it costs. The identities of protocol notes B4 hold by construction:
/// paid = goods + modified - promotions + delivery - delivery_promotion + packing.
struct Basket {
  std::vector<Line> lines;  ///< The first is no gift.
  std::vector<Promotion> promotions;
  Fen modified = 0;  ///< What the seller changed the price by; not positive.
  Fen packing = 0;
  Fen delivery = 0;  ///< Before its reduction.
  Fen delivery_promotion_by_shop = 0;
  Fen delivery_promotion_by_platform = 0;

  [[nodiscard]] Fen goods() const;
  [[nodiscard]] Fen delivery_promotion() const {
    return delivery_promotion_by_shop + delivery_promotion_by_platform;
  }
  /// Of the goods.
  [[nodiscard]] PromotionSums promotion() const;
  /// promotion() as it falls on one line; the sums of all lines are that of the order.
  [[nodiscard]] PromotionSums promotion_of(std::size_t line) const;
  [[nodiscard]] Fen modified_of(std::size_t line) const;
  [[nodiscard]] Fen paid_for(std::size_t line) const;  ///< Of the goods alone.
  [[nodiscard]] Fen discounts() const { return promotion().total() + delivery_promotion(); }
  [[nodiscard]] Fen original() const { return goods() + packing + delivery; }
  [[nodiscard]] Fen total() const { return original() + modified - discounts(); }  ///< Positive.

  /// The seller takes `amount` off; false, and nothing, when too little would be left.
  bool Reduce(Fen amount);

 private:
  [[nodiscard]] Fen ShareOf(std::size_t line, Fen amount) const;
};

/// Fills a basket from the shelves of a convenience store.
[[nodiscard]] Basket DrawBasket(Random& random);

}  // namespace weir::simulators::doudian
