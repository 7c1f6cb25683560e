// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/mapping/doudian/samples.hpp"

namespace weir::mapping::doudian {
namespace {

model::OrderSnapshot Snapshot(const json& changes = json::object()) {
  return MapDetail(changes).snapshot.value();
}

TEST(Money, IsFenToTheFen) {
  const auto snapshot = Snapshot();
  EXPECT_EQ(snapshot.totals, (model::Totals{.items = Fen(3590),
                                            .charges = Fen(600),
                                            .discounts = Fen(900),
                                            .paid = Fen(3490),
                                            .commission = {},
                                            .merchant_income = {}}));
  EXPECT_EQ(snapshot.charges,
            (std::vector<model::Charge>{{.kind = "delivery", .amount = Fen(500)},
                                        {.kind = "packaging", .amount = Fen(100)}}));
}

TEST(Money, APromotionIsSharedByWhoBearsIt) {
  EXPECT_EQ(Snapshot().discounts, (std::vector<model::Discount>{{.kind = "other",
                                                                 .name = "promotion",
                                                                 .amount = Fen(700),
                                                                 .platform_share = Fen(250),
                                                                 .merchant_share = Fen(450),
                                                                 .other_share = Fen(0)},
                                                                {.kind = "other",
                                                                 .name = "post_promotion",
                                                                 .amount = Fen(200),
                                                                 .platform_share = {},
                                                                 .merchant_share = {},
                                                                 .other_share = {}}}));
}

TEST(Money, APromotionIsSharedByWhoGaveItWhereTheBearersDoNotAddUp) {
  const auto discounts = Snapshot({{"shop_cost_amount", 1}}).discounts.value();
  EXPECT_EQ(discounts[0].platform_share, Fen(300));
  EXPECT_EQ(discounts[0].merchant_share, Fen(400));
}

json Detail(int coupon) {
  return {{"shop_discount_detail",
           {{"coupon_info",
             {{{"coupon_amount", coupon},
               {"coupon_name", "店铺券"},
               {"share_discount_cost", {{"platform_cost", 0}, {"shop_cost", coupon}}}}}}}},
          {"platform_discount_detail",
           {{"full_discount_info",
             {{{"campaign_amount", 300},
               {"campaign_name", "满减"},
               {"share_discount_cost",
                {{"platform_cost", 200}, {"shop_cost", 50}, {"author_cost", 50}}}}}}}}};
}

TEST(Money, PromotionsStandByTheirNamesWhereTheyAddUp) {
  const auto discounts = Snapshot({{"promotion_detail", Detail(400)}}).discounts.value();
  ASSERT_EQ(discounts.size(), 3U);
  EXPECT_EQ(discounts[0], (model::Discount{.kind = "coupon",
                                           .name = "店铺券",
                                           .amount = Fen(400),
                                           .platform_share = Fen(0),
                                           .merchant_share = Fen(400),
                                           .other_share = Fen(0)}));
  EXPECT_EQ(discounts[1], (model::Discount{.kind = "full_reduction",
                                           .name = "满减",
                                           .amount = Fen(300),
                                           .platform_share = Fen(200),
                                           .merchant_share = Fen(50),
                                           .other_share = Fen(50)}));
}

TEST(Money, PromotionsThatDoNotAddUpAreOneSum) {
  const auto discounts = Snapshot({{"promotion_detail", Detail(399)}}).discounts.value();
  EXPECT_EQ(discounts[0].name, "promotion");
}

TEST(Money, TheChargeOfTheWayIsWhatItWasBefore) {
  json order = HourlyOrder();
  order.erase("post_origin_amount");
  const auto facts = OnlyOrder(MapPages(PagesOf(order)));
  EXPECT_EQ(facts.snapshot->charges->front().amount, Fen(500));
}

struct Break {
  json changes;
  const char* detail;
};

TEST(Money, ABrokenIdentityIsAnIssueWithBothSides) {
  const std::vector<Break> breaks = {
      {{{"total_promotion_amount", 901}},
       "total_promotion_amount 9.01 != promotion_amount 7.00 + post_promotion_amount 2.00"},
      {{{"promotion_shop_amount", 401}},
       "promotion_amount 7.00 != promotion_shop_amount 4.01 + promotion_platform_amount 3.00 + "
       "promotion_talent_amount 0.00"},
      {{{"platform_cost_amount", 251}},
       "platform_cost_amount 2.51 != only_platform_cost_amount 2.50 + author_cost_amount 0.00"}};
  for (const Break& broken : breaks) {
    const auto snapshot = Snapshot(broken.changes);
    ASSERT_EQ(snapshot.issues.size(), 1U) << broken.detail;
    EXPECT_EQ(snapshot.issues[0].code, "totals_mismatch");
    EXPECT_EQ(snapshot.issues[0].detail, broken.detail);
    EXPECT_EQ(snapshot.totals.paid, Fen(3490));
  }
}

TEST(Money, ALineIsItsPriceTimesItsQuantity) {
  json lines = HourlyOrder()["sku_order_list"];
  lines[0]["sum_amount"] = 3001;
  const auto snapshot = Snapshot({{"sku_order_list", lines}});
  ASSERT_EQ(snapshot.issues.size(), 1U);
  EXPECT_EQ(snapshot.issues[0].detail,
            "line 6900000000000000002: sum_amount 30.01 != origin_amount 15.00 x item_num 2");
}

TEST(Money, WhatIsNotToldHolds) {
  json order = HourlyOrder();
  for (const char* name : {"promotion_talent_amount", "author_cost_amount",
                           "total_promotion_amount", "platform_cost_amount"}) {
    order.erase(name);
  }
  const auto facts = OnlyOrder(MapPages(PagesOf(order)));
  EXPECT_TRUE(facts.snapshot->issues.empty());
  EXPECT_EQ(facts.snapshot->totals.discounts, Fen(900));
}

TEST(Money, TextIsReadAsNumbersAre) {
  json order = HourlyOrder();
  for (auto& [name, value] : order.items()) {
    if (value.is_number()) value = std::to_string(value.get<std::int64_t>());
  }
  EXPECT_EQ(OnlyOrder(MapPages(PagesOf(order))).snapshot->totals, Snapshot().totals);
}

TEST(Money, SumsThatOverflowAreUnknown) {
  json lines = HourlyOrder()["sku_order_list"];
  for (json& line : lines) line["sum_amount"] = "9000000000000000000";
  EXPECT_FALSE(Snapshot({{"sku_order_list", lines}}).totals.items);
}

}  // namespace
}  // namespace weir::mapping::doudian
