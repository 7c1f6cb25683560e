// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/mapping/douyin/samples.hpp"

namespace weir::mapping::douyin {
namespace {

struct Breach {
  const char* member;
  int value;
  const char* detail;  ///< Both sides.
};

class AmountIdentity : public testing::TestWithParam<Breach> {};

TEST_P(AmountIdentity, IsAnIssueWithBothSidesAndTheOrderFlows) {
  const auto facts = MapPlaced("amount_info", {{GetParam().member, GetParam().value}});
  ASSERT_TRUE(facts.snapshot);
  EXPECT_EQ(facts.statuses.size(), 1U);
  EXPECT_EQ(facts.snapshot->issues,
            (std::vector<model::Issue>{{.code = "totals_mismatch", .detail = GetParam().detail}}));
}

INSTANTIATE_TEST_SUITE_P(
    Broken, AmountIdentity,
    testing::Values(Breach{"pay_amount", 2981,
                           "origin_amount 34.80 != pay_amount 29.81 + discount_amount 5.00"},
                    Breach{"sale_price", 3481, "origin_amount 34.80 < sale_price 34.81"},
                    Breach{"sale_price", 2981,
                           "origin_amount 34.80 != sale_price 29.81 + delivery of at least 5.00"},
                    Breach{"activities_fee_amount", 501,
                           "discount_amount 5.00 < activities_fee_amount 5.01"}));

TEST(Money, SharesAreUnknownWhereTheMerchantsIsNotTold) {
  json order = Placed();
  order["amount_info"].erase("activities_fee_amount");
  const auto facts = OnlyOrder(MapEvent("life_takeout_order_pay_success", order));
  const auto& line = facts.snapshot->discounts->at(0);
  EXPECT_EQ(line.amount, Fen(500));
  EXPECT_FALSE(line.platform_share);
  EXPECT_FALSE(line.merchant_share);
}

TEST(Money, NoDiscountAndNoFeeMakeNoLines) {
  const auto facts = MapPlaced("amount_info", {{"origin_amount", 2980},
                                               {"pay_amount", 2980},
                                               {"discount_amount", 0},
                                               {"activities_fee_amount", 0},
                                               {"freight_pay_amount", 0}});
  EXPECT_TRUE(facts.snapshot->discounts->empty());
  EXPECT_TRUE(facts.snapshot->charges->empty());
  EXPECT_TRUE(facts.snapshot->issues.empty());
}

TEST(Money, ABrokenAmountIsUnknownAndNamed) {
  const auto facts = MapPlaced("amount_info", {{"pay_amount", "1.5x"}});
  EXPECT_FALSE(facts.snapshot->totals.paid);
  EXPECT_EQ(facts.snapshot->issues,
            (std::vector<model::Issue>{{.code = "malformed_field", .detail = "pay_amount"}}));
}

TEST(Money, WhatALineCostsEachIsItsShare) {
  json order = Placed();
  order["products"][0]["num"] = 2;
  auto facts = OnlyOrder(MapEvent("life_takeout_order_pay_success", order));
  EXPECT_EQ(facts.snapshot->items->at(0).unit_price, Fen(1490));
  EXPECT_TRUE(facts.snapshot->issues.empty());
  order["products"][0]["num"] = 3;
  facts = OnlyOrder(MapEvent("life_takeout_order_pay_success", order));
  EXPECT_EQ(facts.snapshot->issues.at(0).code, "totals_mismatch");
}

TEST(Customer, ARealNumberStandsBeforeAVirtualOne) {
  const auto facts = MapPlaced("receiver_info", {{"receive_real_phone", "13800000000"}});
  EXPECT_EQ(facts.snapshot->customer.phone, "13800000000");
  EXPECT_EQ(facts.snapshot->customer.phone_kind, "real");
  EXPECT_EQ(ExtraOf(facts).at("receiver_info").at("secret_number"), "17264842068_9936");
}

TEST(Customer, AMaskedNumberIsTheLast) {
  const auto facts = MapPlaced("receiver_info", {{"secret_number", ""}});
  EXPECT_EQ(facts.snapshot->customer.phone, "187****2278");
  EXPECT_EQ(facts.snapshot->customer.phone_kind, "masked");
}

TEST(Customer, TheBuyerOfFlowersIsCalledWhereTheReceiverHasNoNumber) {
  json order = Placed();
  order["receiver_info"].erase("receiver_phone");
  order["receiver_info"].erase("secret_number");
  order["buyer_info"] = {{"buyer_secret_number", "17200000000_11"}};
  const auto facts = OnlyOrder(MapEvent("life_takeout_order_pay_success", order));
  EXPECT_EQ(facts.snapshot->customer.phone, "17200000000");
  EXPECT_EQ(facts.snapshot->customer.phone_extension, "11");
}

TEST(Expected, ABookedOrderIsNotAsap) {
  EXPECT_FALSE(MapPlaced("order", {{"is_book", 2}}).snapshot->expected->asap);
  const auto strange = MapPlaced("order", {{"is_book", 7}});
  EXPECT_EQ(strange.snapshot->issues.at(0).detail, "is_book 7");
  EXPECT_EQ(ExtraOf(strange).at("is_book"), "7");
}

TEST(Delivery, IsThePlatformsOrTheMerchants) {
  EXPECT_EQ(MapPlaced("order", {{"is_self_deliver", 0}}).snapshot->delivery_mode,
            model::DeliveryMode::kPlatform);
  const auto strange = MapPlaced("order", {{"is_self_deliver", 7}});
  EXPECT_EQ(strange.snapshot->delivery_mode, model::DeliveryMode::kUnknown);
  EXPECT_EQ(strange.snapshot->issues.at(0).code, "unknown_status");
}

}  // namespace
}  // namespace weir::mapping::douyin
