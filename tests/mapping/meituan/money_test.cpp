// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/mapping/meituan/samples.hpp"

namespace weir::mapping::meituan {
namespace {

model::OrderSnapshot Snapshot(const std::map<std::string, const char*>& changes) {
  auto facts = MapPaid(changes);
  EXPECT_TRUE(facts.snapshot);
  return std::move(*facts.snapshot);
}

Money Fen(std::int64_t fen) { return Money::FromFen(fen); }

std::vector<model::Issue> Issues(std::string code, std::string detail) {
  return {{.code = std::move(code), .detail = std::move(detail)}};
}

TEST(Items, TakeEveryMemberTheyHaveAPlaceFor) {
  const auto facts = MapPaid(
      {{"detail", R"([{"item_id":"L7","app_food_code":"F1","food_name":"饭","quantity":"2.0",
                      "price":15,"upc":"690","food_property":"中辣, 少饭,","cart_id":1,"weight":300}])"}});
  const auto& item = facts.snapshot->items->at(0);
  EXPECT_EQ(item.line, "L7");
  EXPECT_EQ(item.platform_sku, "F1");
  EXPECT_EQ(item.product_id, "F1");
  EXPECT_EQ(item.merchant_code, "690");
  EXPECT_EQ(item.quantity, "2");
  EXPECT_EQ(item.amount, Fen(3000));
  EXPECT_EQ(item.basket, "2");
  ASSERT_EQ(item.options.size(), 2U);
  EXPECT_EQ(item.options[1].name, "少饭");
  EXPECT_EQ(ExtraOf(facts).at("detail"),
            nlohmann::json::parse(R"([{"line":"L7","weight":"300"}])"));
}

TEST(Items, WithoutIdsAreNumbered) {
  const auto items =
      *Snapshot({{"detail", R"([{"price":1,"quantity":1},{},{"price":2,"quantity":1}])"}}).items;
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(items[0].line, "1");
  EXPECT_EQ(items[1].line, "2");
}

TEST(Items, ABrokenPriceLeavesTheSumUnknown) {
  const auto snapshot =
      Snapshot({{"detail", R"([{"food_name":"饭","price":"1.2.3","quantity":1}])"}});
  EXPECT_EQ(snapshot.items->at(0).name, "饭");
  EXPECT_FALSE(snapshot.totals.items);
  EXPECT_EQ(snapshot.issues, Issues("malformed_field", "detail.price"));
}

TEST(Items, ABrokenListIsAbsentNotEmpty) {
  const auto snapshot = Snapshot({{"detail", "[{]"}});
  EXPECT_FALSE(snapshot.items);
  EXPECT_FALSE(snapshot.charges);
  EXPECT_EQ(snapshot.issues, Issues("malformed_field", "detail"));
}

TEST(Charges, BoxesMayBeCountedInDecimals) {
  const auto snapshot =
      Snapshot({{"detail", R"([{"price":15,"quantity":2,"box_num":"1.0","box_price":"2.0"}])"}});
  EXPECT_EQ(*snapshot.charges,
            (std::vector<model::Charge>{{.kind = "delivery", .amount = Fen(500)},
                                        {.kind = "packaging", .amount = Fen(200)}}));
  EXPECT_TRUE(snapshot.issues.empty());
}

TEST(Charges, BagIsInFenAndItsTwinInYuan) {
  for (const auto& changes :
       {std::map<std::string, const char*>{{"package_bag_money", "50"}},
        std::map<std::string, const char*>{{"package_bag_money_yuan", "0.5"}}}) {
    auto with_bag = changes;
    with_bag.insert({{"original_price", "37.5"}, {"total", "32.0"}});
    const auto snapshot = Snapshot(with_bag);
    EXPECT_EQ(snapshot.charges->back(), (model::Charge{.kind = "bag", .amount = Fen(50)}));
    EXPECT_EQ(snapshot.totals.charges, Fen(750));
    EXPECT_TRUE(snapshot.issues.empty());
  }
}

TEST(Charges, OfNothingAreDropped) {
  const auto snapshot =
      Snapshot({{"shipping_fee", "0"}, {"original_price", "32"}, {"total", "26.5"}});
  ASSERT_EQ(snapshot.charges->size(), 1U);
  EXPECT_EQ(snapshot.charges->at(0).kind, "packaging");
  EXPECT_TRUE(snapshot.issues.empty());
}

TEST(Identities, TotalMustBeOriginalLessReductions) {
  EXPECT_EQ(Snapshot({{"total", "31.4"}}).issues,
            Issues("totals_mismatch", "total 31.40 != original_price 37.00 - reductions 5.50"));
}

TEST(Identities, OriginalMustBeLinesAndCharges) {
  EXPECT_EQ(Snapshot({{"shipping_fee", "6.0"}}).issues,
            Issues("totals_mismatch", "original_price 37.00 != items 30.00 + charges 8.00"));
}

TEST(Identities, ABreakIsToldNotSmoothed) {
  const auto totals = Snapshot({{"total", "31.4"}}).totals;
  EXPECT_EQ(totals.paid, Fen(3140));
  EXPECT_EQ(totals.items, Fen(3000));
  EXPECT_EQ(totals.discounts, Fen(550));
}

TEST(Identities, WhatIsNotToldIsNotChecked) {
  EXPECT_TRUE(Snapshot({{"total", nullptr}}).issues.empty());
  EXPECT_TRUE(Snapshot({{"detail", nullptr}}).issues.empty());
  EXPECT_TRUE(Snapshot({{"extras", nullptr}, {"poi_receive_detail", ""}, {"incmp_code", "-1"}})
                  .issues.empty());
}

constexpr const char* kItemDiscount =
    R"([{"type":17,"reduce_fee":5.5,"mt_charge":0,"poi_charge":5.5}])";

TEST(NetPrices, AreLiftedToTheLinesOriginalPrice) {
  const auto snapshot = Snapshot(
      {{"extras", kItemDiscount},
       {"detail",
        R"([{"price":"12.25","original_price":"15","quantity":2,"box_num":2,"box_price":1}])"}});
  EXPECT_EQ(snapshot.items->at(0).unit_price, Fen(1500));
  EXPECT_EQ(snapshot.items->at(0).amount, Fen(3000));
  EXPECT_EQ(snapshot.totals.items, Fen(3000));
  EXPECT_TRUE(snapshot.issues.empty());
}

TEST(NetPrices, StayWithAnIssueWhereNoOriginalIsTold) {
  const auto snapshot =
      Snapshot({{"extras", kItemDiscount},
                {"detail", R"([{"price":"12.25","quantity":2,"box_num":2,"box_price":1}])"}});
  EXPECT_EQ(snapshot.items->at(0).unit_price, Fen(1225));
  EXPECT_EQ(snapshot.issues, Issues("net_prices", "lines are 5.50 below original_price"));
}

TEST(NetPrices, AreNotGuessedForOrderLevelReductions) {
  const auto snapshot = Snapshot(
      {{"detail",
        R"([{"price":"12.25","original_price":"15","quantity":2,"box_num":2,"box_price":1}])"}});
  EXPECT_EQ(snapshot.items->at(0).unit_price, Fen(1225));
  EXPECT_EQ(snapshot.issues.at(0).code, "totals_mismatch");
}

model::Discount OnlyDiscount(const char* extras, const char* receipt = "") {
  const auto discounts = *Snapshot({{"extras", extras}, {"poi_receive_detail", receipt}}).discounts;
  EXPECT_EQ(discounts.size(), 1U);
  return discounts.at(0);
}

constexpr const char* kReceipt =
    R"({"actOrderChargeByMt":[{"moneyCent":250}],"actOrderChargeByPoi":[{"comment":"活动款","moneyCent":300}]})";

TEST(Discounts, AnUnknownTypeIsOtherWithItsCode) {
  const auto discount = OnlyDiscount(R"([{"type":327,"reduce_fee":5.5,"remark":"满减"}])");
  EXPECT_EQ(discount.kind, "other");
  EXPECT_EQ(discount.name, "满减 (327)");
  EXPECT_FALSE(discount.platform_share);
  EXPECT_FALSE(discount.other_share);
}

TEST(Discounts, WhatNeitherSideBearsIsTheOtherShare) {
  EXPECT_EQ(
      OnlyDiscount(R"([{"type":2,"reduce_fee":5.5,"mt_charge":2,"poi_charge":3}])").other_share,
      Fen(50));
}

TEST(Discounts, SharesAboveTheAmountAreAnIssue) {
  const auto snapshot =
      Snapshot({{"extras", R"([{"type":2,"reduce_fee":5.5,"mt_charge":3,"poi_charge":3}])"}});
  EXPECT_EQ(snapshot.issues,
            Issues("totals_mismatch", "reduce_fee 5.50 != mt_charge 3.00 + poi_charge 3.00"));
  EXPECT_FALSE(snapshot.discounts->at(0).other_share);
}

TEST(Discounts, TheOneLineWithoutSharesGetsTheReceipts) {
  const auto discount = OnlyDiscount(R"([{"type":2,"reduce_fee":5.5}])", kReceipt);
  EXPECT_EQ(discount.platform_share, Fen(250));
  EXPECT_EQ(discount.merchant_share, Fen(300));
  EXPECT_EQ(discount.other_share, Money());
}

TEST(Discounts, SharesThatDoNotFitStayUnknown) {
  EXPECT_FALSE(OnlyDiscount(R"([{"type":2,"reduce_fee":5}])", kReceipt).platform_share);
}

TEST(Discounts, OnlySumsMakeOneLine) {
  const auto discount = OnlyDiscount("[{}]", kReceipt);
  EXPECT_EQ(discount.kind, "other");
  EXPECT_EQ(discount.name, "活动款");
  EXPECT_EQ(discount.amount, Fen(550));
  EXPECT_EQ(discount.merchant_share, Fen(300));
}

TEST(Discounts, TheReceiptIsNeverAddedToExtras) {
  const auto snapshot = Snapshot({});
  EXPECT_EQ(snapshot.discounts->size(), 1U);
  EXPECT_EQ(snapshot.totals.discounts, Fen(550));
}

TEST(Discounts, OfNothingAreDroppedButGifts) {
  const auto discounts =
      *Snapshot(
           {{"extras", R"([{"type":2,"reduce_fee":0},{},{"type":5,"reduce_fee":0,"remark":"赠"}])"},
            {"poi_receive_detail", ""}})
           .discounts;
  ASSERT_EQ(discounts.size(), 1U);
  EXPECT_EQ(discounts[0].kind, "gift");
}

TEST(Discounts, WithoutAmountAreTheSumOfTheirShares) {
  EXPECT_EQ(OnlyDiscount(R"([{"type":2,"mt_charge":2.5,"poi_charge":3}])").amount, Fen(550));
}

TEST(Receipt, TwinInYuanStandsInForAnEmptyOne) {
  const auto totals = Snapshot({{"poi_receive_detail", ""},
                                {"poi_receive_detail_yuan",
                                 R"({"foodShareFeeChargeByPoi":"4.8","poiReceive":"24.2"})"}})
                          .totals;
  EXPECT_EQ(totals.commission, Fen(480));
  EXPECT_EQ(totals.merchant_income, Fen(2420));
}

TEST(Receipt, TwinInYuanStandsInForABrokenOne) {
  const auto snapshot = Snapshot(
      {{"poi_receive_detail", "{"}, {"poi_receive_detail_yuan", R"({"poiReceive":"24.2"})"}});
  EXPECT_EQ(snapshot.totals.merchant_income, Fen(2420));
  EXPECT_EQ(snapshot.issues, Issues("malformed_field", "poi_receive_detail"));
}

TEST(Receipt, WhatItSaysBeyondTheTotalsIsExtra) {
  const auto extra = ExtraOf(MapPaid());
  EXPECT_EQ(extra.at("poi_receive_detail").at("onlinePayment"), "3150");
  EXPECT_EQ(extra.at("poi_receive_detail").at("actOrderChargeByMt").at(0).at("moneyCent"), "250");
}

}  // namespace
}  // namespace weir::mapping::meituan
