// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <set>

#include "simulators/meituan/book.hpp"
#include "simulators/meituan/errors.hpp"
#include "tests/simulators/meituan/scene.hpp"

namespace weir::simulators::meituan {
namespace {

using nlohmann::json;

const Fields kShop = {{"app_poi_code", "shop_001"}};

Fields Of(Fields fields) {
  fields.insert(fields.end(), kShop.begin(), kShop.end());
  return fields;
}

TEST(MeituanMenu, HasCategories) {
  Scene scene;
  const json categories = scene.Call("foodCat/list", kShop)["data"];
  ASSERT_EQ(categories.size(), 3U);
  EXPECT_EQ(categories[0]["name"], "热销");
  EXPECT_EQ(categories[0]["sequence"], 1);
}

TEST(MeituanMenu, IsReadInPages) {
  Options options = CalmOptions();
  options.menu_items = 3000;
  options.calls_per_second = 0;
  Scene scene(options);
  std::set<std::string> codes;
  for (int offset = 0; offset < 3200; offset += 200) {
    const json page =
        scene.Call("food/list", Of({{"offset", std::to_string(offset)}, {"limit", "200"}}))["data"];
    for (const json& food : page) codes.insert(food["app_food_code"]);
  }
  EXPECT_EQ(codes.size(), 3000U);
}

TEST(MeituanMenu, WritesSkusAsTextOfTexts) {
  Scene scene;
  const json foods = scene.Call("food/list", Of({{"offset", "0"}, {"limit", "200"}}))["data"];
  bool unlimited = false;
  for (const json& food : foods) {
    ASSERT_TRUE(food["skus"].is_string());
    for (const json& sku : json::parse(food["skus"].get<std::string>())) {
      EXPECT_TRUE(sku["price"].is_string());
      EXPECT_TRUE(sku["available_times"]["monday"].is_string());
      unlimited = unlimited || sku["stock"] == "*";
    }
  }
  EXPECT_TRUE(unlimited);
}

TEST(MeituanMenu, ShowsWhatWasChanged) {
  Scene scene;
  CatalogueItem& item = scene.meituan.menu("shop_001").items.front();
  item.on_sale = false;
  const json food = scene.Call("food/get", Of({{"app_food_code", item.code}}))["data"];
  EXPECT_EQ(food["is_sold_out"], 1);
}

TEST(MeituanMenu, IsTheSameForTheSameSeed) {
  Scene one;
  Scene other;
  const Fields page = Of({{"offset", "0"}, {"limit", "200"}});
  EXPECT_EQ(one.Call("food/list", page), other.Call("food/list", page));
}

TEST(MeituanMenu, RefusesWhatIsWrong) {
  Scene scene;
  EXPECT_EQ(scene.CodeOf("food/list", Of({{"offset", "0"}, {"limit", "201"}})), kBadFormat);
  EXPECT_EQ(scene.CodeOf("food/list", kShop), kBadFormat);
  EXPECT_EQ(scene.CodeOf("food/list", {{"app_poi_code", "x"}, {"offset", "0"}, {"limit", "2"}}),
            kNoSuchShop);
  EXPECT_EQ(scene.CodeOf("food/get", Of({{"app_food_code", "x"}})), kNoSuchFood);
}

Fields Days(const std::string& from, const std::string& to) {
  return Of({{"start_time", from},
             {"end_time", to},
             {"pageoffset", "0"},
             {"pagesize", "20"},
             {"replyStatus", "-1"}});
}

TEST(MeituanReviews, AreAskedForByDays) {
  Options options = CalmOptions();
  options.reviews = 60;
  Scene scene(options);
  const json reviews = scene.Call("comment/query", Days("20231020", "20231114"))["data"];
  ASSERT_FALSE(reviews.empty());
  for (const json& review : reviews) {
    EXPECT_GE(review["comment_time"], "2023-10-20");
    EXPECT_LE(review["comment_time"], "2023-11-14");
    EXPECT_FALSE(review.contains("order_id"));
    EXPECT_EQ(review["reply_status"] == 1, !review["e_reply_content"].get<std::string>().empty());
  }
}

TEST(MeituanReviews, EndBeforeToday) {
  Scene scene;
  EXPECT_EQ(scene.CodeOf("comment/query", Days("20231101", "20231115")), kBadFormat);
  EXPECT_EQ(scene.CodeOf("comment/query", Days("20230901", "20231114")), kBadFormat);
  EXPECT_EQ(scene.CodeOf("comment/query", Days("20231114", "20231101")), kBadFormat);
  EXPECT_EQ(scene.CodeOf("comment/query", Days("20231101", "2023111x")), kBadFormat);
}

TEST(MeituanShops, AreListed) {
  Options options = CalmOptions();
  options.shops = {"a", "b"};
  Scene scene(options);
  EXPECT_EQ(scene.Call("poi/getids", {})["data"], json({"a", "b"}));
  const json shops = scene.Call("poi/mget", {{"app_poi_codes", "b,unknown"}})["data"];
  ASSERT_EQ(shops.size(), 1U);
  EXPECT_EQ(shops[0]["app_poi_code"], "b");
  EXPECT_EQ(shops[0]["open_level"], 1);
}

TEST(MeituanShops, ShowThatTheyRest) {
  Scene scene;
  ASSERT_TRUE(scene.meituan.SetShopStatus("shop_001", kShopResting, scene.now));
  EXPECT_EQ(scene.Call("poi/mget", {{"app_poi_codes", "shop_001"}})["data"][0]["open_level"], 3);
}

}  // namespace
}  // namespace weir::simulators::meituan
