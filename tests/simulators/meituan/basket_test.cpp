// SPDX-License-Identifier: Apache-2.0
#include "simulators/meituan/basket.hpp"

#include <gtest/gtest.h>

#include <set>

#include "base/seeded_random.hpp"
#include "simulators/meituan/refund.hpp"

namespace weir::simulators::meituan {
namespace {

constexpr Handover kHandovers[] = {Handover::kPlatformDelivery, Handover::kSelfDelivery,
                                   Handover::kPickup};

TEST(Basket, HoldsItsIdentitiesInAThousandDraws) {
  SeededRandom random(11);
  for (int i = 0; i < 1000; ++i) {
    const Basket basket = DrawBasket(random, kHandovers[i % 3]);
    Fen original = basket.shipping + basket.bag;
    for (const Line& line : basket.lines) {
      original += line.price * line.quantity + line.boxes * line.box_price;
    }
    Fen reductions = 0;
    Fen by_platform = 0;
    for (const Activity& activity : basket.activities) {
      reductions += activity.reduction();
      by_platform += activity.platform_pays;
    }
    EXPECT_EQ(basket.original(), original);
    EXPECT_EQ(basket.total(), original - reductions);
    EXPECT_EQ(basket.income(), basket.total() + by_platform - basket.commission - basket.logistics);
    EXPECT_GE(basket.total(), 100);
  }
}

TEST(Basket, GivesTheReductionsOfItsLinesAsDiscountedGoods) {
  SeededRandom random(12);
  int seen = 0;
  for (int i = 0; i < 1000; ++i) {
    const Basket basket = DrawBasket(random, Handover::kSelfDelivery);
    Fen of_lines = 0;
    for (const Line& line : basket.lines) {
      of_lines += line.reduction * line.quantity;
    }
    Fen of_activities = 0;
    for (const Activity& activity : basket.activities) {
      of_activities += activity.type == 17 ? activity.reduction() : 0;
    }
    EXPECT_EQ(of_lines, of_activities);
    seen += of_lines > 0 ? 1 : 0;
  }
  EXPECT_GT(seen, 50);
}

TEST(Basket, HoldsNoSkuTwice) {
  SeededRandom random(13);
  for (int i = 0; i < 1000; ++i) {
    const Basket basket = DrawBasket(random, Handover::kSelfDelivery);
    std::set<std::string> skus;
    for (const Line& line : basket.lines) {
      EXPECT_TRUE(skus.insert(line.sku_id).second);
    }
  }
}

TEST(Basket, VariesInDiscountsAndOptions) {
  SeededRandom random(14);
  std::set<int> types;
  std::set<std::string> properties;
  for (int i = 0; i < 1000; ++i) {
    const Basket basket = DrawBasket(random, Handover::kPlatformDelivery);
    for (const Activity& activity : basket.activities) {
      types.insert(activity.type);
    }
    for (const Line& line : basket.lines) {
      properties.insert(line.properties);
    }
  }
  EXPECT_EQ(types, (std::set<int>{1, 2, 5, 9, 16, 17, 25, 100}));
  EXPECT_GT(properties.size(), 8U);
}

TEST(RefundLines, NeverGiveBackMoreThanWasPaid) {
  SeededRandom random(15);
  for (int i = 0; i < 1000; ++i) {
    const Basket basket = DrawBasket(random, Handover::kPlatformDelivery);
    Fen back = 0;
    for (const RefundLine& line : DrawRefundLines(random, basket)) {
      ASSERT_LT(line.line, basket.lines.size());
      EXPECT_GE(line.count, 1);
      EXPECT_LE(line.count, basket.lines[line.line].quantity);
      back += line.price * line.count;
    }
    EXPECT_GT(back, 0);
    EXPECT_LE(back, basket.total());
  }
}

}  // namespace
}  // namespace weir::simulators::meituan
