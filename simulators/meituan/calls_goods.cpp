// SPDX-License-Identifier: Apache-2.0
// The interfaces on menus, reviews and shops (protocol notes 1.9 to 1.11).
#include <algorithm>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "simulators/china_time.hpp"
#include "simulators/meituan/calls.hpp"
#include "simulators/meituan/errors.hpp"

namespace weir::simulators::meituan {
namespace {

constexpr std::int64_t kSince = 1'690'000'000;  // ctime and utime of all that never changed.

/// A page of a list as an interface is asked for it.
struct Page {
  std::int64_t offset = 0;
  std::int64_t limit = 0;
};

std::expected<Page, int> PageOf(const Call& call, const char* offset, const char* limit,
                                std::int64_t largest) {
  const auto number = [&](const char* name) {
    const std::string* text = Find(call.parameters, name);
    return text == nullptr ? std::nullopt : ParseInt(*text);
  };
  const auto first = number(offset);
  const auto count = number(limit);
  if (!first || *first < 0 || !count || *count < 1 || *count > largest) {
    return std::unexpected(kBadFormat);
  }
  return Page{*first, *count};
}

/// Calls `write` for each element of the page.
template <typename T>
void ForEach(const std::vector<T>& all, Page page, auto write) {
  const auto size = static_cast<std::int64_t>(all.size());
  const std::int64_t end = std::min(size, page.offset + page.limit);
  for (std::int64_t i = page.offset; i < end; ++i) write(all[static_cast<std::size_t>(i)]);
}

std::string TimesJson(const CatalogueItem& item) {
  const std::string times = item.from.empty() ? std::string() : item.from + '-' + item.until;
  std::string text;
  JsonWriter json(text);
  json.BeginObject();
  for (const char* day :
       {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}) {
    json.Member(day, times);
  }
  json.EndObject();
  return text;
}

/// All values are text, as the platform has it.
std::string SkusText(const CatalogueItem& item) {
  std::string text;
  JsonWriter json(text);
  json.BeginArray();
  for (const CatalogueSpec& spec : item.specs) {
    json.BeginObject().Member("sku_id", spec.code).Member("spec", spec.name);
    json.Member("upc", spec.barcode).Member("price", Yuan(spec.price));
    json.Member("stock", spec.stock ? std::to_string(*spec.stock) : std::string("*"));
    json.Member("location_code", "").Member("box_num", item.box_price > 0 ? "1" : "0");
    json.Member("box_price", Yuan(item.box_price)).Member("weight", std::to_string(spec.weight));
    json.Key("available_times").Raw(TimesJson(item)).EndObject();
  }
  json.EndArray();
  return text;
}

std::string AttributesText(const CatalogueItem& item) {
  std::string text;
  JsonWriter json(text);
  json.BeginArray();
  for (std::size_t i = 0; i < item.attributes.size(); ++i) {
    for (const std::string& value : item.attributes[i].values) {
      json.BeginObject().Member("no", std::to_string(i + 1));
      json.Member("mode", "1").Member("name", item.attributes[i].name);
      json.Member("value", value).Member("price", "0").Member("sell_status", "0").EndObject();
    }
  }
  json.EndArray();
  return text;
}

void WriteFood(JsonWriter& json, const std::string& shop, const Catalogue& menu,
               const CatalogueItem& item) {
  json.BeginObject().Member("app_poi_code", shop).Member("app_food_code", item.code);
  json.Member("name", item.name).Member("category_name", menu.categories[item.category].name);
  json.Key("price").Number(Yuan(item.specs.front().price));
  json.Member("min_order_count", 1).Member("unit", item.unit);
  json.Key("box_num").Number(item.box_price > 0 ? "1.0" : "0.0");
  json.Key("box_price").Number(Yuan(item.box_price));
  json.Member("description", item.description).Member("is_sold_out", item.on_sale ? 0 : 1);
  json.Member("picture", item.picture).Member("sequence", item.id);
  json.Member("ctime", kSince).Member("utime", kSince).Member("skus", SkusText(item));
  if (!item.attributes.empty()) json.Member("spu_attr", AttributesText(item));
  json.EndObject();
}

std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text.append(text.empty() ? "" : ",").append(word);
  return text;
}

/// "2023-11-15": reviews know no time of day.
std::string DayText(Instant at) {
  constexpr std::size_t kDay = 10;
  return ChinaTime(at).substr(0, kDay);
}

void WriteComment(JsonWriter& json, const Catalogue& menu, const Review& review) {
  const std::string item = review.item < menu.items.size() ? menu.items[review.item].name : "";
  const bool good = review.rating > 3;
  json.BeginObject().Member("result", "ok").Member("comment_id", review.id);
  json.Member("order_comment_score", review.food).Member("food_comment_score", review.rating);
  json.Member("delivery_comment_score", review.delivery).Member("packing_score", review.packaging);
  json.Member("comment_content", review.text).Member("comment_time", DayText(review.at));
  json.Member("add_comment", review.follow_up ? review.follow_up->text : std::string());
  json.Member("add_comment_time", review.follow_up ? DayText(review.follow_up->at) : std::string());
  json.Member("comment_lables", Joined(review.tags)).Member("ship_time", review.minutes);
  json.Member("comment_pictures", Joined(review.pictures));
  json.Member("praise_food_list", good ? item : "").Member("critic_food_list", good ? "" : item);
  json.Member("reply_status", review.reply ? 1 : 0);
  json.Member("e_reply_content", review.reply ? review.reply->text : std::string());
  json.Member("e_reply_time", review.reply ? DayText(review.reply->at) : std::string());
  json.EndObject();
}

/// The midnight that begins a day written "20231115".
std::optional<Instant> DayFrom(const std::string* day) {
  if (day == nullptr || day->size() != 8 || !ParseUint(*day)) {
    return std::nullopt;
  }
  const auto at = ParseLocalTime(
      day->substr(0, 4) + '-' + day->substr(4, 2) + '-' + day->substr(6, 2) + " 00:00:00",
      Zone::China());
  return at ? std::optional(*at) : std::nullopt;
}

void WriteShop(JsonWriter& json, const std::string& code, int status) {
  constexpr int kOffline = 19;
  json.BeginObject().Member("app_poi_code", code).Member("name", "示例餐厅 " + code);
  json.Member("address", "上海市示例区示例路1号");
  json.Key("latitude").Number("31.230416").Key("longitude").Number("121.473701");
  json.Member("phone", "02160000000").Key("shipping_fee").Number("5.0");
  json.Member("shipping_time", "10:00-14:00,16:30-21:30");
  json.Member("open_level", status == kShopResting ? 3 : 1);
  json.Member("is_online", status == kOffline ? 0 : 1).Member("third_tag_name", "快餐");
  json.Member("invoice_support", 1).Member("pre_book", 1).Member("time_select", 1);
  json.Member("pre_book_min_days", 0).Member("pre_book_max_days", 2);
  json.Member("logistics_codes", "1002").Member("pic_url", "http://p0.example.com/shop.jpg");
  json.Member("ctime", kSince).Member("utime", kSince).EndObject();
}

std::string ListOf(auto write) {
  std::string text;
  JsonWriter json(text);
  json.BeginArray();
  write(json);
  json.EndArray();
  return text;
}

Outcome SetShop(const Call& call, int status) {
  const Outcome shop = ShopNamedBy(call);
  if (!shop) {
    return shop;
  }
  call.life.SetShopStatus(*shop, status, call.now);
  return std::string("\"ok\"");
}

}  // namespace

