// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <set>

#include "tests/simulators/douyin/scene.hpp"

namespace weir::simulators::douyin {
namespace {

TEST(DouyinSimulator, BringsEveryOrderToAnEndWhateverHappens) {
  Options options = CalmOptions();
  options.traffic = {};
  options.traffic.cancelled = 0.3;
  options.traffic.refunded = 0.5;
  options.traffic.rider_trouble = 0.5;
  options.quirks = {.line_breaks = 0.2, .unknown_events = 0.1, .broken_amounts = 0.2};
  options.faults = {.duplicated = 0.2, .reordered = 0.3, .forged = 0.1, .missing_paid = 0.05};
  options.shops = {"7000000000000000001", "7000000000000000002"};
  Scene scene(options);
  for (int i = 0; i < 400; ++i) scene.douyin.CreateOrder(scene.now);
  scene.Run();
  std::set<std::string_view> statuses;
  std::set<std::string_view> deliveries;
  for (const OrderTruth& order : scene.douyin.Orders()) {
    EXPECT_TRUE(order.settled());
    EXPECT_LE(order.refunded, order.total);
    statuses.insert(order.status);
    deliveries.insert(order.delivery);
  }
  EXPECT_EQ(statuses, (std::set<std::string_view>{"accepted", "cancelled", "completed", "expired",
                                                  "placed", "rejected"}));
  EXPECT_EQ(deliveries, (std::set<std::string_view>{"", "cancelled", "delivered"}));
  EXPECT_EQ(scene.douyin.counts().outstanding, 0U);
}

std::string Transcript(std::uint64_t seed) {
  Options options = CalmOptions();
  options.traffic = {};
  options.seed = seed;
  Scene scene(options);
  for (int i = 0; i < 30; ++i) scene.douyin.CreateOrder(scene.now);
  scene.Run();
  std::string text;
  for (const SeenPush& push : scene.pushes) text += push.push.body;
  return text;
}

TEST(DouyinSimulator, SaysTheSameForTheSameSeed) {
  EXPECT_EQ(Transcript(5), Transcript(5));
  EXPECT_NE(Transcript(5), Transcript(6));
}

TEST(DouyinSimulator, WritesIdsBeyondDoublesExactly) {
  Options options = CalmOptions();
  options.traffic = {};
  options.quirks.ids_as_numbers = 1;
  Scene scene(options);
  for (int i = 0; i < 20; ++i) {
    const std::string id = scene.douyin.CreateOrder(scene.now);
    EXPECT_EQ(id.size(), 19U);
  }
  scene.Run();
  for (const SeenPush& push : scene.pushes) {
    const auto id = push.content.value("/order_id"_json_pointer, nlohmann::json());
    if (id.is_null()) continue;
    EXPECT_TRUE(scene.douyin.Truth(id.dump()).has_value()) << push.push.body;
  }
}

TEST(DouyinSimulator, WantsAShop) {
  Options options = CalmOptions();
  options.shops.clear();
  EXPECT_THROW(DouyinSimulator{options}, std::invalid_argument);
}

}  // namespace
}  // namespace weir::simulators::douyin
