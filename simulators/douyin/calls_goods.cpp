// SPDX-License-Identifier: Apache-2.0
// The calls on menus and reviews (protocol notes A11, A12).
#include <algorithm>
#include <functional>
#include <vector>

#include "simulators/douyin/calls.hpp"

namespace weir::simulators::douyin {
namespace {

constexpr int kOnline = 1;
constexpr int kOffline = 2;
constexpr std::int64_t kLargestPage = 50;

/// Each spec of each item is one product.
struct Product {
  const Catalogue* menu = nullptr;
  const CatalogueItem* item = nullptr;
  const CatalogueSpec* spec = nullptr;

  [[nodiscard]] int status() const { return item->on_sale ? kOnline : kOffline; }
  [[nodiscard]] std::string id() const { return std::to_string(1'730'000'000'000'000 + spec->id); }
  [[nodiscard]] std::string name() const {
    return spec->name.empty() ? item->name : item->name + ' ' + spec->name;
  }
  [[nodiscard]] const std::string& category() const {
    return menu->categories[item->category].name;
  }
};

/// What all shops sell: products belong to the merchant's account.
std::vector<Product> ProductsOf(const Call& call) {
  std::vector<Product> products;
  const Catalogue& menu = call.shelves.MenuOf(call.options.shops.front());
  for (const CatalogueItem& item : menu.items) {
    for (const CatalogueSpec& spec : item.specs) products.push_back({&menu, &item, &spec});
  }
  return products;
}

/// JSON as it stands in attr_key_value_map: as text.
void WriteJsonText(JsonWriter& json, std::string_view name,
                   const std::function<void(JsonWriter&)>& write) {
  std::string text;
  JsonWriter inner(text);
  write(inner);
  json.Member(name, text);
}

void WriteProductAttributes(JsonWriter& json, const Product& product) {
  const CatalogueItem& item = *product.item;
  json.Key("attr_key_value_map").BeginObject();
  WriteJsonText(json, "image_list", [&](JsonWriter& list) {
    list.BeginArray().BeginObject().Member("url", item.picture).EndObject().EndArray();
  });
  WriteJsonText(json, "description_rich_text", [&](JsonWriter& list) {
    list.BeginArray().BeginObject().Member("note_type", 1);
    list.Member("content", item.description).EndObject().EndArray();
  });
  WriteJsonText(json, "FrontCategoryTag",
                [&](JsonWriter& list) { list.BeginArray().String(product.category()).EndArray(); });
  json.Member("show_channel", "2").Member("SortWeight", "0").Member("TagList", "").EndObject();
}

void WritePois(JsonWriter& json, const Call& call) {
  json.Key("pois").BeginArray();
  for (const auto& [id, shop] : call.book.shops()) {
    json.BeginObject().Key("poi_id").Number(id).Member("supplier_ext_id", "ERP-" + id).EndObject();
  }
  json.EndArray();
}

void WriteSku(JsonWriter& json, const Product& product) {
  constexpr int kLimited = 1;
  constexpr int kUnlimited = 2;
  const CatalogueSpec& spec = *product.spec;
  json.Key("sku").BeginObject().Member("sku_id", product.id()).Member("sku_name", product.name());
  json.Member("actual_amount", spec.price).Member("origin_amount", spec.price);
  json.Member("status", 1).Key("stock").BeginObject();
  json.Member("limit_type", spec.stock ? kLimited : kUnlimited);
  json.Member("stock_qty", spec.stock.value_or(0)).Member("avail_qty", spec.stock.value_or(0));
  json.EndObject().Key("attr_key_value_map").BeginObject();
  json.Member("market_price", std::to_string(spec.price)).Member("use_type", "1").EndObject();
  json.EndObject();
}

void WriteProduct(JsonWriter& json, const Call& call, const Product& product) {
  constexpr std::int64_t kLongAgo = 1'646'724'999;
  constexpr std::int64_t kFarAhead = 1'999'607'528;
  json.BeginObject().Key("product").BeginObject();
  json.Member("product_id", product.id()).Member("out_id", product.spec->code);
  json.Member("product_name", product.name()).Member("category_id", 1001001);
  json.Member("category_full_name", "美食·套餐·" + product.category());
  json.Member("product_type", 1).Member("biz_line", 1);
  json.Key("owner_account_id").Number(call.options.account_id);
  json.Member("sold_start_time", kLongAgo).Member("sold_end_time", kFarAhead);
  WritePois(json, call);
  WriteProductAttributes(json, product);
  json.EndObject();
  WriteSku(json, product);
  json.Key("commission_info").BeginObject().Member("platform_take_rate", 0).EndObject();
  json.Member("online_status", product.status()).EndObject();
}

std::string ProductsJson(const Call& call, const std::vector<Product>& products, Slice slice) {
  return ObjectText([&](JsonWriter& json) {
    json.Key("products").BeginArray();
    for (std::size_t i = slice.first; i < slice.last; ++i) WriteProduct(json, call, products[i]);
    json.EndArray().Member("has_more", slice.last < products.size());
    json.Member("next_cursor", std::to_string(slice.last));
  });
}

CatalogueItem* ItemOf(const Call& call, CatalogueSpec** spec) {
  const std::string id = call.arguments.TextOf("product_id");
  const std::string code = call.arguments.TextOf("out_id");
  for (CatalogueItem& item : call.shelves.MenuOf(call.options.shops.front()).items) {
    for (CatalogueSpec& each : item.specs) {
      if (Product{nullptr, &item, &each}.id() != id && each.code != code) continue;
      *spec = &each;
      return &item;
    }
  }
  return nullptr;
}

const Failure kNoProduct{code::kRefused, "商品不存在", code::kProductMissing};

}  // namespace

Outcome QueryGoods(const Call& call) {
  std::vector<Product> products = ProductsOf(call);
  if (const auto status = call.arguments.NumberOf("status")) {
    std::erase_if(products, [&](const Product& each) { return each.status() != *status; });
  }
  const auto slice = SliceOf(call, "count", kLargestPage, products.size());
  if (!slice) {
    return std::unexpected(Failure{code::kBadArgument, "cursor or count is not valid"});
  }
  return ProductsJson(call, products, *slice);
}

Outcome GetGoods(const Call& call) {
  const auto ids = call.arguments.ListOf("product_ids");
  const auto codes = call.arguments.ListOf("out_ids");
  constexpr std::size_t kMost = 10;
  if (ids.size() + codes.size() == 0 || ids.size() + codes.size() > kMost) {
    return std::unexpected(Failure{code::kBadArgument, "product_ids or out_ids is not valid"});
  }
  std::vector<Product> products = ProductsOf(call);
  std::erase_if(products, [&](const Product& each) {
    return std::ranges::find(ids, each.id()) == ids.end() &&
           std::ranges::find(codes, each.spec->code) == codes.end();
  });
  return ProductsJson(call, products, {0, products.size()});
}

Outcome ListDishes(const Call& call) {
  const std::vector<Product> products = ProductsOf(call);
  const auto slice = SliceOf(call, "count", kLargestPage, products.size());
  if (!slice) {
    return std::unexpected(Failure{code::kBadArgument, "cursor or count is not valid"});
  }
  return ObjectText([&](JsonWriter& json) {
    json.Key("dishes").BeginArray();
    for (std::size_t i = slice->first; i < slice->last; ++i) {
      const Product& each = products[i];
      json.BeginObject().Member("product_id", each.id()).Member("product_name", each.name());
      json.Member("out_id", each.spec->code).Member("category_name", each.category());
      json.Member("price", each.spec->price).Member("status", each.status()).EndObject();
    }
    json.EndArray().Member("has_more", slice->last < products.size());
    json.Member("next_cursor", std::to_string(slice->last));
  });
}

Outcome OperateGoods(const Call& call) {
  const auto operation = call.arguments.NumberOf("op_type").value_or(0);
  if (operation != kOnline && operation != kOffline) {
    return std::unexpected(Failure{code::kBadArgument, "op_type is not valid"});
  }
  CatalogueSpec* spec = nullptr;
  CatalogueItem* item = ItemOf(call, &spec);
  if (item == nullptr) {
    return std::unexpected(kNoProduct);
  }
  item->on_sale = operation == kOnline;
  return std::string(kNothing);
}

Outcome SyncStock(const Call& call) {
  const auto& body = call.arguments.body();
  CatalogueSpec* spec = nullptr;
  if (ItemOf(call, &spec) == nullptr) {
    return std::unexpected(kNoProduct);
  }
  const auto stock = body.find("stock");
  if (stock == body.end() || !stock->is_object()) {
    return std::unexpected(Failure{code::kBadArgument, "stock is missing"});
  }
  constexpr int kUnlimited = 2;
  for (const char* name : {"avail_qty", "stock_qty"}) {
    const auto quantity = stock->find(name);
    if (quantity != stock->end() && quantity->is_number_integer()) {
      spec->stock = quantity->get<std::int64_t>();
    }
  }
  if (stock->value("limit_type", 1) == kUnlimited && !stock->contains("avail_qty")) {
    spec->stock.reset();
  }
  return std::string(kNothing);
}

Outcome QueryComments(const Call& call) {
  struct Told {
    std::string shop;
    const Review* review = nullptr;
  };
  const auto wanted = call.arguments.ListOf("poi_id_list");
  const auto from = call.arguments.NumberOf("start_time").value_or(0);
  const auto to = call.arguments.NumberOf("end_time").value_or(UnixSeconds(call.now));
  std::vector<Told> told;
  for (const auto& [id, shop] : call.book.shops()) {
    if (!wanted.empty() && std::ranges::find(wanted, id) == wanted.end()) continue;
    for (const Review& review : call.shelves.ReviewsOf(id, call.now)) {
      const std::int64_t at = UnixSeconds(review.at);
      if (at >= from && at <= to) told.push_back({id, &review});
    }
  }
  constexpr std::int64_t kLargest = 100;
  const auto slice = SliceOf(call, "count", kLargest, told.size());
  if (!slice) {
    return std::unexpected(Failure{code::kBadArgument, "cursor or count is not valid"});
  }
  return ObjectText([&](JsonWriter& json) {
    json.Key("comments").BeginArray();
    for (std::size_t i = slice->first; i < slice->last; ++i) {
      const Review& review = *told[i].review;
      json.BeginObject().Member("poi_id", told[i].shop).Key("comment_info").BeginObject();
      json.Member("rate_id", told[i].shop.substr(0, 13) + std::to_string(100'000 + review.id));
      json.Member("rate_score", review.rating * call.options.quirks.score_scale);
      json.Member("rate_text", review.text).Member("create_time", UnixSeconds(review.at));
      json.Member("has_merchant_reply", review.reply.has_value());
      json.Member("nickname", "匿名用户").EndObject().Key("reply_list").BeginArray();
      if (review.reply) json.BeginObject().Member("text", review.reply->text).EndObject();
      json.EndArray().EndObject();
    }
    json.EndArray().Member("cursor", std::to_string(slice->last));
    json.Member("has_more", slice->last < told.size());
  });
}

Outcome ReplyComment(const Call& call) {
  const std::string shop = call.arguments.TextOf("poi_id");
  const std::string rate = call.arguments.TextOf("rate_id");
  const std::string text = call.arguments.TextOf("text");
  if (text.empty() || !call.book.shops().contains(shop)) {
    return std::unexpected(Failure{code::kBadArgument, "poi_id or text is not valid"});
  }
  for (Review& review : call.shelves.ReviewsOf(shop, call.now)) {
    if (!rate.ends_with(std::to_string(100'000 + review.id))) continue;
    review.reply = {text, call.now};
    return std::string(kNothing);
  }
  return std::unexpected(Failure{code::kRefused, "评价不存在"});
}

Outcome QueryScores(const Call& call) {
  return ObjectText([&](JsonWriter& json) {
    json.Key("scores").BeginArray();
    for (const auto& [id, shop] : call.book.shops()) {
      const auto& reviews = call.shelves.ReviewsOf(id, call.now);
      std::int64_t sum = 0;
      for (const Review& review : reviews) sum += review.rating;
      const auto count = static_cast<std::int64_t>(std::max<std::size_t>(reviews.size(), 1));
      json.BeginObject().Member("poi_id", id);
      json.Member("score", sum * call.options.quirks.score_scale / count).EndObject();
    }
    json.EndArray();
  });
}

}  // namespace weir::simulators::douyin
