// SPDX-License-Identifier: Apache-2.0
#include "mapping/douyin/answers.hpp"

#include <gtest/gtest.h>

#include "mapping/pages.hpp"
#include "tests/mapping/douyin/samples.hpp"

namespace weir::mapping::douyin {
namespace {

json ReadTakeaway() {
  json order = Placed();
  order["order_id"] = order["order"]["order_id"];
  order["order_status"] = 201;
  return order;
}

TEST(TakeawayReads, AreDetailReads) {
  const auto facts =
      OnlyOrder(MapRead(OrdersAnswer(ReadTakeaway()), "goodlife/v1/hermes/trade/order/query"));
  EXPECT_EQ(facts.snapshot->kind, model::OrderKind::kDelivery);
  EXPECT_EQ(facts.snapshot->key.klass, model::SnapshotKey::Class::kDetailRead);
  EXPECT_EQ(facts.snapshot->key.asked_at, At(kAskedAt));
  EXPECT_EQ(facts.snapshot->totals.paid, Fen(2980));
  ASSERT_EQ(facts.statuses.size(), 2U);
  EXPECT_EQ(facts.statuses[0].status, model::OrderStatus::kPlaced);
  EXPECT_EQ(facts.statuses[1].status, model::OrderStatus::kAccepted);
  EXPECT_EQ(facts.sent_at, At(kAskedAt));
}

TEST(TakeawayReads, MayBeOneBareOrder) {
  EXPECT_EQ(OnlyOrder(MapRead(ReadTakeaway().dump())).platform_order_id, kOrder);
}

TEST(TakeawayReads, FillAMaskedNameFromTheContact) {
  json order = ReadTakeaway();
  order["contacts"] = OneContact("张三", "13800000000");
  const auto facts = OnlyOrder(MapRead(OrdersAnswer(order)));
  EXPECT_EQ(facts.snapshot->customer.name, "张三");
  EXPECT_EQ(facts.snapshot->customer.phone, "17264842068");
}

TEST(Answers, OfUnknownCallsAreUnmappable) {
  EXPECT_EQ(MapRead("{}", "goodlife/v1/strange").unmappable->reason, "unknown_topic");
  EXPECT_EQ(MapRead("x").unmappable->reason, "malformed_payload");
  EXPECT_EQ(MapRead("{}", "goodlife/v1/trade/order/query", kAskedAt, "strange").unmappable->reason,
            "malformed_payload");
}

json Comment() {
  return json::parse(ReadData("life_comment_query_response.json"))["data"]["comments"][0];
}

Mapped MapComment(const json& comment) {
  return MapRead(comment.dump(), "goodlife/v1/akte/comment/query");
}

TEST(Reviews, TheSampleIsOne) {
  const Mapped mapped = MapComment(Comment());
  ASSERT_EQ(mapped.reviews.size(), 1U);
  const auto& review = mapped.reviews[0];
  EXPECT_EQ(review.platform, "douyin");
  EXPECT_EQ(review.platform_review_id, "7300000000000000001");
  EXPECT_EQ(review.content.platform_shop, "7000000000000000001");
  EXPECT_EQ(review.content.rating, 50);
  EXPECT_EQ(review.content.text, "味道不错");
  EXPECT_EQ(review.content.posted_at, At(1700000000));
  ASSERT_TRUE(review.reply);
  EXPECT_EQ(review.reply->text, "感谢光临");
  EXPECT_EQ(json::parse(review.content.extra),
            json::parse(R"({"comment_info":{"nickname":"匿名用户"}})"));
}

TEST(Reviews, TheirScaleIsToldByItsSize) {
  const auto rating = [](int score) {
    json comment = Comment();
    comment["comment_info"]["rate_score"] = score;
    return MapComment(comment).reviews.at(0).content.rating;
  };
  EXPECT_EQ(rating(1), 10);
  EXPECT_EQ(rating(5), 50);
  EXPECT_EQ(rating(10), 10);
  EXPECT_EQ(rating(45), 45);
  EXPECT_EQ(rating(100), 10);
  EXPECT_EQ(rating(450), 45);
  EXPECT_EQ(rating(500), 50);
  for (const int strange : {0, 7, 51, 99, 333, 501, -1}) {
    EXPECT_FALSE(rating(strange)) << strange;
  }
}

TEST(Reviews, WithoutANumberAreUnmappable) {
  EXPECT_EQ(MapComment({{"poi_id", "1"}}).unmappable->reason, "missing_subject");
}

TEST(Shops, TheSampleIsOne) {
  const json poi = json::parse(ReadData("life_shop_poi_query_response.json"))["data"]["pois"][0];
  const Mapped mapped = MapRead(poi.dump(), "goodlife/v1/shop/poi/query");
  ASSERT_EQ(mapped.profiles.size(), 1U);
  EXPECT_EQ(mapped.profiles[0].platform_shop, "111111");
  EXPECT_EQ(mapped.profiles[0].name, "西店");
  EXPECT_EQ(mapped.profiles[0].latitude, "21.328037");
  EXPECT_EQ(mapped.profiles[0].longitude, "20.363777");
  EXPECT_TRUE(json::parse(mapped.profiles[0].extra).contains("account"));
}

Mapped MenuOf(const std::string& shop) {
  std::string pages;
  AppendPage(pages, "goodlife/v1/goods/product/online/query",
             ReadData("life_goods_online_query_response.json"));
  return MapRead(pages, "menu?poi_id=" + shop, kAskedAt, kPagesDialect);
}

TEST(Menus, HoldTheProductsOfTheirShop) {
  const Mapped mapped = MenuOf("6601137575719602180");
  ASSERT_EQ(mapped.menus.size(), 1U);
  const model::MenuFacts& menu = mapped.menus[0];
  EXPECT_EQ(menu.platform_shop, "6601137575719602180");
  ASSERT_EQ(menu.items.size(), 1U);
  const model::MenuItem& item = menu.items[0];
  EXPECT_EQ(item.id, "7119054118261606444");
  EXPECT_EQ(item.name, "life测试-0223-011");
  EXPECT_EQ(item.description, "商品描述-运动健身");
  EXPECT_EQ(item.pictures.size(), 2U);
  EXPECT_EQ(item.category, "3001001");
  EXPECT_EQ(menu.categories.at(0).name, "运动健身·游泳馆·游泳馆");
  ASSERT_EQ(item.specs.size(), 1U);
  EXPECT_EQ(item.specs[0].price, Fen(996));
  EXPECT_EQ(item.specs[0].stock, 88);
  EXPECT_EQ(item.specs[0].merchant_code, "hch-life-0314-tg09");
  EXPECT_TRUE(item.specs[0].available);
  EXPECT_EQ(json::parse(item.extra).at("owner_account_id"), "7113893944009705516");
}

TEST(Menus, MayBeTheShopsDishes) {
  std::string pages;
  AppendPage(pages, "goodlife/v1/goods/foodorder/dish/list",
             R"({"data":{"dishes":[
                 {"product_id":9007199254740993,"product_name":"牛肉面","out_id":"A1",
                  "category_name":"面","price":1850,"status":1,"unit":"份"},
                 {"product_id":"2","name":"米饭","category_id":7,"category_name":"主食",
                  "price":200,"status":2}],"has_more":false}})");
  const Mapped mapped = MapRead(pages, "menu?poi_id=66", kAskedAt, kPagesDialect);
  ASSERT_EQ(mapped.menus.size(), 1U);
  const model::MenuFacts& menu = mapped.menus[0];
  ASSERT_EQ(menu.items.size(), 2U);
  EXPECT_EQ(menu.items[0].id, "9007199254740993");
  EXPECT_EQ(menu.items[0].name, "牛肉面");
  EXPECT_EQ(menu.items[0].category, "面");
  EXPECT_EQ(menu.items[0].specs.at(0).price, Fen(1850));
  EXPECT_EQ(menu.items[0].specs.at(0).merchant_code, "A1");
  EXPECT_EQ(menu.items[0].extra, R"({"unit":"份"})");
  EXPECT_EQ(menu.items[1].name, "米饭");
  EXPECT_EQ(menu.items[1].category, "7");
  EXPECT_FALSE(menu.items[1].available);
  ASSERT_EQ(menu.categories.size(), 2U);
  EXPECT_EQ(menu.categories[1].name, "主食");
}

TEST(Menus, OfAnotherShopAreEmpty) { EXPECT_TRUE(MenuOf("1").menus.at(0).items.empty()); }

}  // namespace
}  // namespace weir::mapping::douyin
