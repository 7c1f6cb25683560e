// SPDX-License-Identifier: Apache-2.0
// The methods on products, stores and warehouses.
#include <algorithm>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "simulators/doudian/calls.hpp"
#include "simulators/doudian/snapshot.hpp"

namespace weir::simulators::doudian {
namespace {

constexpr std::int64_t kCreated = 1'690'000'000;
constexpr std::int64_t kUnlimited = 9999;
constexpr std::int64_t kProductIds = 3'520'000'000'000'000'000;
constexpr std::int64_t kSkuIds = 1'720'000'000'000'000;

/// An item of a store's menu as a product of the shop.
struct Product {
  const Store* store = nullptr;
  const Catalogue* menu = nullptr;
  const CatalogueItem* item = nullptr;

  // Menus of different stores number their items alike.
  [[nodiscard]] std::int64_t id() const {
    return kProductIds + store->known.id % 1'000'000 * 10'000'000'000 + item->id;
  }
  [[nodiscard]] std::int64_t sku(const CatalogueSpec& spec) const {
    return kSkuIds + store->known.id % 10'000 * 10'000'000'000 + spec.id;
  }
  [[nodiscard]] const CatalogueCategory& category() const {
    return menu->categories[item->category];
  }
};

/// The products of all stores, or of one.
std::vector<Product> ProductsOf(const Call& call, const std::optional<std::string>& store) {
  std::vector<Product> products;
  for (const auto& [id, known] : call.book.shops()) {
    if (store && *store != "0" && *store != id) continue;
    const Catalogue& menu = call.shelves.MenuOf(id);
    for (const CatalogueItem& item : menu.items) products.push_back({&known, &menu, &item});
  }
  return products;
}

std::expected<Product, Failure> ProductOf(const Call& call) {
  const auto id = TextOf(call, "product_id");
  for (const Product& product : ProductsOf(call, std::nullopt)) {
    if (id == std::to_string(product.id())) return product;
  }
  return BusinessFailed("isv.business-failed:20001", "商品不存在");
}

void WriteCategory(JsonWriter& json, const Product& product) {
  json.Key("category_detail").BeginObject().Member("first_cid", 20005);
  json.Member("first_cname", "食品饮料").Member("second_cid", product.category().id);
  json.Member("second_cname", product.category().name).Member("third_cid", 0);
  json.Member("third_cname", "").Member("fourth_cid", 0).Member("fourth_cname", "").EndObject();
}

void WriteProduct(JsonWriter& json, const Product& product) {
  const CatalogueItem& item = *product.item;
  json.BeginObject().Member("product_id", product.id()).Member("outer_product_id", item.code);
  json.Member("name", item.name).Member("img", item.picture);
  json.Member("status", item.on_sale ? 0 : 1).Member("check_status", 3).Member("product_type", 0);
  json.Member("description", item.description).Member("create_time", kCreated);
  json.Member("update_time", kCreated + item.id % 1000);
  WriteCategory(json, product);
  json.Key("channel_main_product").BeginObject().Member("product_id", 0).Member("shop_id", 0);
  json.EndObject().EndObject();
}

void WriteSkuOfDetail(JsonWriter& json, const Product& product, const CatalogueSpec& spec) {
  json.BeginObject().Member("sku_id", product.sku(spec)).Member("outer_sku_id", spec.code);
  json.Member("code", spec.code).Member("price", spec.price).Member("sku_type", 1);
  json.Member("stock_num", spec.stock.value_or(kUnlimited));
  json.Key("stock_num_map").BeginObject();
  json.Member(product.store->known.code, spec.stock.value_or(kUnlimited)).EndObject();
  json.Key("spec_detail_ids").BeginArray();
  if (!spec.name.empty()) json.Int(spec.id);
  json.EndArray().EndObject();
}

void WriteSpecs(JsonWriter& json, const CatalogueItem& item) {
  json.Key("specs").BeginArray();
  if (!item.specs.front().name.empty()) {
    json.BeginObject().Member("id", item.id).Member("name", "规格").Key("values").BeginArray();
    for (const CatalogueSpec& spec : item.specs) {
      json.BeginObject().Member("id", spec.id).Member("name", spec.name).Member("status", 0);
      json.EndObject();
    }
    json.EndArray().EndObject();
  }
  json.EndArray();
}

void WriteSku(JsonWriter& json, const Product& product, const CatalogueSpec& spec) {
  const std::int64_t stock = spec.stock.value_or(kUnlimited);
  json.BeginObject().Member("id", product.sku(spec)).Member("product_id", product.id());
  json.Member("product_id_str", std::to_string(product.id())).Member("out_sku_id", 0);
  json.Member("code", spec.code).Member("price", spec.price);
  json.Member("spec_detail_id1", spec.name.empty() ? 0 : spec.id);
  json.Member("spec_detail_name1", spec.name).Member("spec_detail_name2", "");
  json.Member("spec_detail_name3", "").Member("create_time", kCreated).Member("sku_type", 1);
  json.Member("stock_num", stock).Key("stock_map").BeginObject();
  json.Member(product.store->known.code, stock).EndObject().EndObject();
}

void WriteStore(JsonWriter& json, const Store& store) {
  json.BeginObject().Member("store_id", store.known.id).Member("store_code", store.known.code);
  json.Member("name", "示例门店 " + store.known.code).Member("contact", "02160000000");
  json.Member("province", "上海市").Member("city", "上海市").Member("district", "示例区");
  json.Member("address", "示例路1号").Member("longitude", "121.473701");
  json.Member("latitude", "31.230416").Member("state", store.open ? 1 : 2);
  json.Key("open_time").BeginObject().Key("day_map").BeginObject();
  for (int day = 1; day <= 7; ++day) json.Member(std::to_string(day), "10:00-22:00");
  json.EndObject().EndObject().EndObject();
}

}  // namespace

Outcome ProductList(const Call& call) {
  constexpr std::int64_t kMost = 10'000;
  const auto page = PageOf(call, 1);
  if (!page || page->number * page->size > kMost) {
    return BadArgument("page或size错误");
  }
  const auto status = NumberOf(call, "status");
  const auto name = TextOf(call, "name");
  auto products = ProductsOf(call, TextOf(call, "store_id"));
  std::erase_if(products, [&](const Product& product) {
    return (status && *status != (product.item->on_sale ? 0 : 1)) ||
           (name && product.item->name.find(*name) == std::string::npos);
  });
  std::string text;
  JsonWriter json(text);
  json.BeginObject().Key("data").BeginArray();
  for (std::size_t i = 0; i < products.size(); ++i) {
    if (page->holds(static_cast<std::int64_t>(i))) WriteProduct(json, products[i]);
  }
  json.EndArray().Member("total", static_cast<std::int64_t>(products.size()));
  json.Member("page", page->number).Member("size", page->size).EndObject();
  return text;
}

Outcome ProductDetail(const Call& call) {
  const auto product = ProductOf(call);
  if (!product) {
    return std::unexpected(product.error());
  }
  const CatalogueItem& item = *product->item;
  std::string text;
  JsonWriter json(text);
  json.BeginObject().Member("product_id", product->id());
  json.Member("product_id_str", std::to_string(product->id()));
  json.Member("outer_product_id", item.code).Member("name", item.name);
  json.Member("description", item.description).Member("status", item.on_sale ? 0 : 1);
  json.Member("check_status", 3).Member("store_id", product->store->known.id);
  json.Member("img", item.picture).Key("pic").BeginArray().String(item.picture).EndArray();
  json.Member("create_time", WallTime(kCreated)).Member("update_time", WallTime(kCreated));
  json.Member("discount_price", item.specs.front().price).Member("market_price", 0);
  WriteCategory(json, *product);
  WriteSpecs(json, item);
  json.Key("spec_prices").BeginArray();
  for (const CatalogueSpec& spec : item.specs) WriteSkuOfDetail(json, *product, spec);
  json.EndArray().EndObject();
  return text;
}

Outcome SkuList(const Call& call) {
  const auto product = ProductOf(call);
  if (!product) {
    return std::unexpected(product.error());
  }
  std::string text;
  JsonWriter json(text);
  json.BeginArray();
  for (const CatalogueSpec& spec : product->item->specs) WriteSku(json, *product, spec);
  json.EndArray();
  return text;
}

Outcome GetStoreList(const Call& call) {
  constexpr std::int64_t kLargest = 100;
  const std::int64_t number = NumberOf(call, "page").value_or(0);
  const std::int64_t size = NumberOf(call, "page_size").value_or(kLargest);
  if (number < 0 || size < 1 || size > kLargest) {
    return BadArgument("page或page_size错误");
  }
  const Page page{.number = number, .size = size};
  std::string text;
  JsonWriter json(text);
  json.BeginObject().Key("store_detail_list").BeginArray();
  std::int64_t index = 0;
  for (const auto& [id, store] : call.book.shops()) {
    if (!page.holds(index++)) continue;
    json.BeginObject().Key("store");
    WriteStore(json, store);
    json.EndObject();
  }
  json.EndArray().Member("total", index).EndObject();
  return text;
}

Outcome GetStoreDetail(const Call& call) {
  const auto found = call.book.shops().find(TextOf(call, "store_id").value_or(""));
  if (found == call.book.shops().end()) {
    return BusinessFailed("isv.business-failed:10001", "门店不存在");
  }
  std::string text;
  JsonWriter json(text);
  json.BeginObject().Key("store_detail").BeginObject().Key("store");
  WriteStore(json, found->second);
  json.EndObject().EndObject();
  return text;
}

Outcome WarehouseList(const Call& call) {
  const auto page = PageOf(call, 0);
  if (!page) {
    return BadArgument("page或size错误");
  }
  std::string text;
  JsonWriter json(text);
  json.BeginObject().Key("warehouses").BeginArray();
  std::int64_t index = 0;
  for (const auto& [id, store] : call.book.shops()) {
    if (!page->holds(index++)) continue;
    json.BeginObject().Member("warehouse_id", store.known.id);
    json.Member("out_warehouse_id", store.known.code);
    json.Member("name", "示例门店 " + store.known.code).Member("intro", "");
    json.Member("shop_id", call.options.shop_id).Member("address_detail", "示例路1号");
    json.Member("create_time", kCreated).Member("update_time", kCreated).EndObject();
  }
  json.EndArray().Member("total", index).EndObject();
  return text;
}

}  // namespace weir::simulators::doudian
