// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <set>
#include <stdexcept>

#include "tests/simulators/doudian/scene.hpp"

namespace weir::simulators::doudian {
namespace {

/// Everything by chance, and often.
Options WildOptions() {
  Options options = CalmOptions();
  options.traffic = {};
  options.traffic.cancelled = options.traffic.refunded = 0.3;
  options.traffic.rider_trouble = 0.5;
  options.asides = {};
  options.quirks = {};
  options.faults = {.duplicated = 0.2, .reordered = 0.3, .forged = 0.1, .missing_paid = 0.05};
  options.batches = {.doubled = 0.1, .shuffled = 0.5};
  options.shops = {{153406001, "shop_001"}, {153406002, "shop_002"}};
  return options;
}

TEST(DoudianSimulator, BringsEveryOrderToAnEndWhateverHappens) {
  Scene scene(WildOptions());
  for (int i = 0; i < 400; ++i) scene.doudian.CreateOrder(scene.now);
  scene.Run();
  std::set<std::string_view> statuses;
  std::set<std::string_view> deliveries;
  std::set<std::string> stores;
  for (const OrderTruth& order : scene.doudian.Orders()) {
    EXPECT_TRUE(order.settled());
    statuses.insert(order.status);
    deliveries.insert(order.delivery);
    stores.insert(order.shop);
    for (const RefundTruth& refund : order.refunds) {
      const bool exchanged = refund.steps.back() == "exchange_shipped";
      EXPECT_TRUE(exchanged || refund.status == "refunded" || refund.status == "withdrawn");
    }
  }
  EXPECT_EQ(statuses, (std::set<std::string_view>{"cancelled", "completed"}));
  EXPECT_TRUE(deliveries.contains("") && deliveries.contains("delivered") &&
              deliveries.contains("returned"));
  EXPECT_EQ(stores.size(), 2U);
  EXPECT_EQ(scene.doudian.counts().outstanding, 0U);
}

std::string Transcript(std::uint64_t seed) {
  Options options = WildOptions();
  options.seed = seed;
  Scene scene(options);
  for (int i = 0; i < 30; ++i) scene.doudian.CreateOrder(scene.now);
  scene.Run();
  std::string text;
  for (const SeenPush& push : scene.pushes) text += push.push.body;
  return text;
}

TEST(DoudianSimulator, SaysTheSameForTheSameSeed) {
  EXPECT_EQ(Transcript(5), Transcript(5));
  EXPECT_NE(Transcript(5), Transcript(6));
}

TEST(DoudianSimulator, WantsAStore) {
  Options options = CalmOptions();
  options.shops.clear();
  EXPECT_THROW(DoudianSimulator{options}, std::invalid_argument);
}

}  // namespace
}  // namespace weir::simulators::doudian
