// SPDX-License-Identifier: Apache-2.0
#include "mapping/meituan/menus.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mapping/pages.hpp"
#include "tests/mapping/meituan/samples.hpp"

namespace weir::mapping::meituan {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::string_view kCategories =
    R"({"data":[{"app_poi_code":"shop_001","name":"主食","sequence":1,"ctime":1,"utime":1},)"
    R"({"app_poi_code":"shop_001","name":"饮料","sequence":2}]})";

Mapped MapPages(const std::vector<std::string>& foods) {
  std::string payload;
  AppendPage(payload, "foodCat/list", kCategories);
  for (const std::string& page : foods) AppendPage(payload, "food/list", page);
  return Map({.pulled = true,
              .dialect = "pages",
              .topic = "menu?app_poi_code=shop_001",
              .bytes = payload,
              .received_at = At(kAskedAt)});
}

model::MenuFacts OnlyMenu(Mapped mapped) {
  if (mapped.menus.size() != 1 || mapped.unmappable) throw std::runtime_error("not one menu");
  return std::move(mapped.menus.front());
}

/// The sample's food with members changed, as a menu of its own.
model::MenuItem MapChanged(const nlohmann::json& changes, std::vector<model::Issue>* issues) {
  auto page = nlohmann::json::parse(ReadData("response_food_list.json"));
  page["data"][0].update(changes);
  model::MenuFacts menu = OnlyMenu(MapPages({page.dump()}));
  if (issues != nullptr) *issues = menu.issues;
  return menu.items.at(0);
}

model::MenuSpec SpecWith(const nlohmann::json& members) {
  return MapChanged({{"skus", nlohmann::json::array({members}).dump()}}, nullptr).specs.at(0);
}

TEST(Menus, TheSampleMapsExactly) {
  const auto menu = OnlyMenu(MapPages({ReadData("response_food_list.json")}));
  EXPECT_EQ(menu.platform_shop, "shop_001");
  EXPECT_EQ(menu.key.asked_at, At(kAskedAt));
  ASSERT_THAT(menu.categories, SizeIs(2));
  EXPECT_EQ(menu.categories[1].name, "饮料");
  EXPECT_EQ(menu.categories[1].sort, 2);
  ASSERT_THAT(menu.items, SizeIs(1));
  const model::MenuItem& item = menu.items[0];
  EXPECT_EQ(item.id, "F001");
  EXPECT_EQ(item.name, "红烧肉饭");
  EXPECT_EQ(item.category, "主食");
  EXPECT_EQ(item.unit, "份");
  EXPECT_EQ(item.sort, 1);
  EXPECT_TRUE(item.available);
  EXPECT_THAT(item.pictures, ElementsAre("http://p0.example.com/1.jpg"));
  EXPECT_THAT(item.hours, IsEmpty());
  EXPECT_EQ(nlohmann::json::parse(item.extra),
            nlohmann::json::parse(
                R"({"min_order_count":"1","ctime":"1690000000","utime":"1690000000"})"));
  EXPECT_THAT(menu.issues, IsEmpty());
}

TEST(Menus, ReadSkusOutOfTheirText) {
  const auto menu = OnlyMenu(MapPages({ReadData("response_food_list.json")}));
  ASSERT_THAT(menu.items.at(0).specs, SizeIs(1));
  const model::MenuSpec& spec = menu.items[0].specs[0];
  EXPECT_EQ(spec.platform_sku, "F001-L");
  EXPECT_EQ(spec.name, "大份");
  EXPECT_EQ(spec.price, Money::FromFen(1500));
  EXPECT_EQ(spec.packaging_fee, Money::FromFen(100));
  EXPECT_EQ(spec.stock, 20);
  EXPECT_FALSE(spec.unlimited);
  EXPECT_TRUE(spec.available);
  EXPECT_EQ(spec.extra, "");
}

TEST(Menus, AStarAndNoStockAreUnlimited) {
  for (const char* stock : {"*", ""}) {
    const model::MenuSpec spec = SpecWith({{"sku_id", "a"}, {"stock", stock}});
    EXPECT_TRUE(spec.unlimited);
    EXPECT_EQ(spec.stock, std::nullopt);
    EXPECT_TRUE(spec.available);
  }
}

TEST(Menus, WithoutStockASpecIsNotToBeHad) {
  const model::MenuSpec spec = SpecWith({{"sku_id", "a"}, {"stock", "0"}});
  EXPECT_EQ(spec.stock, 0);
  EXPECT_FALSE(spec.available);
}

TEST(Menus, ASoldOutFoodIsNotToBeHad) {
  const model::MenuItem item = MapChanged({{"is_sold_out", 1}}, nullptr);
  EXPECT_FALSE(item.available);
  EXPECT_FALSE(item.specs.at(0).available);
}

TEST(Menus, TellTheHoursOfADay) {
  const auto times = nlohmann::json{{"monday", "06:00-10:00,17:00-23:00"}, {"tuesday", ""}};
  const auto skus = nlohmann::json::array({{{"sku_id", "a"}, {"available_times", times}}});
  const model::MenuItem item = MapChanged({{"skus", skus.dump()}}, nullptr);
  EXPECT_THAT(item.hours, ElementsAre(model::MenuHours{"monday", "06:00", "10:00"},
                                      model::MenuHours{"monday", "17:00", "23:00"}));
}

TEST(Menus, GroupTheValuesOfAProperty) {
  const auto attributes = nlohmann::json::array({{{"name", "辣度"}, {"value", "微辣"}},
                                                 {{"name", "加料"}, {"value", "蛋"}, {"price", 2}},
                                                 {{"name", "辣度"}, {"value", "中辣"}}});
  const model::MenuItem item = MapChanged({{"spu_attr", attributes}}, nullptr);
  ASSERT_THAT(item.option_groups, SizeIs(2));
  EXPECT_EQ(item.option_groups[0].name, "辣度");
  EXPECT_THAT(item.option_groups[0].options, SizeIs(2));
  EXPECT_EQ(item.option_groups[1].options.at(0).price, Money::FromFen(200));
}

TEST(Menus, AFoodWithoutSkusIsOneSpec) {
  const model::MenuItem item = MapChanged({{"skus", ""}}, nullptr);
  ASSERT_THAT(item.specs, SizeIs(1));
  EXPECT_EQ(item.specs[0].platform_sku, "F001");
  EXPECT_EQ(item.specs[0].price, Money::FromFen(1500));
}

TEST(Menus, KeepMembersThatNobodyKnows) {
  const model::MenuItem item = MapChanged({{"logo", {{"size", 3}}}}, nullptr);
  EXPECT_EQ(nlohmann::json::parse(item.extra)["logo"]["size"], "3");
}

TEST(Menus, ABrokenFieldCostsOnlyItself) {
  std::vector<model::Issue> issues;
  const model::MenuItem item = MapChanged({{"price", "dear"}, {"sequence", "x"}}, &issues);
  EXPECT_EQ(item.name, "红烧肉饭");
  EXPECT_THAT(issues, SizeIs(2));
}

TEST(Menus, ABrokenPageCostsTheMenu) {
  for (const char* page : {"", "[]", R"({"data":"ng"})", R"({"data":[1]})"}) {
    const Mapped mapped = MapPages({ReadData("response_food_list.json"), page});
    EXPECT_THAT(mapped.menus, IsEmpty());
    EXPECT_EQ(mapped.unmappable.value().reason, "malformed_payload") << page;
  }
}

TEST(Menus, EqualPagesAreOneContent) {
  const auto one = OnlyMenu(MapPages({ReadData("response_food_list.json")}));
  const auto same = OnlyMenu(MapPages({ReadData("response_food_list.json")}));
  const auto other = OnlyMenu(MapPages({}));
  EXPECT_EQ(one.key.digest, same.key.digest);
  EXPECT_NE(one.key.digest, other.key.digest);
}

}  // namespace
}  // namespace weir::mapping::meituan
