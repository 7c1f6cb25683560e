// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/mapping/eleme/samples.hpp"

namespace weir::mapping::eleme {
namespace {

json Line(const char* name, double price, int quantity, int category = 1) {
  return {{"id", 5},
          {"skuId", 6},
          {"name", name},
          {"price", price},
          {"quantity", quantity},
          {"total", price * quantity},
          {"categoryId", category}};
}

json Group(const char* name, const char* type, json items) {
  return {{"name", name}, {"type", type}, {"items", std::move(items)}};
}

model::OrderSnapshot Snapshot(const json& changes) { return *MapPlaced(changes).snapshot; }

std::vector<std::string> Mismatches(const model::OrderSnapshot& snapshot) {
  std::vector<std::string> details;
  for (const auto& issue : snapshot.issues) {
    EXPECT_EQ(issue.code, "totals_mismatch");
    details.push_back(issue.detail);
  }
  return details;
}

TEST(Money, NegativeZeroIsZero) {
  const auto snapshot = Snapshot(json::parse(
      R"({"hongbao":-0.0,"activityTotal":-0.0,"orderActivities":[],"totalPrice":37.0,"serviceFee":-0.0})"));
  EXPECT_EQ(snapshot.discounts, std::vector<model::Discount>());
  EXPECT_EQ(snapshot.totals.discounts, Fen(0));
  EXPECT_EQ(snapshot.totals.commission, Fen(0));
  EXPECT_TRUE(snapshot.issues.empty());
}

TEST(Money, ATotalThatBreaksIsAnIssueWithBothSides) {
  EXPECT_EQ(Mismatches(Snapshot({{"totalPrice", 31.4}})),
            (std::vector<std::string>{
                "totalPrice 31.40 != originalPrice 37.00 + activityTotal -5.00 + hongbao -0.50"}));
}

TEST(Money, AnOriginalPriceThatBreaksIsAnIssue) {
  EXPECT_EQ(Mismatches(Snapshot({{"originalPrice", 38.0}, {"totalPrice", 32.5}})),
            (std::vector<std::string>{
                "originalPrice 38.00 != items 30.00 + packageFee 2.00 + deliverFee 5.00"}));
}

TEST(Money, ALineThatBreaksItsProductIsAnIssue) {
  json groups = Placed().at("groups");
  groups[0]["items"][0]["price"] = 14.0;
  EXPECT_EQ(Mismatches(Snapshot({{"groups", groups}})),
            (std::vector<std::string>{"line 1: total 30.00 != price 14.00 x quantity 2"}));
}

TEST(Money, ActivitiesThatBreakTheirTotalAreAnIssue) {
  json activities = Placed().at("orderActivities");
  activities[0]["amount"] = -4.0;
  activities[0]["restaurantPart"] = -2.0;
  EXPECT_EQ(Mismatches(Snapshot({{"orderActivities", activities}})),
            (std::vector<std::string>{"activityTotal -5.00 != activities -4.00"}));
}

TEST(Money, FeesTheLinesAloneTellAreCharges) {
  const json groups = {
      Group("1号篮子", "normal", json::array({Line("饭", 30.0, 1)})),
      Group("其它", "extra",
            {Line("餐盒", 2.0, 1, 102), Line("配送费", 5.0, 1, 2), Line("服务费", 1.0, 1, 77)})};
  const auto snapshot = Snapshot({{"groups", groups},
                                  {"packageFee", 0.0},
                                  {"deliverFee", 0.0},
                                  {"originalPrice", 38.0},
                                  {"totalPrice", 32.5}});
  EXPECT_EQ(snapshot.charges, (std::vector<model::Charge>{{.kind = "delivery", .amount = Fen(500)},
                                                          {.kind = "packaging", .amount = Fen(200)},
                                                          {.kind = "other", .amount = Fen(100)}}));
  EXPECT_TRUE(snapshot.issues.empty());
}

TEST(Money, LinesThatFeesExplainAddNothing) {
  const auto snapshot = Snapshot(json::object());
  EXPECT_EQ(snapshot.totals.charges, Fen(700));
}

TEST(Money, AnUnknownActivityKeepsItsCode) {
  json activities = Placed().at("orderActivities");
  activities[0]["categoryId"] = 4711;
  const auto facts = MapPlaced({{"orderActivities", activities}});
  EXPECT_EQ(facts.snapshot->discounts->at(0).kind, "other");
  EXPECT_EQ(facts.snapshot->discounts->at(0).name, "满30减5 (4711)");
  EXPECT_EQ(ExtraOf(facts).at("orderActivities").at(0).at("categoryId"), "4711");
}

TEST(Money, SumsAloneAreOneLine) {
  const auto snapshot = Snapshot({{"orderActivities", json::array()}});
  EXPECT_EQ(snapshot.discounts->at(0), (model::Discount{.kind = "other",
                                                        .name = "",
                                                        .amount = Fen(500),
                                                        .platform_share = Fen(200),
                                                        .merchant_share = Fen(300),
                                                        .other_share = Fen(0)}));
  EXPECT_EQ(snapshot.totals.discounts, Fen(550));
}

TEST(Money, SharesAboveTheDiscountAreAnIssue) {
  json activities = Placed().at("orderActivities");
  activities[0]["elemePart"] = -3.0;
  const auto snapshot = Snapshot({{"orderActivities", activities}});
  EXPECT_EQ(Mismatches(snapshot),
            (std::vector<std::string>{"amount 5.00 != elemePart 3.00 + restaurantPart 3.00"}));
  EXPECT_FALSE(snapshot.discounts->at(0).other_share);
}

TEST(Money, AnAmountThatCannotBeReadIsUnknownNotZero) {
  const auto snapshot = Snapshot({{"totalPrice", "x"}, {"deliverFee", "5,0"}});
  EXPECT_FALSE(snapshot.totals.paid);
  EXPECT_FALSE(snapshot.totals.charges);
  EXPECT_EQ(snapshot.issues.size(), 2U);
  EXPECT_EQ(snapshot.issues.at(0).code, "malformed_field");
}

TEST(Money, MoneyBeyondTheFenIsRefused) {
  const auto snapshot = Snapshot({{"income", "27.201"}});
  EXPECT_FALSE(snapshot.totals.merchant_income);
}

TEST(Degraded, ZerosAreUnknown) {
  const auto facts = MapPlaced({{"downgraded", true},
                                {"totalPrice", 0.0},
                                {"originalPrice", 0.0},
                                {"deliverFee", 0.0},
                                {"packageFee", 0},
                                {"income", 0.0},
                                {"serviceFee", -0.0},
                                {"hongbao", 0.0},
                                {"activityTotal", 0.0},
                                {"orderActivities", json::array()}});
  const auto& snapshot = facts.snapshot.value();
  EXPECT_FALSE(snapshot.key.complete);
  EXPECT_EQ(snapshot.totals, model::Totals());
  EXPECT_FALSE(snapshot.charges);
  EXPECT_FALSE(snapshot.discounts);
  EXPECT_TRUE(snapshot.issues.empty());
  ASSERT_TRUE(snapshot.items);
  EXPECT_EQ(snapshot.items->at(0).amount, Fen(3000));
}

TEST(Degraded, NoGroupsAreNoStatement) {
  EXPECT_FALSE(Snapshot({{"downgraded", true}, {"groups", json::array()}}).items);
}

TEST(Items, NormalGroupsAreBasketsAndGiftsAreFree) {
  const json groups = {Group("1号篮子", "normal", json::array({Line("饭", 15.0, 1)})),
                       Group("小张", "normal", json::array({Line("面", 15.0, 1)})),
                       Group("赠品", "discount", json::array({Line("可乐", 0.0, 1)}))};
  const auto facts = MapPlaced({{"groups", groups}});
  const auto& items = facts.snapshot->items.value();
  ASSERT_EQ(items.size(), 3U);
  EXPECT_EQ(items[0].basket, "1");
  EXPECT_EQ(items[1].basket, "2");
  EXPECT_EQ(items[1].line, "2");
  EXPECT_FALSE(items[1].gift);
  EXPECT_TRUE(items[2].gift);
  EXPECT_EQ(items[2].basket, "");
  EXPECT_EQ(ExtraOf(facts).at("groups"),
            json::parse(R"([{"basket":"2","name":"小张"},{"basket":"","name":"赠品"}])"));
}

TEST(Items, ASkuIsTheShopsCodeElseEleMesNumber) {
  json line = Line("饭", 30.0, 1);
  const auto sku = [&line] {
    return MapPlaced({{"groups", json::array({Group("1号篮子", "normal", json::array({line}))})}})
        .snapshot->items->at(0)
        .platform_sku;
  };
  EXPECT_EQ(sku(), "6");
  line["extendCode"] = "F001";
  EXPECT_EQ(sku(), "F001");
  line["extendCode"] = "";
  line["skuId"] = -1;
  EXPECT_EQ(sku(), "5");
}

TEST(Items, AdditionsAreOptionsWithTheirPrice) {
  json line = Line("饭", 30.0, 1);
  line["additions"] = json::array({{{"name", "加蛋"}, {"price", 2.0}, {"quantity", 1}, {"id", 9}}});
  line["total"] = 32.0;
  const auto facts =
      MapPlaced({{"groups", json::array({Group("1号篮子", "normal", json::array({line}))})},
                 {"originalPrice", 39.0},
                 {"totalPrice", 33.5}});
  EXPECT_EQ(facts.snapshot->items->at(0).options,
            (std::vector<model::Option>{
                {.group = "", .name = "加蛋", .price = Fen(200), .quantity = 1}}));
  EXPECT_TRUE(facts.snapshot->issues.empty());
  EXPECT_EQ(ExtraOf(facts).at("groups").at(0).at("additions").at(0).at("id"), "9");
}

}  // namespace
}  // namespace weir::mapping::eleme
