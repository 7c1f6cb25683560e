// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/simulators/meituan/scene.hpp"

namespace weir::simulators::meituan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(OrderLife, GoesFromPaymentToCompletion) {
  Scene scene;
  const std::string id = scene.meituan.CreateOrder(scene.now, CalmFate());
  EXPECT_EQ(scene.meituan.Truth(id)->status, "pending_payment");
  scene.Run();
  EXPECT_THAT(scene.Whats(id),
              ElementsAre("status 2", "status 4", "logistics 0", "logistics 10", "logistics 15",
                          "logistics 20", "logistics 40", "status 8"));
  EXPECT_EQ(scene.meituan.Truth(id)->status, "completed");
  EXPECT_EQ(scene.meituan.Truth(id)->delivery, "delivered");
  EXPECT_TRUE(scene.meituan.Truth(id)->settled());
}

TEST(OrderLife, PutsEachPushOnItsTopic) {
  Scene scene;
  Fate fate = CalmFate();
  fate.urged = true;
  scene.meituan.CreateOrder(scene.now, fate);
  scene.Run();
  std::map<std::string, int> topics;
  for (const SeenPush& seen : scene.pushes) {
    ++topics[seen.topic];
  }
  EXPECT_EQ(topics, (std::map<std::string, int>{{"order/paid", 1},
                                                {"order/confirmed", 1},
                                                {"order/completed", 1},
                                                {"logistics", 5},
                                                {"urge", 1}}));
}

struct StatusAfter {
  std::string_view what;
  std::string_view canonical;
};

TEST(OrderLife, StandsAtTheCanonicalStatusOfItsLatestEvent) {
  constexpr StatusAfter kTable[] = {{"status 2", "placed"},        {"status 4", "accepted"},
                                    {"logistics 10", "accepted"},  {"logistics 20", "dispatched"},
                                    {"logistics 40", "delivered"}, {"status 8", "completed"}};
  Scene scene;
  const std::string id = scene.meituan.CreateOrder(scene.now, CalmFate());
  for (const StatusAfter& row : kTable) {
    scene.RunUntil(id, row.what);
    EXPECT_EQ(scene.meituan.Truth(id)->status, row.canonical) << row.what;
  }
}

struct CancelRow {
  int from;
  Cancellation why;
  std::string_view canonical;
};

TEST(OrderLife, EndsByTheCancellationsReasonAndActor) {
  const CancelRow kTable[] = {
      {1, kNotPaid, "expired"},      {1, kLeftAtPayment, "cancelled"},
      {2, kNotConfirmed, "expired"}, {2, kUserBeforeConfirm, "cancelled"},
      {2, kShopBusy, "rejected"},    {2, kSoldOut, "rejected"},
      {4, kSoldOut, "cancelled"},    {4, kSupportOther, "cancelled"},
  };
  for (const CancelRow& row : kTable) {
    Scene scene;
    Fate fate = CalmFate();
    fate.cancelled_from = row.from;
    fate.cancellation = row.why;
    const std::string id = scene.meituan.CreateOrder(scene.now, fate);
    scene.Run();
    EXPECT_EQ(scene.meituan.Truth(id)->status, row.canonical) << row.why.reason_code;
    EXPECT_EQ(scene.meituan.Truth(id)->platform_status, kCancelled);
  }
}

TEST(OrderLife, TellsWhoCancelledAndWhy) {
  Scene scene;
  const std::string id = scene.meituan.CreateOrder(scene.now, CalmFate());
  scene.RunUntil(id, "status 4");
  EXPECT_TRUE(scene.meituan.Cancel(id, kSupportOther, scene.now));
  scene.Run();
  const auto cancelled = std::ranges::find(scene.pushes, "order/cancelled", &SeenPush::topic);
  ASSERT_NE(cancelled, scene.pushes.end());
  EXPECT_EQ(cancelled->fields.at("reason_code"), "1204");
  EXPECT_EQ(cancelled->fields.at("deal_op_type"), "3");
  EXPECT_EQ(cancelled->fields.at("reason"), "客服取消：其他原因");
}

TEST(OrderLife, CallsTheRiderBackFromACancelledOrder) {
  Scene scene;
  const std::string id = scene.meituan.CreateOrder(scene.now, CalmFate());
  scene.RunUntil(id, "logistics 10");
  scene.meituan.Cancel(id, kSupportOther, scene.now);
  scene.Run();
  EXPECT_EQ(scene.Whats(id).back(), "logistics 100");
  EXPECT_EQ(scene.meituan.Truth(id)->delivery, "cancelled");
}

TEST(OrderLife, MovesNothingAfterItsEnd) {
  Scene scene;
  const std::string id = scene.meituan.CreateOrder(scene.now, CalmFate());
  scene.Run();
  EXPECT_FALSE(scene.meituan.Cancel(id, kSupportOther, scene.now));
  EXPECT_FALSE(scene.meituan.Urge(id, scene.now));
  EXPECT_EQ(scene.meituan.NextDue(), std::nullopt);
}

