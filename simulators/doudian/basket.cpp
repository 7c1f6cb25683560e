// SPDX-License-Identifier: Apache-2.0
#include "simulators/doudian/basket.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <string_view>

#include "simulators/chance.hpp"

namespace weir::simulators::doudian {
namespace {

struct Good {
  std::int64_t product;  ///< Beyond 2^53.
  std::string_view code;
  std::string_view name;
  Fen price;
  bool sizes;
};

constexpr std::array kGoods = {
    Good{3473196049974326101, "D001", "赣南脐橙 新鲜现摘", 1999, true},
    Good{3473196049974326102, "D002", "鲜牛奶 950ml", 1590, false},
    Good{3473196049974326103, "D003", "薯片 原味<大包>&分享装", 899, true},
    Good{3473196049974326104, "D004", "抽纸 3层100抽*6包", 1290, false},
    Good{3473196049974326105, "D005", "玫瑰花束 11枝 同城配送", 8800, true},
    Good{3473196049974326106, "D006", "矿泉水 550ml*12", 1450, false},
    Good{3473196049974326107, "D007", "生日蛋糕 \"6寸\" 动物奶油 🎂", 12800, true},
    Good{3473196049974326108, "D008", "一次性雨衣/便携", 499, false},
    Good{3473196049974326109, "D009", "感冒灵颗粒 10g*9袋", 1680, false},
    Good{3473196049974326110, "D010", "充电线 1米", 1900, true},
};
struct Size {
  std::string_view suffix;
  std::string_view name;
  Fen surcharge;
};
constexpr std::array kSizes = {Size{"-S", "小", -100}, Size{"-M", "标准", 0},
                               Size{"-L", "大", 400}};
constexpr std::array<Fen, 5> kDelivery = {0, 300, 500, 600, 800};
constexpr std::array<Fen, 3> kPacking = {0, 50, 100};
constexpr Fen kLeastPaid = 100;
constexpr std::int64_t kFirstSku = 1'719'024'557'000'000;

Line DrawLine(Random& random, const Good& good) {
  const Size size = good.sizes ? Pick(random, kSizes) : Size{"", "", 0};
  return {.product_id = good.product,
          .sku_id = kFirstSku + good.product % 1000 * 1000 + size.surcharge,
          .name = std::string(good.name),
          .spec = std::string(size.name),
          .code = std::string(good.code) + std::string(size.suffix),
          .quantity = Chance(random, 0.7) ? 1 : Between(random, 2, 4),
          .price = good.price + size.surcharge};
}

/// At most two thirds of the goods are ever taken off.
void AddPromotion(Random& random, Basket& basket, Promotion promotion, Fen amount) {
  const Fen left = basket.goods() * 2 / 3 - basket.promotion().total();
  const Fen percent = Between(random, 0, 100);
  if (amount > left || amount > basket.total() - kLeastPaid) {
    return;
  }
  const Fen part = amount * percent / 100;
  promotion.id = Between(random, 4'781'320'000'000'000'000, 4'781'320'999'999'999'999);
  switch (promotion.owner) {
    case Owner::kShop:
      promotion.by_shop = amount;
      break;
    case Owner::kPlatform:
      promotion.by_shop = part;
      promotion.by_platform = amount - part;
      break;
    case Owner::kTalent:
      promotion.by_author = part;
      promotion.by_platform = amount - part;
      break;
  }
  basket.promotions.push_back(std::move(promotion));
}

void DrawPromotions(Random& random, Basket& basket) {
  using enum PromotionKind;
  const auto kind = [](Owner owner, PromotionKind which, std::string_view name) {
    return Promotion{.owner = owner, .kind = which, .name = std::string(name)};
  };
  const bool reduced = Chance(random, 0.5);
  const bool coupon = Chance(random, 0.4);
  const bool talent = Chance(random, 0.1);
  const Fen value = Between(random, 50, 900);
  if (reduced) {
    AddPromotion(random, basket, kind(Owner::kShop, kFullDiscount, "满30减5"), 500);
  }
  if (coupon) {
    AddPromotion(random, basket, kind(Owner::kPlatform, kCoupon, "小时达新人券"), value);
  }
  if (talent) {
    AddPromotion(random, basket, kind(Owner::kTalent, kCoupon, "达人专属券"), value / 2);
  }
  if (basket.delivery > 0 && Chance(random, 0.3)) {
    const Fen off = Between(random, 1, basket.delivery);
    basket.delivery_promotion_by_shop = off / 3;
    basket.delivery_promotion_by_platform = off - off / 3;
  }
}

}  // namespace

Fen Basket::goods() const {
  return std::accumulate(lines.begin(), lines.end(), Fen{0},
                         [](Fen sum, const Line& line) { return sum + line.total(); });
}

Fen Basket::ShareOf(std::size_t line, Fen amount) const {
  const Fen all = goods();
  if (line > 0) {
    return amount * lines[line].total() / all;
  }
  // The first line bears what rounding leaves.
  Fen rest = amount;
  for (std::size_t i = 1; i < lines.size(); ++i) rest -= amount * lines[i].total() / all;
  return rest;
}

PromotionSums Basket::promotion() const {
  PromotionSums sums;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const PromotionSums of_line = promotion_of(i);
    sums.shop += of_line.shop;
    sums.platform += of_line.platform;
    sums.talent += of_line.talent;
    sums.by_shop += of_line.by_shop;
    sums.by_platform += of_line.by_platform;
    sums.by_author += of_line.by_author;
  }
  return sums;
}

PromotionSums Basket::promotion_of(std::size_t line) const {
  PromotionSums sums;
  for (const Promotion& promotion : promotions) {
    const Fen by_shop = ShareOf(line, promotion.by_shop);
    const Fen by_platform = ShareOf(line, promotion.by_platform);
    const Fen by_author = ShareOf(line, promotion.by_author);
    Fen& owned = promotion.owner == Owner::kShop       ? sums.shop
                 : promotion.owner == Owner::kPlatform ? sums.platform
                                                       : sums.talent;
    owned += by_shop + by_platform + by_author;
    sums.by_shop += by_shop;
    sums.by_platform += by_platform;
    sums.by_author += by_author;
  }
  return sums;
}

Fen Basket::modified_of(std::size_t line) const { return ShareOf(line, modified); }

Fen Basket::paid_for(std::size_t line) const {
  return lines[line].total() + modified_of(line) - promotion_of(line).total();
}

bool Basket::Reduce(Fen amount) {
  const Fen goods_left = goods() + modified - promotion().total();
  if (amount <= 0 || amount > goods_left / 2 || amount > total() - kLeastPaid) {
    return false;
  }
  modified -= amount;
  return true;
}

Basket DrawBasket(Random& random) {
  Basket basket{.lines = {}, .promotions = {}};
  const std::size_t first = random.Below(kGoods.size());
  const std::int64_t count = Between(random, 1, 4);
  for (std::int64_t i = 0; i < count; ++i) {
    // A step that shares no factor with the shelf's size meets no good twice.
    const Good& good = kGoods.at((first + 3 * static_cast<std::size_t>(i)) % kGoods.size());
    basket.lines.push_back(DrawLine(random, good));
  }
  if (Chance(random, 0.08)) {
    basket.lines.push_back({.product_id = 3473196049974326199,
                            .sku_id = kFirstSku + 199'000,
                            .name = "赠品 购物袋",
                            .spec = {},
                            .code = "D099",
                            .gift = true});
  }
  basket.delivery = Pick(random, kDelivery);
  basket.packing = Pick(random, kPacking);
  DrawPromotions(random, basket);
  return basket;
}

}  // namespace weir::simulators::doudian
