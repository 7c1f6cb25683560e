// SPDX-License-Identifier: Apache-2.0
#include "simulators/meituan/basket.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <span>
#include <string_view>

#include "simulators/chance.hpp"

namespace weir::simulators::meituan {
namespace {

struct Spec {
  std::string_view suffix;
  std::string_view name;
  Fen surcharge;
};

struct Dish {
  std::string_view code;
  std::string_view name;
  std::string_view unit;
  Fen price;
  std::int64_t boxes;  ///< Of one piece.
  Fen box_price;
  std::int64_t weight;
  bool sizes;
  bool spicy;
};

constexpr std::array kMenu = {
    Dish{"F001", "红烧肉饭", "份", 1500, 1, 100, 550, true, true},
    Dish{"F002", "牛肉饭", "份", 2280, 1, 100, 520, true, true},
    Dish{"F003", "宫保鸡丁", "份", 2650, 1, 150, 480, true, true},
    Dish{"F004", "麻婆豆腐", "份", 1290, 1, 50, 400, false, true},
    Dish{"F005", "番茄蛋汤", "碗", 899, 1, 100, 450, false, false},
    Dish{"F006", "米饭", "碗", 200, 1, 50, 200, false, false},
    Dish{"F007", "可乐 330ml", "罐", 350, 0, 0, 350, false, false},
    Dish{"F008", "珍珠奶茶", "杯", 1380, 1, 0, 500, true, false},
    Dish{"F009", "小笼包(8只)", "笼", 1650, 2, 75, 320, false, false},
    Dish{"F010", "酸辣粉 & 卤蛋", "份", 1799, 1, 100, 600, true, true},
    Dish{"F011", "凉拌黄瓜+花生", "份", 980, 1, 50, 250, false, true},
    Dish{"F012", "100%鲜榨橙汁", "杯", 1860, 0, 0, 400, true, false},
};
constexpr std::array kSizes = {Spec{"-S", "小份", -200}, Spec{"-M", "标准", 0},
                               Spec{"-L", "大份", 300}};
constexpr std::array<std::string_view, 4> kHeat = {"不辣", "微辣", "中辣", "特辣"};
constexpr std::array<std::string_view, 3> kSides = {"不要香菜", "多放葱", "汤另装"};
constexpr std::array<Fen, 5> kShipping = {0, 200, 350, 500, 600};
constexpr Fen kLeastPaid = 100;

Line DrawLine(Random& random, const Dish& dish, std::int64_t item_id) {
  const Spec spec = dish.sizes ? Pick(random, kSizes) : Spec{"", "", 0};
  std::string properties;
  if (dish.spicy) {
    properties = Pick(random, kHeat);
  }
  if (Chance(random, 0.25)) {
    properties.append(properties.empty() ? "" : ",").append(Pick(random, kSides));
  }
  const std::int64_t quantity = Chance(random, 0.7) ? 1 : Between(random, 2, 4);
  return {.food_code = std::string(dish.code),
          .sku_id = std::string(dish.code) + std::string(spec.suffix),
          .upc = Chance(random, 0.1)
                     ? "69" + std::to_string(Between(random, 10'000'000'000, 99'999'999'999))
                     : std::string(),
          .name = std::string(dish.name),
          .spec = std::string(spec.name),
          .unit = std::string(dish.unit),
          .properties = std::move(properties),
          .quantity = quantity,
          .price = dish.price + spec.surcharge,
          .reduction = 0,
          .boxes = dish.boxes * quantity,
          .box_price = dish.box_price,
          .basket = Chance(random, 0.1) ? 1 : 0,
          .weight = dish.weight,
          .item_id = item_id};
}

std::vector<Line> DrawLines(Random& random) {
  std::vector<Line> lines;
  const std::size_t first = random.Below(kMenu.size());
  const std::int64_t count = Between(random, 1, 5);
  std::int64_t item_id = Between(random, 1'000'000'000, 9'000'000'000);
  for (std::int64_t i = 0; i < count; ++i) {
    // A step that shares no factor with the menu's size meets no dish twice.
    const Dish& dish = kMenu[(first + 5 * static_cast<std::size_t>(i)) % kMenu.size()];
    lines.push_back(DrawLine(random, dish, item_id + i));
  }
  return lines;
}

/// Adds discounts while at least kLeastPaid remains to be paid.
class Discounter {
 public:
  Discounter(Random& random, Basket& basket) : random_(random), basket_(basket) {}