Outcome ListFoodCategories(const Call& call) {
  const Outcome shop = ShopNamedBy(call);
  if (!shop) {
    return shop;
  }
  return ListOf([&](JsonWriter& json) {
    std::int64_t sequence = 0;
    for (const CatalogueCategory& category : call.shelves.MenuOf(*shop).categories) {
      json.BeginObject().Member("app_poi_code", *shop).Member("name", category.name);
      json.Member("sequence", ++sequence).Member("ctime", kSince).Member("utime", kSince);
      json.EndObject();
    }
  });
}

Outcome ListFoods(const Call& call) {
  constexpr std::int64_t kLargestPage = 200;
  const Outcome shop = ShopNamedBy(call);
  if (!shop) {
    return shop;
  }
  const auto page = PageOf(call, "offset", "limit", kLargestPage);
  if (!page) {
    return std::unexpected(page.error());
  }
  const Catalogue& menu = call.shelves.MenuOf(*shop);
  return ListOf([&](JsonWriter& json) {
    ForEach(menu.items, *page,
            [&](const CatalogueItem& item) { WriteFood(json, *shop, menu, item); });
  });
}

Outcome GetFood(const Call& call) {
  const Outcome shop = ShopNamedBy(call);
  if (!shop) {
    return shop;
  }
  const std::string* code = Find(call.parameters, "app_food_code");
  const Catalogue& menu = call.shelves.MenuOf(*shop);
  const auto found = std::ranges::find_if(menu.items, [code](const CatalogueItem& item) {
    return code != nullptr && item.code == *code;
  });
  if (found == menu.items.end()) {
    return std::unexpected(code == nullptr ? kMissingParameter : kNoSuchFood);
  }
  std::string text;
  JsonWriter json(text);
  WriteFood(json, *shop, menu, *found);
  return text;
}

