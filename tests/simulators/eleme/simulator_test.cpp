// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "base/seeded_random.hpp"
#include "simulators/eleme/basket.hpp"
#include "tests/simulators/eleme/scene.hpp"

namespace weir::simulators::eleme {
namespace {

Fen FenOf(const nlohmann::json& yuan) { return std::llround(yuan.get<double>() * 100); }

// The identities of the protocol, read from the wire alone.
TEST(ElemeMoney, AddsUpToTheFenOnTheWire) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    Options options = CalmOptions();
    options.seed = seed;
    Scene scene(options);
    const std::string id = scene.eleme.CreateOrder(scene.now, CalmFate());
    scene.RunUntil(id, "10");
    const auto& order = scene.pushes.front().message;
    Fen goods = 0;
    Fen extra = 0;
    for (const auto& group : order["groups"]) {
      for (const auto& item : group["items"]) {
        EXPECT_EQ(FenOf(item["price"]) * item["quantity"].get<Fen>(), FenOf(item["total"]));
        (group["type"] == "extra" ? extra : goods) += FenOf(item["total"]);
      }
    }
    EXPECT_EQ(FenOf(order["originalPrice"]),
              goods + FenOf(order["packageFee"]) + FenOf(order["deliverFee"]));
    EXPECT_EQ(extra, FenOf(order["packageFee"]));
    EXPECT_EQ(
        FenOf(order["totalPrice"]),
        FenOf(order["originalPrice"]) + FenOf(order["activityTotal"]) + FenOf(order["hongbao"]));
    EXPECT_EQ(FenOf(order["activityTotal"]), FenOf(order["shopPart"]) + FenOf(order["elemePart"]));
    Fen activities = 0;
    for (const auto& activity : order["orderActivities"]) activities += FenOf(activity["amount"]);
    EXPECT_EQ(activities, FenOf(order["activityTotal"]));
    const auto truth = scene.eleme.Truth(id);
    EXPECT_EQ(truth->total, FenOf(order["totalPrice"]));
    EXPECT_EQ(*truth->commission, -FenOf(order["serviceFee"]));
    EXPECT_EQ(*truth->income, FenOf(order["income"]));
  }
}

TEST(ElemeMoney, IsAlwaysPaid) {
  SeededRandom random(3);
  for (int i = 0; i < 2000; ++i) {
    const Basket basket = DrawBasket(random, i % 2 == 0, i % 3 == 0);
    EXPECT_GE(basket.total(), 100);
    EXPECT_FALSE(basket.lines.empty());
  }
}

TEST(ElemeMoney, NeverGivesBackMoreThanWasPaid) {
  SeededRandom random(4);
  for (int i = 0; i < 2000; ++i) {
    const Basket basket = DrawBasket(random, true, false);
    EXPECT_LE(SumOf(DrawRefundLines(random, basket)), basket.total());
  }
}

TEST(ElemeSimulator, BringsEveryOrderToAnEndWhateverHappens) {
  Options options = CalmOptions();
  options.traffic = {};
  options.traffic.cancelled = 0.3;
  options.traffic.refunded = 0.5;
  options.traffic.rider_trouble = 0.5;
  options.faults = {
      .duplicated = 0.2, .reordered = 0.3, .forged = 0.1, .missing_paid = 0.05, .degraded = 0.1};
  options.shops = {{10001, "shop_001"}, {10002, "shop_002"}};
  Scene scene(options);
  for (int i = 0; i < 400; ++i) scene.eleme.CreateOrder(scene.now);
  scene.Run();
  std::set<std::string_view> statuses;
  std::set<std::string_view> deliveries;
  for (const OrderTruth& order : scene.eleme.Orders()) {
    EXPECT_TRUE(order.settled());
    statuses.insert(order.status);
    deliveries.insert(order.delivery);
  }
  EXPECT_EQ(statuses, (std::set<std::string_view>{"cancelled", "completed", "rejected"}));
  EXPECT_EQ(deliveries, (std::set<std::string_view>{"", "cancelled", "delivered", "failed"}));
  EXPECT_EQ(scene.eleme.counts().outstanding, 0U);
}

std::string Transcript(std::uint64_t seed) {
  Options options = CalmOptions();
  options.traffic = {};
  options.seed = seed;
  Scene scene(options);
  for (int i = 0; i < 30; ++i) scene.eleme.CreateOrder(scene.now);
  scene.Run();
  std::string text;
  for (const SeenPush& push : scene.pushes) text += push.push.body;
  return text;
}

TEST(ElemeSimulator, SaysTheSameForTheSameSeed) {
  EXPECT_EQ(Transcript(5), Transcript(5));
  EXPECT_NE(Transcript(5), Transcript(6));
}

TEST(ElemeSimulator, WantsAShop) {
  Options options = CalmOptions();
  options.shops.clear();
  EXPECT_THROW(ElemeSimulator{options}, std::invalid_argument);
}

}  // namespace
}  // namespace weir::simulators::eleme
