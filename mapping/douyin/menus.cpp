// SPDX-License-Identifier: Apache-2.0
#include "mapping/douyin/menus.hpp"

#include <algorithm>
#include <utility>

#include "mapping/douyin/event.hpp"
#include "mapping/menu_pages.hpp"
#include "mapping/rest.hpp"

namespace weir::mapping::douyin {
namespace {

constexpr NameTable kProductNames({
    "attr_key_value_map",
    "category_full_name",
    "category_id",
    "out_id",
    "pois",
    "product_id",
    "product_name",
});
using Product = Members<kProductNames>;
constexpr NameTable kSkuNames({"actual_amount", "attr_key_value_map", "sku_id", "sku_name",
                               "status", "stock"});
using Sku = Members<kSkuNames>;
constexpr NameTable kStockNames({"avail_qty", "limit_type", "stock_qty"});
using Stock = Members<kStockNames>;

constexpr NameTable kDishNames({"category_id", "category_name", "name", "out_id", "price",
                                "product_id", "product_name", "status"});
using Dish = Members<kDishNames>;

constexpr std::size_t kMostItems = 20'000;
constexpr std::size_t kMostPictures = 256;
constexpr std::string_view kOnline = "1";
/// `limit_type`: 1 is limited; that 2 is unlimited is not sure, so a number beside it still counts.
constexpr std::string_view kUnlimited = "2";

Value At(const Value& object, std::string_view name) {
  simdjson::dom::element found;
  return object.is_object() && object.object().at_key(name).get(found) == simdjson::SUCCESS
             ? Value(found)
             : Value();
}

bool IsSoldIn(const Value& pois, std::string_view shop) {
  if (!pois.is_array() || pois.array().size() == 0) return true;
  return std::ranges::any_of(pois.array(), [shop](const simdjson::dom::element poi) {
    return At(Value(poi), "poi_id").text() == shop;
  });
}

/// The values of `attr_key_value_map` are texts that hold JSON.
std::vector<std::string> UrlsIn(const Value& attribute, FieldReader& reader) {
  std::vector<std::string> urls;
  if (const auto list = reader.Array("image_list", attribute)) {
    for (const simdjson::dom::element one : list->root().array()) {
      const std::string_view url = At(Value(one), "url").text();
      if (!url.empty() && urls.size() < kMostPictures) urls.emplace_back(url);
    }
  }
  return urls;
}

std::string TextsIn(const Value& attribute, FieldReader& reader) {
  std::string text;
  if (const auto list = reader.Array("Description", attribute)) {
    for (const simdjson::dom::element one : list->root().array()) {
      text.append(text.empty() ? "" : "\n").append(Value(one).text());
    }
  }
  return text;
}

model::MenuSpec MapSku(const Value& object, const Product& product, bool online,
                       FieldReader& reader) {
  Sku told(Inside(reader, "sku", object));
  model::MenuSpec spec;
  spec.platform_sku = told.Take("sku_id").text();
  spec.name = told.Take("sku_name").text();
  spec.merchant_code = product.Peek("out_id").text();
  spec.price = reader.Fen("sku.actual_amount", told.Take("actual_amount"));
  const Stock stock(Inside(reader, "sku.stock", told.Take("stock")));
  spec.stock = reader.Integer(
      "stock", stock.Has("avail_qty") ? stock.Peek("avail_qty") : stock.Peek("stock_qty"));
  spec.unlimited = !spec.stock && stock.Peek("limit_type").text() == kUnlimited;
  spec.available = online && (!told.Has("status") || told.Take("status").text() == kOnline) &&
                   spec.stock.value_or(1) > 0;
  spec.extra = RestOf(told);
  return spec;
}

void AddCategory(std::string_view id, std::string_view name, model::MenuFacts& menu) {
  const bool known =
      std::ranges::find(menu.categories, id, &model::MenuCategory::id) != menu.categories.end();
  if (id.empty() || known) return;
  menu.categories.push_back({.id = std::string(id),
                             .name = std::string(name),
                             .parent = {},
                             .sort = static_cast<std::int64_t>(menu.categories.size() + 1)});
}

void AddItem(const Value& entry, model::MenuFacts& menu) {
  FieldReader reader(menu.issues);
  Product product(Inside(reader, "product", At(entry, "product")));
  if (!IsSoldIn(product.Take("pois"), menu.platform_shop)) return;
  model::MenuItem item;
  item.id = product.Take("product_id").text();
  item.name = product.Take("product_name").text();
  const Value attributes = product.Peek("attr_key_value_map");
  item.description = TextsIn(At(attributes, "Description"), reader);
  item.pictures = UrlsIn(At(attributes, "image_list"), reader);
  const std::string_view online = At(entry, "online_status").text();
  item.available = online.empty() || online == kOnline;
  item.specs.push_back(MapSku(At(entry, "sku"), product, item.available, reader));
  product.Take("out_id");
  item.category = product.Take("category_id").text();
  AddCategory(item.category, product.Take("category_full_name").text(), menu);
  item.extra = RestOf(product);
  menu.items.push_back(std::move(item));
}

/// A dish of the shop's own list: flat, of one price.
void AddDish(const Value& entry, model::MenuFacts& menu) {
  FieldReader reader(menu.issues);
  Dish dish(MembersOf(entry.object()));
  model::MenuItem item;
  item.id = dish.Take("product_id").text();
  item.name = (dish.Has("product_name") ? dish.Take("product_name") : dish.Take("name")).text();
  const std::string_view category = dish.Take("category_name").text();
  item.category = dish.Has("category_id") ? dish.Take("category_id").text() : category;
  AddCategory(item.category, category, menu);
  item.available = !dish.Has("status") || dish.Take("status").text() == kOnline;
  model::MenuSpec spec;
  spec.platform_sku = item.id;
  spec.merchant_code = dish.Take("out_id").text();
  spec.price = reader.Fen("price", dish.Take("price"));
  spec.available = item.available;
  item.specs.push_back(std::move(spec));
  item.extra = RestOf(dish);
  menu.items.push_back(std::move(item));
}

/// False when the page holds no list.
bool TakePage(const AnswerPage& page, model::MenuFacts& menu) {
  const auto document = JsonDocument::Parse(page.bytes);
  if (!document) return false;
  const Value data = At(Value(document->root()), "data");
  const Value products = At(data, "products");
  const Value list = products.is_array() ? products : At(data, "dishes");
  if (!list.is_array()) return false;
  for (const simdjson::dom::element element : list.array()) {
    const Value entry(element);
    if (!entry.is_object()) continue;
    At(entry, "product").is_object() ? AddItem(entry, menu) : AddDish(entry, menu);
  }
  return menu.items.size() <= kMostItems;
}

}  // namespace

Mapped MapMenu(std::string_view pages, std::string_view shop, Instant asked_at) {
  return MapMenuPages(kPlatform, shop, pages, asked_at, TakePage);
}

}  // namespace weir::mapping::douyin
