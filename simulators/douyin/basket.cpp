// SPDX-License-Identifier: Apache-2.0
#include "simulators/douyin/basket.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <string_view>

#include "simulators/chance.hpp"

namespace weir::simulators::douyin {
namespace {

struct Dish {
  std::int64_t id;
  std::string_view code;
  std::string_view name;
  std::string_view unit;
  Fen price;
};

constexpr std::array kStaples = {
    Dish{1'730'000'000'000'011, "D-1", "牛肉饭", "份", 1800},
    Dish{1'730'000'000'000'013, "D-2", "\"招牌\"卤肉/卤蛋饭", "份", 1690},
    Dish{1'730'000'000'000'014, "D-3", "番茄鸡蛋面", "碗", 1599},
    Dish{1'730'000'000'000'015, "D-4", "煎饺(10只)", "份", 1388},
};
constexpr std::array kDrinks = {
    Dish{1'730'000'000'000'012, "D-5", "可乐", "杯", 590},
    Dish{1'730'000'000'000'016, "D-6", "杨枝甘露 🥭", "杯", 1290},
    Dish{1'730'000'000'000'017, "D-7", "100%鲜榨橙汁", "杯", 990},
};
struct Set {
  std::int64_t id;
  std::string_view code;
  std::string_view name;
  std::int64_t people;
  Fen price;
};
constexpr std::array kSets = {
    Set{1'730'000'000'000'001, "SET-1", "单人工作餐", 1, 1980},
    Set{1'730'000'000'000'002, "SET-2", "双人套餐", 2, 4480},
    Set{1'730'000'000'000'003, "SET-3", "家庭套餐(4人)", 4, 8899},
    Set{1'730'000'000'000'004, "SET-4", "下午茶套餐", 1, 2199},
};
constexpr std::array<std::string_view, 3> kSizes = {"标准", "大份", "小份"};
constexpr std::array<std::string_view, 3> kIce = {"去冰", "少冰", "常温"};
constexpr std::array<Fen, 5> kDelivery = {0, 200, 350, 500, 800};
constexpr Fen kLeastPaid = 100;

Part DrawPart(Random& random, std::string_view group, const Dish& dish, std::int64_t count) {
  Part part{.group = std::string(group),
            .name = std::string(dish.name),
            .product_id = dish.id,
            .code = std::string(dish.code),
            .count = count,
            .unit = std::string(dish.unit),
            .price = dish.price,
            .attributes = {}};
  if (Chance(random, 0.6)) {
    part.attributes.emplace_back(group == "饮料" ? Pick(random, kIce) : Pick(random, kSizes));
  }
  return part;
}

Line DrawLine(Random& random, const Set& set) {
  Line line{.product_id = set.id,
            .name = std::string(set.name),
            .code = std::string(set.code),
            .count = Chance(random, 0.75) ? 1 : Between(random, 2, 3),
            .price = set.price,
            .parts = {}};
  const auto& staple = Pick(random, kStaples);
  const auto& other = Pick(random, kStaples);
  line.parts.push_back(DrawPart(random, "主食", staple, 1));
  if (set.people > 1 && other.id != staple.id) {
    line.parts.push_back(DrawPart(random, "主食", other, set.people - 1));
  }
  line.parts.push_back(DrawPart(random, "饮料", Pick(random, kDrinks), set.people));
  return line;
}

void DrawDiscounts(Random& random, Basket& basket) {
  const Fen goods = Between(random, 1, basket.sale_price() / 4);
  const Fen freight = Between(random, 0, basket.delivery);
  const bool reduces_goods = Chance(random, 0.6);
  const bool reduces_freight = Chance(random, 0.3);
  const std::int64_t merchants = Between(random, 0, 100);
  basket.goods_discount = reduces_goods ? goods : 0;
  basket.freight_discount = reduces_freight ? freight : 0;
  if (basket.pay() < kLeastPaid) {
    basket.goods_discount = 0;
  }
  basket.activities = basket.discounts() * merchants / 100;
}

}  // namespace

Fen Basket::sale_price() const {
  return std::accumulate(lines.begin(), lines.end(), Fen{0},
                         [](Fen sum, const Line& line) { return sum + line.total(); });
}

Fen Basket::income() const {
  return sale_price() + (platform_delivers ? 0 : delivery) - activities - commission();
}

Basket DrawBasket(Random& random, bool platform_delivers) {
  Basket basket{.lines = {}, .platform_delivers = platform_delivers};
  const std::size_t first = random.Below(kSets.size());
  const auto count = static_cast<std::size_t>(Between(random, 1, 3));
  for (std::size_t i = 0; i < count; ++i) {
    basket.lines.push_back(DrawLine(random, kSets.at((first + i) % kSets.size())));
  }
  basket.delivery = Pick(random, kDelivery);
  DrawDiscounts(random, basket);
  basket.rate = Between(random, 6, 18);
  return basket;
}

}  // namespace weir::simulators::douyin
