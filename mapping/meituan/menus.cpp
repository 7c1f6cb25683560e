// SPDX-License-Identifier: Apache-2.0
#include "mapping/meituan/menus.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "mapping/decimal.hpp"
#include "mapping/meituan/event.hpp"
#include "mapping/members.hpp"
#include "mapping/menu_pages.hpp"
#include "mapping/rest.hpp"
#include "mapping/review_words.hpp"

namespace weir::mapping::meituan {
namespace {

constexpr NameTable kFoodNames({
    "app_food_code",
    "app_poi_code",
    "box_num",
    "box_price",
    "category_name",
    "description",
    "is_sold_out",
    "name",
    "picture",
    "pictures",
    "price",
    "sequence",
    "skus",
    "spu_attr",
    "unit",
});
using Food = Members<kFoodNames>;

constexpr NameTable kSkuNames({
    "available_times",
    "box_num",
    "box_price",
    "price",
    "sku_id",
    "spec",
    "stock",
    "upc",
});
using Sku = Members<kSkuNames>;

constexpr NameTable kPropertyNames({"mode", "name", "no", "price", "sell_status", "value"});
using Property = Members<kPropertyNames>;

constexpr std::array<std::string_view, 7> kDays{"monday", "tuesday",  "wednesday", "thursday",
                                                "friday", "saturday", "sunday"};
constexpr std::size_t kMostItems = 20'000;
constexpr std::size_t kMostHours = 100;

/// box_num x box_price; nothing when either is missing.
template <typename Object>
std::optional<Money> TakeBoxes(Object& object, FieldReader& reader) {
  const auto boxes = reader.Quantity("box_num", object.Take("box_num"));
  const auto each = reader.Yuan("box_price", object.Take("box_price"));
  return boxes && each ? Multiply(*each, *boxes) : std::nullopt;
}

/// "06:00-10:00,17:00-23:00" of one day.
void AppendHours(std::vector<model::MenuHours>& hours, std::string_view day,
                 std::string_view text) {
  while (!text.empty() && hours.size() < kMostHours) {
    const std::string_view span = text.substr(0, text.find(','));
    text.remove_prefix(std::min(text.size(), span.size() + 1));
    const std::size_t dash = span.find('-');
    if (dash == std::string_view::npos) continue;
    hours.push_back({.day = std::string(day),
                     .from = std::string(span.substr(0, dash)),
                     .to = std::string(span.substr(dash + 1))});
  }
}

std::vector<model::MenuHours> HoursOf(const Value& times) {
  std::vector<model::MenuHours> hours;
  if (!times.is_object()) return hours;
  for (const std::string_view day : kDays) {
    simdjson::dom::element spans;
    if (times.object().at_key(day).get(spans) == simdjson::SUCCESS) {
      AppendHours(hours, day, Value(spans).text());
    }
  }
  return hours;
}

/// `stock` is text: empty and "*" are unlimited (protocol §1.9).
void TakeStock(Sku& sku, FieldReader& reader, model::MenuSpec& spec) {
  const Value stock = sku.Take("stock");
  spec.unlimited = stock.empty() || stock.text() == "*";
  if (!spec.unlimited) spec.stock = reader.Integer("stock", stock);
}

/// The times of a spec stand at its item; where the specs of one item differ, at the spec, as told.
model::MenuSpec MapSku(Sku& sku, FieldReader& reader, std::vector<model::MenuHours>& hours) {
  model::MenuSpec spec;
  spec.platform_sku = sku.Take("sku_id").text();
  spec.name = sku.Take("spec").text();
  spec.merchant_code = sku.Take("upc").text();
  spec.price = reader.Yuan("price", sku.Take("price"));
  spec.packaging_fee = TakeBoxes(sku, reader);
  TakeStock(sku, reader, spec);
  auto told = HoursOf(sku.Peek("available_times"));
  if (hours.empty()) hours = told;
  if (told == hours) sku.Take("available_times");
  spec.extra = RestOf(sku);
  return spec;
}

void TakeSkus(Food& food, FieldReader& reader, model::MenuItem& item) {
  const auto skus = reader.Array("skus", food.Take("skus"));
  if (!skus) return;
  for (const simdjson::dom::element element : skus->root().array()) {
    const Value value(element);
    if (!value.is_object()) {
      reader.Malformed("skus");
      continue;
    }
    Sku sku(MembersOf(value.object()));
    item.specs.push_back(MapSku(sku, reader, item.hours));
    model::MenuSpec& spec = item.specs.back();
    spec.available = item.available && (spec.unlimited || spec.stock.value_or(1) > 0);
  }
}

/// `spu_attr`: each value of a property is an object of its own.
void TakeProperties(Food& food, FieldReader& reader, model::MenuItem& item) {
  const auto properties = reader.Array("spu_attr", food.Take("spu_attr"));
  if (!properties) return;
  for (const simdjson::dom::element element : properties->root().array()) {
    const Value value(element);
    if (!value.is_object()) {
      reader.Malformed("spu_attr");
      continue;
    }
    Property property(MembersOf(value.object()));
    const std::string name(property.Take("name").text());
    auto group = std::ranges::find(item.option_groups, name, &model::MenuOptionGroup::name);
    if (group == item.option_groups.end()) {
      group = item.option_groups.insert(group, {.name = name, .options = {}});
    }
    group->options.push_back({.name = std::string(property.Take("value").text()),
                              .price = reader.Yuan("price", property.Take("price"))});
  }
}

std::vector<std::string> PicturesOf(Food& food) {
  auto pictures = TextList(food.Take("picture")).value_or(std::vector<std::string>());
  for (std::string& more : TextList(food.Take("pictures")).value_or(std::vector<std::string>())) {
    if (std::ranges::find(pictures, more) == pictures.end()) pictures.push_back(std::move(more));
  }
  return pictures;
}

model::MenuItem MapFood(const Value& object, std::vector<model::Issue>& issues) {
  Food food(MembersOf(object.object()));
  FieldReader reader(issues);
  model::MenuItem item;
  item.id = food.Take("app_food_code").text();
  item.name = food.Take("name").text();
  if (item.id.empty()) item.id = item.name;
  food.Take("app_poi_code");
  item.description = food.Take("description").text();
  item.pictures = PicturesOf(food);
  item.category = food.Take("category_name").text();
  item.unit = food.Take("unit").text();
  item.sort = reader.Integer("sequence", food.Take("sequence"));
  item.available = food.Take("is_sold_out").text() != "1";
  const auto price = reader.Yuan("price", food.Take("price"));
  const auto boxes = TakeBoxes(food, reader);
  TakeSkus(food, reader, item);
  if (item.specs.empty()) {
    item.specs.push_back({.platform_sku = item.id,
                          .name = {},
                          .merchant_code = {},
                          .price = price,
                          .packaging_fee = boxes,
                          .stock = {},
                          .unlimited = false,
                          .available = item.available,
                          .extra = {}});
  }
  TakeProperties(food, reader, item);
  item.extra = RestOf(food);
  return item;
}

model::MenuCategory MapCategory(const Value& object, std::vector<model::Issue>& issues) {
  const auto member = [&object](std::string_view name) {
    simdjson::dom::element found;
    return object.object().at_key(name).get(found) == simdjson::SUCCESS ? Value(found) : Value();
  };
  FieldReader reader(issues);
  model::MenuCategory category;
  category.name = member("name").text();
  category.id = category.name;
  category.sort = reader.Integer("sequence", member("sequence"));
  return category;
}

/// False when the page is no list.
bool TakePage(const AnswerPage& page, model::MenuFacts& menu) {
  const auto document = JsonDocument::Parse(page.bytes);
  simdjson::dom::array list;
  if (!document || document->root()["data"].get(list) != simdjson::SUCCESS) return false;
  for (const simdjson::dom::element element : list) {
    const Value value(element);
    if (!value.is_object()) return false;
    if (page.topic.starts_with("foodCat/")) {
      menu.categories.push_back(MapCategory(value, menu.issues));
    } else {
      menu.items.push_back(MapFood(value, menu.issues));
    }
    if (menu.items.size() > kMostItems || menu.categories.size() > kMostItems) return false;
  }
  return true;
}

}  // namespace

Mapped MapMenu(std::string_view pages, std::string_view shop, Instant asked_at) {
  return MapMenuPages(kPlatform, shop, pages, asked_at, TakePage);
}

}  // namespace weir::mapping::meituan