Outcome QueryComments(const Call& call) {
  constexpr std::int64_t kLargestPage = 20;
  constexpr auto kOldest = std::chrono::days(30);
  const Outcome shop = ShopNamedBy(call);
  if (!shop) {
    return shop;
  }
  const auto page = PageOf(call, "pageoffset", "pagesize", kLargestPage);
  const auto from = DayFrom(Find(call.parameters, "start_time"));
  const auto last = DayFrom(Find(call.parameters, "end_time"));
  const std::string* replied = Find(call.parameters, "replyStatus");
  if (!page || !from || !last || *last < *from ||
      *from < call.now - kOldest - std::chrono::days(1) || ChinaDay(*last) >= ChinaDay(call.now)) {
    return std::unexpected(kBadFormat);
  }
  std::vector<Review> reviews = call.shelves.ReviewsOf(*shop, call.now);
  std::erase_if(reviews, [&](const Review& review) {
    const bool other =
        replied != nullptr && *replied != "-1" && (*replied == "1") != review.reply.has_value();
    return other || review.at < *from || review.at >= *last + std::chrono::days(1);
  });
  const Catalogue& menu = call.shelves.MenuOf(*shop);
  return ListOf([&](JsonWriter& json) {
    ForEach(reviews, *page, [&](const Review& review) { WriteComment(json, menu, review); });
  });
}

Outcome ListShops(const Call& call) {
  return ListOf([&](JsonWriter& json) {
    for (const auto& [code, status] : call.book.shops()) json.String(code);
  });
}

Outcome GetShops(const Call& call) {
  const std::string* codes = Find(call.parameters, "app_poi_codes");
  if (codes == nullptr) {
    return std::unexpected(kMissingParameter);
  }
  return ListOf([&](JsonWriter& json) {
    for (std::size_t start = 0; start <= codes->size();) {
      const std::size_t end = std::min(codes->find(',', start), codes->size());
      const auto shop = call.book.shops().find(codes->substr(start, end - start));
      if (shop != call.book.shops().end()) WriteShop(json, shop->first, shop->second);
      start = end + 1;
    }
  });
}

Outcome OpenShop(const Call& call) { return SetShop(call, kShopOpen); }

Outcome CloseShop(const Call& call) { return SetShop(call, kShopResting); }

}  // namespace weir::simulators::meituan
