// SPDX-License-Identifier: Apache-2.0
#include "mapping/eleme/answers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "mapping/pages.hpp"

namespace weir::mapping::eleme {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const Instant kAskedAt = Instant(std::chrono::seconds(1'700'001'000));

std::optional<Mapped> MapRead(std::string_view topic, const std::string& bytes,
                              std::string_view dialect = "nop") {
  return MapAnswers({.pulled = true,
                     .dialect = dialect,
                     .topic = topic,
                     .bytes = bytes,
                     .received_at = kAskedAt});
}

json Rate() {
  return json::parse(R"({"id":9001,"shopId":10001,"rating":4,"rateContent":"好吃",
    "ratedAt":"2023-11-15T08:00:00",
    "itemRates":[{"itemRateId":1,"itemId":2,"itemName":"饭","rating":5,"pictures":["http://p/1.jpg"]}],
    "orderRateReply":{"id":5,"rateId":9001,"content":"谢谢","replierName":"店长","rateType":"ORDER"},
    "rateTag":{"rateId":9001,"orderId":"1200000000000000001","tags":"准时","tagList":["准时","干净"]}})");
}

model::ReviewFacts MapRate(const json& rate) {
  auto mapped = MapRead("eleme.ugc.getORateResult", rate.dump());
  if (!mapped || mapped->reviews.size() != 1) throw std::runtime_error("not one review");
  return std::move(mapped->reviews.front());
}

TEST(Reviews, AreMappedWithTheirOrder) {
  const auto facts = MapRate(Rate());
  EXPECT_EQ(facts.platform, "eleme");
  EXPECT_EQ(facts.platform_review_id, "9001");
  EXPECT_EQ(facts.content.platform_shop, "10001");
  EXPECT_EQ(facts.content.platform_order_id, "1200000000000000001");
  EXPECT_EQ(facts.content.rating, 40);
  EXPECT_EQ(facts.content.food, std::nullopt);
  EXPECT_EQ(facts.content.text, "好吃");
  EXPECT_EQ(facts.content.posted_at, ParseRfc3339("2023-11-15T00:00:00Z").value());
  EXPECT_THAT(facts.content.tags.value(), ElementsAre("准时", "干净"));
  EXPECT_THAT(facts.content.pictures.value(), ElementsAre("http://p/1.jpg"));
  EXPECT_EQ(facts.reply.value().text, "谢谢");
  EXPECT_THAT(facts.content.issues, IsEmpty());
}

TEST(Reviews, KeepWhatHasNoPlace) {
  auto rate = Rate();
  rate["anonymous"] = true;
  const json extra = json::parse(MapRate(rate).content.extra);
  EXPECT_EQ(extra["anonymous"], "true");
  EXPECT_EQ(extra["itemRates"][0]["itemName"], "饭");
  EXPECT_EQ(extra["orderRateReply"]["replierName"], "店长");
}

TEST(Reviews, ComeInListsToo) {
  const auto mapped = MapRead("eleme.ugc.getOrderRatesByShopId",
                              json{{"id", "1"}, {"result", {Rate(), Rate()}}}.dump());
  ASSERT_TRUE(mapped);
  EXPECT_THAT(mapped->reviews, SizeIs(2));
}

TEST(Reviews, WithoutAnIdAreUnmappable) {
  const auto mapped = MapRead("eleme.ugc.getORateResult", R"({"rating":1})");
  EXPECT_EQ(mapped.value().unmappable.value().reason, "missing_subject");
}

TEST(Shops, TellTheirProfileAndState) {
  const auto mapped = MapRead(
      "eleme.shop.getShop",
      R"({"result":{"id":10001,"name":"示例店","addressText":"示例路1号","phones":["021","022"],
      "isOpen":1,"busyLevel":"busyLevelNetworkUnstable","latitude":31.23,"longitude":121.47,
      "servingTime":["08:00-20:00"],"agentFee":5}})");
  ASSERT_TRUE(mapped);
  ASSERT_THAT(mapped->profiles, SizeIs(1));
  EXPECT_EQ(mapped->profiles[0].name, "示例店");
  EXPECT_EQ(mapped->profiles[0].phone, "021,022");
  EXPECT_EQ(mapped->profiles[0].hours, "08:00-20:00");
  EXPECT_EQ(json::parse(mapped->profiles[0].extra), json::parse(R"({"agentFee":"5"})"));
  ASSERT_THAT(mapped->stores, SizeIs(1));
  EXPECT_EQ(mapped->stores[0].aspect, model::StoreAspect::kBusiness);
  EXPECT_EQ(mapped->stores[0].state, "resting");
  EXPECT_EQ(mapped->stores[0].reason, "busyLevelNetworkUnstable");
  EXPECT_EQ(mapped->stores[0].source, model::Source::kPull);
}

