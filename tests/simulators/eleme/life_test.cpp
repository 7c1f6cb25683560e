// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <set>

#include "tests/simulators/eleme/scene.hpp"

namespace weir::simulators::eleme {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using Types = std::vector<std::string>;

std::string Placed(Scene& scene, const Fate& fate) {
  return scene.eleme.CreateOrder(scene.now, fate);
}

TEST(ElemeLife, TakesAnOrderFromItsPaymentToItsEnd) {
  Scene scene;
  const std::string id = Placed(scene, CalmFate());
  scene.Run();
  EXPECT_THAT(scene.Types(id), ElementsAre("10", "12", "51", "52", "53", "54", "55", "56", "18"));
  EXPECT_EQ(scene.eleme.Truth(id)->status, "completed");
  EXPECT_EQ(scene.eleme.Truth(id)->delivery, "delivered");
}

struct Early {
  const char* name;
  Ending ending;
  Types types;
  std::string_view status;
};

class EndedEarly : public testing::TestWithParam<Early> {};

TEST_P(EndedEarly, SaysSo) {
  Scene scene;
  Fate fate = CalmFate();
  fate.ending = GetParam().ending;
  fate.route.clear();
  const std::string id = Placed(scene, fate);
  scene.Run();
  EXPECT_EQ(scene.Types(id), GetParam().types);
  EXPECT_EQ(scene.eleme.Truth(id)->status, GetParam().status);
}

INSTANTIATE_TEST_SUITE_P(
    ElemeLife, EndedEarly,
    testing::Values(Early{"unpaid", kUnpaid, {}, "cancelled"},
                    Early{"by_the_user", kUserBeforeAcceptance, {"10", "14"}, "cancelled"},
                    Early{"not_accepted", kNotAccepted, {"10", "14"}, "cancelled"},
                    Early{"rejected", kRejected, {"10", "14"}, "rejected"},
                    Early{"by_support", kInvalidBySupport, {"10", "12", "15"}, "cancelled"},
                    Early{"at_once", kUserAtOnce, {"10", "12", "17"}, "cancelled"},
                    Early{"forced", kForcedByMerchant, {"10", "12", "17"}, "cancelled"}),
    [](const auto& each) { return std::string(each.param.name); });

TEST(ElemeLife, CancelsTheWaybillOfACancelledOrder) {
  Scene scene;
  const std::string id = Placed(scene, CalmFate());
  scene.RunUntil(id, "53");
  EXPECT_TRUE(scene.eleme.End(id, kForcedByMerchant, scene.now));
  scene.Run();
  EXPECT_THAT(scene.Types(id), ElementsAre("10", "12", "51", "52", "53", "17", "57"));
  EXPECT_EQ(scene.eleme.Truth(id)->delivery, "cancelled");
}

TEST(ElemeLife, FindsAnotherRider) {
  Scene scene;
  Fate fate = CalmFate();
  fate.route = {51, 52, 53, 59, 52, 53, 54, 55, 56};
  const std::string id = Placed(scene, fate);
  scene.Run();
  EXPECT_EQ(scene.eleme.Truth(id)->delivery, "delivered");
}

TEST(ElemeLife, RefusesWhatTheStateForbids) {
  Scene scene;
  const std::string id = Placed(scene, CalmFate());
  scene.Run();
  EXPECT_FALSE(scene.eleme.End(id, kRejected, scene.now));
  EXPECT_FALSE(scene.eleme.End(id, kForcedByMerchant, scene.now));
  EXPECT_FALSE(scene.eleme.Urge(id, scene.now));
  EXPECT_FALSE(scene.eleme.ApplyRefund(id, {RefundFlow::kCancel}, scene.now));
}

TEST(ElemeLife, RejectsWhatNobodyAccepts) {
  Options options = CalmOptions();
  options.traffic.auto_confirm = false;
  Scene scene(options);
  const std::string id = Placed(scene, CalmFate());
  scene.Run();
  EXPECT_THAT(scene.Types(id), ElementsAre("10", "14"));
}

Options Undecided() {
  Options options = CalmOptions();
  options.traffic.auto_refund = false;
  return options;
}

TEST(ElemeCancelFlow, IsAgreedWhenNobodyAnswersWithinFifteenMinutes) {
  Scene scene(Undecided());
  const std::string id = Placed(scene, CalmFate());
  scene.RunUntil(id, "12");
  ASSERT_TRUE(scene.eleme.ApplyRefund(id, {RefundFlow::kCancel}, scene.now));
  const Instant asked = scene.now;
  scene.RunUntil(id, "15");
  EXPECT_EQ(scene.now - asked, minutes(15));
  EXPECT_EQ(scene.eleme.Truth(id)->refunds.front().status, "applied");
  EXPECT_EQ(scene.eleme.Truth(id)->status, "cancelled");
}

TEST(ElemeCancelFlow, HoldsTheCompletionBackWhileItIsOpen) {
  Scene scene(Undecided());
  const std::string id = Placed(scene, CalmFate());
  scene.RunUntil(id, "55");
  ASSERT_TRUE(scene.eleme.ApplyRefund(id, {RefundFlow::kCancel}, scene.now));
  scene.RunFor(minutes(10));
  EXPECT_EQ(scene.eleme.Truth(id)->status, "delivered");
}

TEST(ElemeCancelFlow, EndsTheOrderWhenTheShopAgrees) {
  Scene scene(Undecided());
  const std::string id = Placed(scene, CalmFate());
  scene.RunUntil(id, "12");
  ASSERT_TRUE(scene.eleme.ApplyRefund(id, {RefundFlow::kCancel}, scene.now));
  EXPECT_EQ(scene.CodeOf("eleme.order.agreeRefundLite", OfOrder(id)), "");
  scene.Run();
  EXPECT_THAT(scene.Types(id), ElementsAre("10", "12", "20", "23", "15"));
  const auto truth = scene.eleme.Truth(id);
  EXPECT_EQ(truth->refunded, truth->total);
}

TEST(ElemeCancelFlow, LetsTheOrderGoOnWhenTheShopRefuses) {
  Scene scene(Undecided());
  const std::string id = Placed(scene, CalmFate());
  scene.RunUntil(id, "12");
  ASSERT_TRUE(scene.eleme.ApplyRefund(id, {RefundFlow::kCancel}, scene.now));
  EXPECT_EQ(scene.CodeOf("eleme.order.disagreeRefundLite",
                         R"({"orderId":")" + id + R"(","reason":"已出餐"})"),
            "");
  scene.Run();
  EXPECT_EQ(scene.eleme.Truth(id)->status, "completed");
  EXPECT_EQ(scene.eleme.Truth(id)->refunds.front().status, "declined");
}

TEST(ElemeRefundFlow, ComesAfterTheCompletion) {
  Scene scene;
  Fate fate = CalmFate();
  fate.refund = RefundFate{RefundFlow::kRefund, true};
  const std::string id = Placed(scene, fate);
  scene.Run();
  const auto truth = scene.eleme.Truth(id);
  EXPECT_EQ(truth->status, "completed");
  ASSERT_EQ(truth->refunds.size(), 1U);
  EXPECT_TRUE(truth->refunds.front().partial);
  EXPECT_TRUE(truth->refunds.front().id.starts_with("refund-17"));
}

TEST(ElemeRefundFlow, TakesEachOfItsSteps) {
  std::set<std::string> topics;
  for (std::uint64_t seed = 1; seed < 120; ++seed) {
    Options options = CalmOptions();
    options.seed = seed;
    Scene scene(options);
    Fate fate = CalmFate();
    fate.refund = RefundFate{seed % 2 == 0 ? RefundFlow::kRefund : RefundFlow::kCancel, false};
    const std::string id = Placed(scene, fate);
    scene.Run();
    for (const std::string& type : scene.Types(id)) topics.insert(type);
  }
  for (const int flow : {20, 30}) {
    for (int step = 0; step < 7; ++step) EXPECT_TRUE(topics.contains(std::to_string(flow + step)));
  }
}

TEST(ElemeRefundFlow, NeverSharesASecondBetweenTwoSteps) {
  Options options = CalmOptions();
  options.traffic.pace = std::chrono::milliseconds(50);
  Scene scene(options);
  Fate fate = CalmFate();
  fate.refund = RefundFate{RefundFlow::kRefund, false};
  for (int i = 0; i < 20; ++i) Placed(scene, fate);
  scene.Run();
  std::map<std::string, std::set<std::int64_t>> seen;
  for (const SeenPush& push : scene.pushes) {
    if (push.type() < 30 || push.type() > 36) continue;
    EXPECT_TRUE(seen[push.message["orderId"]]
                    .insert(push.message["updateTime"].get<std::int64_t>())
                    .second);
  }
  EXPECT_EQ(seen.size(), 20U);
}

TEST(ElemeLife, SaysWhenAShopRests) {
  Scene scene;
  EXPECT_TRUE(scene.eleme.SetShopOpen("10001", false, scene.now));
  EXPECT_FALSE(scene.eleme.SetShopOpen("10001", false, scene.now));
  EXPECT_FALSE(scene.eleme.SetShopOpen("666", false, scene.now));
  scene.Run();
  ASSERT_EQ(scene.pushes.size(), 1U);
  EXPECT_EQ(scene.pushes[0].type(), 91);
  EXPECT_EQ(scene.pushes[0].message["busyLevel"], "busyLevelClosed");
}

TEST(ElemeLife, Urges) {
  Scene scene;
  const std::string id = Placed(scene, CalmFate());
  scene.RunUntil(id, "12");
  EXPECT_TRUE(scene.eleme.Urge(id, scene.now));
  scene.RunFor(seconds(0));
  EXPECT_EQ(scene.pushes.back().type(), 45);
  EXPECT_EQ(scene.pushes.back().message["orderId"], id);
}

}  // namespace
}  // namespace weir::simulators::eleme