TEST(OrderLife, KnowsNoRefundBeforeAcceptance) {
  Scene scene;
  const std::string id = scene.meituan.CreateOrder(scene.now, CalmFate());
  scene.RunUntil(id, "status 2");
  EXPECT_FALSE(scene.meituan.ApplyRefund(id, {.partial = false}, scene.now));
}

TEST(OrderLife, ExpiresWhenTheShopNeverConfirms) {
  Options options = CalmOptions();
  options.traffic.auto_confirm = false;
  Scene scene(options);
  const std::string id = scene.meituan.CreateOrder(scene.now, CalmFate());
  scene.Run();
  EXPECT_THAT(scene.Whats(id), ElementsAre("status 2", "status 9"));
  EXPECT_EQ(scene.meituan.Truth(id)->status, "expired");
}

TEST(OrderLife, HasDistinctSecondsForEachStepOfTheDelivery) {
  Options options = CalmOptions();
  options.traffic.pace = std::chrono::milliseconds(40);
  Scene scene(options);
  Fate fate = CalmFate();
  fate.route = {0, 10, 100, 0, 10, 15, 20, 40};
  scene.meituan.CreateOrder(scene.now, fate);
  scene.Run();
  std::int64_t last = 0;
  int steps = 0;
  for (const SeenPush& seen : scene.pushes) {
    if (seen.topic == "logistics") {
      const std::int64_t at = std::stoll(seen.fields.at("time"));
      EXPECT_GT(at, last);
      last = at;
      ++steps;
    }
  }
  EXPECT_EQ(steps, 8);
}

TEST(OrderLife, PassesTheOldStatusesWhereAsked) {
  Options options = CalmOptions();
  options.quirks.legacy_status = 1;
  Scene scene(options);
  const std::string id = scene.meituan.CreateOrder(scene.now, CalmFate());
  scene.RunUntil(id, "status 2");
  EXPECT_EQ(scene.meituan.Truth(id)->platform_status, kReceived);
  EXPECT_EQ(scene.meituan.Truth(id)->status, "placed");
  scene.RunUntil(id, "status 6");
  EXPECT_EQ(scene.meituan.Truth(id)->platform_status, kDelivering);
  EXPECT_EQ(scene.meituan.Truth(id)->status, "dispatched");
}

TEST(OrderLife, NumbersTheOrdersOfAShopsDayFromOne) {
  Scene scene;
  for (int i = 0; i < 3; ++i) {
    scene.meituan.CreateOrder(scene.now, CalmFate());
  }
  scene.Run();
  std::vector<std::int64_t> numbers;
  for (const OrderTruth& order : scene.meituan.Orders()) {
    numbers.push_back(order.day_seq);
  }
  EXPECT_THAT(numbers, testing::UnorderedElementsAre(1, 2, 3));
}

TEST(ShopLife, TellsEachChangeOnce) {
  Scene scene;
  EXPECT_TRUE(scene.meituan.SetShopStatus("shop_001", 120, scene.now));
  EXPECT_FALSE(scene.meituan.SetShopStatus("shop_001", 120, scene.now));
  EXPECT_FALSE(scene.meituan.SetShopStatus("nowhere", 120, scene.now));
  scene.Run();
  ASSERT_EQ(scene.pushes.size(), 1U);
  EXPECT_EQ(scene.pushes[0].topic, "shop/status");
  EXPECT_EQ(scene.pushes[0].fields.at("poi_status"), "120");
  EXPECT_EQ(scene.meituan.Shops()[0].status, 120);
}

TEST(ShopLife, OpensAgainAfterARest) {
  Scene scene;
  Fate fate = CalmFate();
  fate.shop_rests = true;
  scene.meituan.CreateOrder(scene.now, fate);
  EXPECT_EQ(scene.meituan.Shops()[0].status, 120);
  scene.Run();
  EXPECT_EQ(scene.meituan.Shops()[0].status, 121);
}

TEST(Traffic, PlacesOrdersByItselfUntilStopped) {
  Options options = CalmOptions();
  options.traffic.order_every = std::chrono::seconds(2);
  Scene scene(options);
  (void)scene.meituan.Due(scene.now, kNoLimit);
  scene.RunFor(std::chrono::seconds(20));
  EXPECT_EQ(scene.meituan.counts().orders, 11U);
  scene.meituan.StopTraffic();
  scene.Run();
  EXPECT_EQ(scene.meituan.counts().orders, 11U);
  for (const OrderTruth& order : scene.meituan.Orders()) {
    EXPECT_EQ(order.status, "completed");
  }
}

TEST(Book, ForgetsTheOldestBeyondWhatItKeeps) {
  Options options = CalmOptions();
  options.keep_orders = 2;
  Scene scene(options);
  const std::string first = scene.meituan.CreateOrder(scene.now, CalmFate());
  scene.meituan.CreateOrder(scene.now, CalmFate());
  scene.meituan.CreateOrder(scene.now, CalmFate());
  scene.Run();
  EXPECT_FALSE(scene.meituan.Truth(first).has_value());
  EXPECT_EQ(scene.meituan.Orders().size(), 2U);
}

}  // namespace
}  // namespace weir::simulators::meituan