TEST(Shops, WithoutALevelAreOpenOrNot) {
  const auto mapped = MapRead("eleme.shop.getShop", R"({"result":{"id":1,"isOpen":0}})");
  EXPECT_EQ(mapped.value().stores.at(0).state, "resting");
}

TEST(Shops, KeepAWordThatNobodyKnows) {
  const auto mapped =
      MapRead("eleme.shop.getShop", R"({"result":{"id":1,"busyLevel":"busyLevelParty"}})");
  EXPECT_EQ(mapped.value().stores.at(0).state, "busyLevelParty");
}

model::MenuFacts MapPages(const std::string& categories, const std::string& items) {
  std::string payload;
  AppendPage(payload, "eleme.product.category.getShopCategoriesWithChildren", categories);
  AppendPage(payload, "eleme.product.item.queryItemByPage", items);
  auto mapped = MapRead("menu?shopId=10001", payload, "pages");
  if (!mapped || mapped->menus.size() != 1) throw std::runtime_error("not one menu");
  return std::move(mapped->menus.front());
}

constexpr const char* kCategories =
    R"({"result":[{"id":1,"name":"主食","children":[{"id":11,"name":"米饭"}]},{"id":2,"name":"饮料"}]})";

TEST(Menus, AreMappedWithCategoriesBelowOthers) {
  const auto menu = MapPages(kCategories, R"({"result":[]})");
  EXPECT_EQ(menu.platform_shop, "10001");
  EXPECT_EQ(menu.key.asked_at, kAskedAt);
  ASSERT_THAT(menu.categories, SizeIs(3));
  EXPECT_EQ(menu.categories[1].name, "米饭");
  EXPECT_EQ(menu.categories[1].parent, "1");
  EXPECT_EQ(menu.categories[2].parent, "");
}

TEST(Menus, TellSpecsChoicesAndHours) {
  const auto menu = MapPages(kCategories, R"({"result":[{"id":501,"name":"牛肉饭","categoryId":11,
    "description":"香","imageUrl":"http://p/2.jpg","isValid":1,"unit":"份","recentPopularity":9,
    "specs":[{"specId":77,"name":"大份","price":15.5,"stock":0,"packingFee":1,"onShelf":1,
              "extendCode":"E1","barCode":"B1","weight":300}],
    "attributes":[{"name":"辣度","details":["微辣","中辣"]}],
    "sellingTime":{"weeks":["MONDAY","TUESDAY"],"times":[{"beginTime":"08:00","endTime":"10:00"}]}}]})");
  ASSERT_THAT(menu.items, SizeIs(1));
  const model::MenuItem& item = menu.items[0];
  EXPECT_EQ(item.id, "501");
  EXPECT_EQ(item.category, "11");
  EXPECT_THAT(item.pictures, ElementsAre("http://p/2.jpg"));
  EXPECT_EQ(json::parse(item.extra), json::parse(R"({"recentPopularity":"9"})"));
  ASSERT_THAT(item.specs, SizeIs(1));
  EXPECT_EQ(item.specs[0].platform_sku, "77");
  EXPECT_EQ(item.specs[0].merchant_code, "E1");
  EXPECT_EQ(item.specs[0].price, Money::FromFen(1550));
  EXPECT_EQ(item.specs[0].packaging_fee, Money::FromFen(100));
  EXPECT_EQ(item.specs[0].stock, 0);
  EXPECT_FALSE(item.specs[0].available);
  EXPECT_EQ(json::parse(item.specs[0].extra), json::parse(R"({"barCode":"B1","weight":"300"})"));
  ASSERT_THAT(item.option_groups, SizeIs(1));
  EXPECT_THAT(item.option_groups[0].options, SizeIs(2));
  EXPECT_THAT(item.hours, ElementsAre(model::MenuHours{"monday", "08:00", "10:00"},
                                      model::MenuHours{"tuesday", "08:00", "10:00"}));
}

TEST(Menus, LeaveHoursThatCannotBeToldToExtra) {
  const auto menu = MapPages(
      kCategories, R"({"result":[{"id":1,"sellingTime":{"weeks":["someday"],"times":[]}}]})");
  EXPECT_THAT(menu.items.at(0).hours, IsEmpty());
  EXPECT_TRUE(json::parse(menu.items[0].extra).contains("sellingTime"));
}

TEST(Answers, OfOtherActionsAreNotTheirs) {
  EXPECT_FALSE(MapRead("eleme.order.getOrder", "{}"));
  EXPECT_FALSE(MapAnswers({.dialect = "json", .topic = "10", .bytes = "{}"}));
}

TEST(Answers, ThatAreBrokenAreUnmappable) {
  EXPECT_EQ(MapRead("eleme.shop.getShop", "[").value().unmappable.value().reason,
            "malformed_payload");
  EXPECT_EQ(MapRead("menu?shopId=1", "x", "pages").value().unmappable.value().reason,
            "malformed_payload");
}

}  // namespace
}  // namespace weir::mapping::eleme
