// SPDX-License-Identifier: Apache-2.0
#include "simulators/eleme/basket.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <string_view>

#include "simulators/chance.hpp"

namespace weir::simulators::eleme {
namespace {

struct Dish {
  std::int64_t id;
  std::string_view code;
  std::string_view name;
  Fen price;
  Fen box;
  std::int64_t weight;
  bool sizes;
  bool spicy;
};

constexpr std::array kMenu = {
    Dish{623050784, "E001", "黄焖鸡米饭", 1880, 100, 560, true, true},
    Dish{623050785, "E002", "鱼香肉丝", 2450, 150, 480, true, true},
    Dish{623050786, "E003", "酸菜鱼", 4680, 200, 900, true, true},
    Dish{623050787, "E004", "清炒时蔬", 1399, 100, 350, false, false},
    Dish{623050788, "E005", "皮蛋瘦肉粥", 1099, 100, 500, false, false},
    Dish{623050789, "E006", "白米饭", 199, 50, 200, false, false},
    Dish{623050790, "E007", "酸梅汤 500ml", 650, 0, 500, false, false},
    Dish{623050791, "E008", "芋泥波波奶茶", 1680, 0, 520, true, false},
    Dish{623050792, "E009", "煎饺(10只)", 1560, 75, 300, false, true},
    Dish{623050793, "E010", "\"招牌\"卤肉/卤蛋", 990, 50, 250, false, true},
};
struct Size {
  std::string_view suffix;
  std::string_view name;
  Fen surcharge;
};
constexpr std::array kSizes = {Size{"-S", "小份", -250}, Size{"-M", "标准", 0},
                               Size{"-L", "大份", 350}};
constexpr std::array<std::string_view, 4> kHeat = {"不辣", "微辣", "中辣", "特辣"};
constexpr std::array<std::string_view, 3> kWishes = {"不要葱", "多加醋", "少盐"};
constexpr std::array<Fen, 5> kDelivery = {0, 150, 300, 450, 600};
constexpr Fen kLeastPaid = 100;

std::string Composed(const Line& line, std::string_view dish) {
  std::string name(dish);
  if (!line.spec.empty()) {
    name.append("-").append(line.spec);
  }
  for (std::size_t i = 0; i < line.attributes.size(); ++i) {
    name.append(i == 0 ? "[" : "+").append(line.attributes[i].second);
  }
  return line.attributes.empty() ? name : name + ']';
}

Line DrawLine(Random& random, const Dish& dish) {
  const Size size = dish.sizes ? Pick(random, kSizes) : Size{"", "", 0};
  Line line{.item_id = dish.id,
            .sku_id = dish.id * 1000 + size.surcharge,
            .name = {},
            .spec = std::string(size.name),
            .attributes = {},
            .code = std::string(dish.code) + std::string(size.suffix),
            .barcode = {},
            .quantity = Chance(random, 0.7) ? 1 : Between(random, 2, 4),
            .price = dish.price + size.surcharge,
            .weight = dish.weight};
  if (dish.spicy) {
    line.attributes.emplace_back("辣度", Pick(random, kHeat));
  }
  if (Chance(random, 0.25)) {
    line.attributes.emplace_back("口味", Pick(random, kWishes));
  }
  line.name = Composed(line, dish.name);
  return line;
}

void DrawLines(Random& random, bool several_baskets, Basket& basket) {
  const std::size_t first = random.Below(kMenu.size());
  const std::int64_t count = Between(random, several_baskets ? 2 : 1, 5);
  for (std::int64_t i = 0; i < count; ++i) {
    // A step that shares no factor with the menu's size meets no dish twice.
    const Dish& dish = kMenu[(first + 3 * static_cast<std::size_t>(i)) % kMenu.size()];
    Line& line = basket.lines.emplace_back(DrawLine(random, dish));
    line.basket = several_baskets && i >= count / 2 ? 1 : 0;
    basket.packaging += dish.box * line.quantity;
  }
  if (Chance(random, 0.08)) {
    basket.lines.push_back({.item_id = 623050799,
                            .sku_id = 623050799000,
                            .name = "赠品 餐具套装",
                            .spec = {},
                            .attributes = {},
                            .code = "E099",
                            .barcode = {},
                            .gift = true});
  }
}

/// Adds an activity if at least kLeastPaid remains to be paid.
void AddActivity(Random& random, Basket& basket, std::string name, std::int64_t category,
                 Fen amount, std::int64_t platform_percent) {
  if (amount > basket.total() - kLeastPaid) {
    return;
  }
  const Fen platform = amount * platform_percent / 100;
  basket.activities.push_back({.id = Between(random, 1'000'000, 99'999'999),
                               .name = std::move(name),
                               .category = category,
                               .platform_pays = platform,
                               .shop_pays = amount - platform});
}

void DrawDiscounts(Random& random, Basket& basket) {
  constexpr std::int64_t kFullReduction = 12;
  constexpr std::int64_t kLessDelivery = 15;
  constexpr std::int64_t kSpecialPrice = 11;
  if (Chance(random, 0.6)) {
    const bool high = basket.goods() >= 3000;
    AddActivity(random, basket, high ? "满30减6" : "满15减3", kFullReduction, high ? 600 : 300,
                Chance(random, 0.5) ? 40 : 0);
  }
  if (basket.delivery > 0 && Chance(random, 0.3)) {
    AddActivity(random, basket, "减配送费", kLessDelivery, Between(random, 1, basket.delivery), 33);
  }
  if (Chance(random, 0.2)) {
    AddActivity(random, basket, "特价商品", kSpecialPrice,
                basket.lines.front().price * Between(random, 10, 40) / 100, 0);
  }
  const Fen voucher = Between(random, 50, 800);
  if (Chance(random, 0.3) && voucher <= basket.total() - kLeastPaid) {
    basket.voucher = voucher;
  }
}

template <typename Range, typename Amount>
Fen Sum(const Range& range, Amount amount) {
  return std::accumulate(range.begin(), range.end(), Fen{0},
                         [&](Fen sum, const auto& each) { return sum + amount(each); });
}

}  // namespace

Fen Basket::goods() const {
  return Sum(lines, [](const Line& line) { return line.total(); });
}

Fen Basket::original() const { return goods() + packaging + delivery; }

Fen Basket::activity_total() const {
  return Sum(activities, [](const Activity& each) { return each.amount(); });
}

Fen Basket::shop_part() const {
  return Sum(activities, [](const Activity& each) { return each.shop_pays; });
}

Fen Basket::platform_part() const { return activity_total() - shop_part(); }

Fen Basket::commission() const { return (goods() + packaging) * rate / 100; }

Fen Basket::income() const {
  return goods() + packaging + (platform_delivers ? 0 : delivery) - shop_part() - commission();
}

Basket DrawBasket(Random& random, bool platform_delivers, bool several_baskets) {
  Basket basket{.lines = {}, .activities = {}, .platform_delivers = platform_delivers};
  DrawLines(random, several_baskets, basket);
  basket.delivery = Pick(random, kDelivery);
  DrawDiscounts(random, basket);
  basket.rate = Between(random, 6, 18);
  return basket;
}

}  // namespace weir::simulators::eleme
