// SPDX-License-Identifier: Apache-2.0
#include "simulators/catalogue.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>

#include "simulators/chance.hpp"

namespace weir::simulators {
namespace {

constexpr std::size_t kItemsPerCategory = 15;
constexpr std::array<std::string_view, 8> kCategories = {"热销", "主食", "小炒", "汤羹",
                                                         "凉菜", "饮品", "甜点", "套餐"};
constexpr std::array<std::string_view, 12> kDishes = {
    "红烧肉饭", "牛肉面",      "宫保鸡丁",     "麻婆豆腐", "番茄蛋汤",          "凉拌黄瓜+花生",
    "珍珠奶茶", "小笼包(8只)", "100%鲜榨橙汁", "酸辣粉",   "\"招牌\"卤肉/卤蛋", "杨枝甘露 🥭"};
struct Size {
  std::string_view suffix;
  std::string_view name;
  Fen surcharge;
};
constexpr std::array kSizes = {Size{"-S", "小份", -200}, Size{"-M", "标准", 0},
                               Size{"-L", "大份", 300}};

CatalogueSpec DrawSpec(Random& random, const CatalogueItem& item, const Size& size, Fen price) {
  CatalogueSpec spec{.id = item.id * 10 + size.surcharge / 100 + 2,
                     .code = item.code + std::string(size.suffix),
                     .name = std::string(size.name),
                     .price = price + size.surcharge,
                     .stock = std::nullopt,
                     .barcode = {},
                     .weight = Between(random, 20, 90) * 10};
  const std::int64_t stock = Between(random, 0, 200);
  const std::int64_t code = Between(random, 10'000'000'000, 99'999'999'999);
  if (Chance(random, 0.7)) {
    spec.stock = stock;
  }
  if (Chance(random, 0.1)) {
    spec.barcode = fmt::format("69{}", code);
  }
  return spec;
}

CatalogueItem DrawItem(Random& random, std::size_t number, std::size_t categories) {
  CatalogueItem item{.id = 606'979'000 + static_cast<std::int64_t>(number),
                     .code = fmt::format("F{:04}", number + 1),
                     .name = fmt::format("{} {}", Pick(random, kDishes), number + 1),
                     .description = Chance(random, 0.3) ? "厨师推荐, 当天现做" : "",
                     .category = number % categories,
                     .unit = Chance(random, 0.8) ? "份" : "杯",
                     .picture = fmt::format("http://p0.example.com/{}.jpg", number + 1),
                     .box_price = Between(random, 0, 4) * 50,
                     .on_sale = Chance(random, 0.92),
                     .specs = {},
                     .attributes = {},
                     .from = {},
                     .until = {}};
  const Fen price = Between(random, 399, 5999);
  if (Chance(random, 0.4)) {
    for (const Size& size : kSizes) item.specs.push_back(DrawSpec(random, item, size, price));
  } else {
    item.specs.push_back(DrawSpec(random, item, {"", "", 0}, price));
  }
  if (Chance(random, 0.3)) {
    item.attributes.push_back({"辣度", {"不辣", "微辣", "中辣", "特辣"}});
  }
  if (Chance(random, 0.2)) {
    item.attributes.push_back({"温度", {"常温", "加冰", "去冰"}});
  }
  if (Chance(random, 0.1)) {
    item.from = "10:30";
    item.until = "14:00";
  }
  return item;
}

}  // namespace

Catalogue DrawCatalogue(Random& random, std::size_t items) {
  Catalogue menu;
  const std::size_t categories = items / kItemsPerCategory + 1;
  for (std::size_t i = 0; i < categories; ++i) {
    const std::size_t round = i / kCategories.size();
    const std::string_view name = kCategories.at(i % kCategories.size());
    menu.categories.push_back(
        {.id = 8'000'100 + static_cast<std::int64_t>(i),
         .name = round == 0 ? std::string(name) : fmt::format("{} {}", name, round + 1),
         .description = {}});
  }
  menu.items.reserve(items);
  for (std::size_t i = 0; i < items; ++i) menu.items.push_back(DrawItem(random, i, categories));
  return menu;
}

}  // namespace weir::simulators
