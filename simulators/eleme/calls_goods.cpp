// SPDX-License-Identifier: Apache-2.0
// The actions on menus and reviews (protocol notes 1.11).
#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "simulators/china_time.hpp"
#include "simulators/eleme/calls.hpp"

namespace weir::simulators::eleme {
namespace {

constexpr std::int64_t kUnlimited = 9999;
constexpr std::int64_t kLargestPage = 300;

/// A page of a list as an action is asked for it.
struct Page {
  std::int64_t offset = 0;
  std::int64_t limit = 0;
};

std::optional<Page> PageOf(const nlohmann::json& params, const char* size) {
  const auto number = [&params](const char* name) -> std::optional<std::int64_t> {
    const auto found = params.find(name);
    if (found == params.end() || !found->is_number_integer()) return std::nullopt;
    return found->get<std::int64_t>();
  };
  const auto offset = number("offset");
  const auto limit = number(size);
  if (!offset || *offset < 0 || !limit || *limit < 1 || *limit > kLargestPage) {
    return std::nullopt;
  }
  return Page{*offset, *limit};
}

template <typename T>
std::span<const T> Slice(const std::vector<T>& all, Page page) {
  const auto first = std::min<std::size_t>(static_cast<std::size_t>(page.offset), all.size());
  const auto count =
      std::min<std::size_t>(static_cast<std::size_t>(page.limit), all.size() - first);
  return std::span(all).subspan(first, count);
}

void WriteSpec(JsonWriter& json, const CatalogueItem& item, const CatalogueSpec& spec) {
  json.BeginObject().Member("specId", spec.id).Member("name", spec.name);
  json.Key("price").Number(Yuan(spec.price));
  json.Member("stock", spec.stock.value_or(kUnlimited)).Member("maxStock", kUnlimited);
  json.Key("packingFee").Number(Yuan(item.box_price));
  json.Member("onShelf", item.on_sale ? 1 : 0).Member("extendCode", spec.code);
  json.Member("barCode", spec.barcode).Member("weight", spec.weight);
  json.Key("activityLevel").Int(0).EndObject();
}

void WriteSellingTime(JsonWriter& json, const CatalogueItem& item) {
  json.Key("sellingTime");
  if (item.from.empty()) {
    json.Null();
    return;
  }
  json.BeginObject().Key("weeks").BeginArray();
  for (const char* day : {"MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"}) json.String(day);
  json.EndArray().Key("beginDate").Null().Key("endDate").Null().Key("times").BeginArray();
  json.BeginObject().Member("beginTime", item.from).Member("endTime", item.until).EndObject();
  json.EndArray().EndObject();
}

void WriteItem(JsonWriter& json, const Shop& shop, const Catalogue& menu,
               const CatalogueItem& item) {
  json.BeginObject().Member("id", item.id).Member("name", item.name);
  json.Member("description", item.description).Member("isValid", 1).Member("recentPopularity", 0);
  json.Member("categoryId", menu.categories[item.category].id).Member("shopId", shop.known.id);
  json.Member("shopName", "示例餐厅 " + shop.known.code).Member("imageUrl", item.picture);
  json.Key("labels").BeginObject();
  for (const char* label : {"isFeatured", "isGum", "isNew", "isSpicy"}) json.Member(label, 0);
  json.EndObject().Key("specs").BeginArray();
  for (const CatalogueSpec& spec : item.specs) WriteSpec(json, item, spec);
  json.EndArray();
  WriteSellingTime(json, item);
  json.Key("attributes").BeginArray();
  for (const CatalogueAttribute& attribute : item.attributes) {
    json.BeginObject().Member("name", attribute.name).Key("details").BeginArray();
    for (const std::string& value : attribute.values) json.String(value);
    json.EndArray().EndObject();
  }
  json.EndArray().Key("backCategoryId").Null();
  json.Member("minPurchaseQuantity", 1).Member("unit", item.unit).EndObject();
}

void WriteCategory(JsonWriter& json, const CatalogueCategory& category, bool with_children) {
  json.BeginObject().Member("id", category.id).Member("name", category.name);
  json.Member("description", category.description).Member("isValid", 1).Member("parentId", 0);
  if (with_children) json.Key("children").BeginArray().EndArray();
  json.EndObject();
}

Outcome Categories(const Call& call, bool with_children) {
  const auto shop = ShopOf(call);
  if (!shop) {
    return std::unexpected(shop.error());
  }
  const std::string number = std::to_string((*shop)->known.id);
  return ListOf([&](JsonWriter& json) {
    for (const auto& category : call.shelves.MenuOf(number).categories) {
      WriteCategory(json, category, with_children);
    }
  });
}

void WriteItemRate(JsonWriter& json, const Review& review, const CatalogueItem& item) {
  json.BeginObject().Member("itemRateId", review.id * 10).Member("itemId", item.id);
  json.Member("itemName", item.name).Member("rating", review.food).Member("rateContent", "");
  json.Member("ratedAt", ChinaTime(review.at)).Key("pictures").BeginArray();
  for (const std::string& picture : review.pictures) json.String(picture);
  json.EndArray().Key("rateReply").Null().EndObject();
}

void WriteRate(JsonWriter& json, const Shop& shop, const Catalogue& menu, const Review& review) {
  json.BeginObject().Member("id", review.id).Member("shopId", shop.known.id);
  json.Member("rating", review.rating).Member("rateContent", review.text);
  json.Member("ratedAt", ChinaTime(review.at)).Key("itemRates").BeginArray();
  if (review.item < menu.items.size()) WriteItemRate(json, review, menu.items[review.item]);
  json.EndArray().Key("orderRateReply");
  if (review.reply) {
    json.BeginObject().Member("id", review.id * 10 + 1).Member("rateId", review.id);
    json.Member("content", review.reply->text).Member("replierName", "店长");
    json.Member("rateType", "ORDER").EndObject();
  } else {
    json.Null();
  }
  json.Key("rateTag").BeginObject().Member("rateId", review.id).Member("orderId", review.order);
  json.Member("tags", review.tags.empty() ? std::string() : review.tags.front());
  json.Key("tagList").BeginArray();
  for (const std::string& tag : review.tags) json.String(tag);
  json.EndArray().EndObject().EndObject();
}

/// The shop's reviews within startTime and endTime, those given.
std::vector<Review> ReviewsWithin(const Call& call, const Shop& shop) {
  const auto time = [&call](const char* name) -> std::optional<Instant> {
    const auto found = call.params.find(name);
    if (found == call.params.end() || !found->is_string()) return std::nullopt;
    const auto at = ParseLocalTime(found->get<std::string>(), Zone::China());
    return at ? std::optional(*at) : std::nullopt;
  };
  const auto from = time("startTime");
  const auto to = time("endTime");
  std::vector<Review> reviews = call.shelves.ReviewsOf(std::to_string(shop.known.id), call.now);
  std::erase_if(reviews, [&](const Review& review) {
    return (from && review.at < *from) || (to && review.at > *to);
  });
  return reviews;
}

Outcome Items(const Call& call) {
  const auto shop = ShopOf(call);
  if (!shop) {
    return std::unexpected(shop.error());
  }
  const auto page = PageOf(call.params, "limit");
  if (!page) {
    return std::unexpected(Failure{code::kBadValue, "offset or limit is not valid"});
  }
  const Catalogue& menu = call.shelves.MenuOf(std::to_string((*shop)->known.id));
  return ListOf([&](JsonWriter& json) {
    for (const CatalogueItem& item : Slice(menu.items, *page)) WriteItem(json, **shop, menu, item);
  });
}

Outcome CountOfRates(const Call& call) {
  const auto shop = ShopOf(call);
  if (!shop) {
    return std::unexpected(shop.error());
  }
  return std::to_string(ReviewsWithin(call, **shop).size());
}

}  // namespace

Outcome GetShopCategories(const Call& call) { return Categories(call, false); }

Outcome GetShopCategoriesWithChildren(const Call& call) { return Categories(call, true); }

Outcome QueryItemByPage(const Call& call) { return Within(call, "queryPage", Items); }

Outcome GetItem(const Call& call) {
  const Outcome id = Required(call, "itemId");
  if (!id) {
    return id;
  }
  for (const auto& [key, shop] : call.book.shops()) {
    const Catalogue& menu = call.shelves.MenuOf(key);
    for (const CatalogueItem& item : menu.items) {
      if (std::to_string(item.id) != *id) continue;
      std::string text;
      JsonWriter json(text);
      WriteItem(json, shop, menu, item);
      return text;
    }
  }
  return std::unexpected(Failure{"BIZ_ITEM_NOT_EXISTS", "商品不存在"});
}

Outcome GetOrderRatesByShopId(const Call& call) {
  const auto shop = ShopOf(call);
  if (!shop) {
    return std::unexpected(shop.error());
  }
  const auto page = PageOf(call.params, "pageSize");
  if (!page) {
    return std::unexpected(Failure{code::kBadValue, "offset or pageSize is not valid"});
  }
  const auto reviews = ReviewsWithin(call, **shop);
  const Catalogue& menu = call.shelves.MenuOf(std::to_string((*shop)->known.id));
  return ListOf([&](JsonWriter& json) {
    for (const Review& review : Slice(reviews, *page)) WriteRate(json, **shop, menu, review);
  });
}

Outcome GetORateResult(const Call& call) {
  return Within(call, "rateQuery", GetOrderRatesByShopId);
}

Outcome CountORateResult(const Call& call) { return Within(call, "rateQuery", CountOfRates); }

}  // namespace weir::simulators::eleme