  void Add(int type, std::string remark, Fen reduction, int platform_percent) {
    const Fen wanted = std::min(reduction, basket_.total() - kLeastPaid);
    if (wanted != reduction) {
      return;
    }
    const Fen platform = reduction * platform_percent / 100;
    basket_.activities.push_back({.id = Between(random_, 1'000'000, 99'999'999),
                                  .type = type,
                                  .remark = std::move(remark),
                                  .platform_pays = platform,
                                  .shop_pays = reduction - platform});
  }

 private:
  Random& random_;
  Basket& basket_;
};

void DiscountGoods(Random& random, Basket& basket, Discounter& discounter) {
  Line& line = basket.lines[random.Below(basket.lines.size())];
  const Fen reduction = line.price * Between(random, 10, 40) / 100;
  if (reduction * line.quantity > basket.total() - kLeastPaid) {
    return;
  }
  line.reduction = reduction;
  discounter.Add(17, "折扣商品优惠" + ShortYuan(reduction * line.quantity) + "元",
                 reduction * line.quantity, 0);
}

void DrawActivities(Random& random, Basket& basket) {
  Discounter discounter(random, basket);
  if (Chance(random, 0.2)) {
    DiscountGoods(random, basket, discounter);
  }
  if (Chance(random, 0.6)) {
    const Fen reduction = basket.goods() >= 3000 ? 550 : 300;
    discounter.Add(
        2, "满" + ShortYuan(basket.goods() >= 3000 ? 3000 : 1500) + "减" + ShortYuan(reduction),
        reduction, Chance(random, 0.5) ? 45 : 0);
  }
  if (Chance(random, 0.1)) {
    discounter.Add(1, "新用户立减", Between(random, 500, 1500), 100);
  }
  if (basket.shipping > 0 && Chance(random, 0.3)) {
    const int type = Chance(random, 0.5) ? 16 : 25;
    discounter.Add(type, "减配送费", Between(random, 1, basket.shipping), 33);
  }
  if (Chance(random, 0.15)) {
    discounter.Add(9, "美团红包", Between(random, 100, 800), 100);
  }
  if (Chance(random, 0.1)) {
    discounter.Add(100, "店内领券", Between(random, 100, 500), 0);
  }
  if (Chance(random, 0.08)) {
    discounter.Add(5, "满40元赠可乐1份", 0, 0);
  }
}

Fen Sum(std::span<const Activity> activities, auto amount) {
  return std::accumulate(activities.begin(), activities.end(), Fen{0},
                         [&](Fen sum, const Activity& each) { return sum + amount(each); });
}

}  // namespace

Fen Basket::goods() const {
  return std::accumulate(lines.begin(), lines.end(), Fen{0}, [](Fen sum, const Line& line) {
    return sum + line.price * line.quantity;
  });
}

Fen Basket::original() const {
  return std::accumulate(
      lines.begin(), lines.end(), goods() + shipping + bag,
      [](Fen sum, const Line& line) { return sum + line.boxes * line.box_price; });
}

Fen Basket::discounts() const {
  return Sum(activities, [](const Activity& each) { return each.reduction(); });
}

Fen Basket::total() const { return original() - discounts(); }

Fen Basket::platform_pays() const {
  return Sum(activities, [](const Activity& each) { return each.platform_pays; });
}

Fen Basket::income() const { return total() + platform_pays() - commission - logistics; }

Basket DrawBasket(Random& random, Handover handover) {
  Basket basket;
  basket.lines = DrawLines(random);
  basket.shipping = handover == Handover::kPickup ? 0 : Pick(random, kShipping);
  basket.bag = Chance(random, 0.2) ? Between(random, 1, 5) * 10 : 0;
  DrawActivities(random, basket);
  basket.commission = basket.total() * Between(random, 6, 18) / 100;
  basket.logistics = handover == Handover::kPlatformDelivery ? basket.shipping : 0;
  return basket;
}

}  // namespace weir::simulators::meituan
