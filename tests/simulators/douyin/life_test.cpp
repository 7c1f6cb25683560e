// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <set>

#include "tests/simulators/douyin/scene.hpp"

namespace weir::simulators::douyin {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;

std::string Placed(Scene& scene, const Fate& fate) {
  return scene.douyin.CreateOrder(scene.now, fate);
}

/// What the order's events say, without the refund's number.
std::vector<std::string> Said(Scene& scene, const std::string& id) {
  std::vector<std::string> said = scene.Events(id);
  for (std::string& what : said) {
    if (what.starts_with("refund ")) what = "refund" + what.substr(what.rfind(' '));
  }
  return said;
}

TEST(DouyinLife, TakesATakeawayFromItsPaymentToItsEnd) {
  Scene scene;
  const std::string id = Placed(scene, CalmFate());
  scene.Run();
  EXPECT_THAT(scene.Events(id),
              ElementsAre("status paid", "status accepted", "delivery 102", "delivery 103",
                          "delivery 104", "delivery 200", "status finished", "bill"));
  const auto truth = scene.douyin.Truth(id);
  EXPECT_EQ(truth->status, "completed");
  EXPECT_EQ(truth->delivery, "delivered");
  EXPECT_EQ(truth->platform_status, 1);
}

struct Early {
  const char* name;
  Ending ending;
  std::vector<std::string> said;
  std::string_view status;
};

class DouyinEnding : public testing::TestWithParam<Early> {};

TEST_P(DouyinEnding, SaysSo) {
  Scene scene;
  Fate fate = CalmFate();
  fate.ending = GetParam().ending;
  fate.route.clear();
  const std::string id = Placed(scene, fate);
  scene.Run();
  EXPECT_EQ(Said(scene, id), GetParam().said);
  EXPECT_EQ(scene.douyin.Truth(id)->status, GetParam().status);
}

INSTANTIATE_TEST_SUITE_P(
    DouyinLife, DouyinEnding,
    testing::Values(
        Early{"unpaid", Ending::kUnpaid, {"status closed"}, "expired"},
        Early{"rejected", Ending::kRejected, {"status paid", "status rejected"}, "rejected"},
        Early{"withdrawn", Ending::kWithdrawn, {"status paid", "refund refunded"}, "cancelled"},
        Early{
            "not_accepted", Ending::kNotAccepted, {"status paid", "refund refunded"}, "cancelled"},
        Early{"given_up",
              Ending::kGivenUp,
              {"status paid", "status accepted", "refund refunded"},
              "cancelled"}),
    [](const auto& each) { return std::string(each.param.name); });

TEST(DouyinLife, CancelsWhatNobodyAcceptsWithinFifteenMinutes) {
  Options options = CalmOptions();
  options.traffic.auto_confirm = false;
  Scene scene(options);
  const std::string id = Placed(scene, CalmFate());
  scene.RunUntil(id, "life_takeout_order_pay_success");
  const Instant paid = scene.now;
  scene.RunUntil(id, "life_trade_refund_complete");
  EXPECT_EQ(scene.now - paid, minutes(15));
}

TEST(DouyinLife, FindsAnotherRider) {
  Scene scene;
  Fate fate = CalmFate();
  fate.route = {102, 300, 102, 103, 104, 200};
  const std::string id = Placed(scene, fate);
  scene.Run();
  EXPECT_EQ(scene.douyin.Truth(id)->delivery, "delivered");
}

TEST(DouyinLife, CancelsTheWaybillOfACancelledTakeaway) {
  Scene scene;
  const std::string id = Placed(scene, CalmFate());
  scene.RunUntil(id, "life_takeout_delivery_change");
  EXPECT_TRUE(scene.douyin.End(id, Ending::kGivenUp, scene.now));
  scene.Run();
  EXPECT_EQ(scene.douyin.Truth(id)->delivery, "cancelled");
  EXPECT_EQ(scene.Events(id).back(), "delivery 300");
}

TEST(DouyinLife, RefusesWhatTheStateForbids) {
  Scene scene;
  const std::string id = Placed(scene, CalmFate());
  scene.Run();
  EXPECT_FALSE(scene.douyin.End(id, Ending::kRejected, scene.now));
  EXPECT_FALSE(scene.douyin.Edit(id, scene.now));
  EXPECT_FALSE(scene.douyin.Urge(id, scene.now));
  EXPECT_FALSE(scene.douyin.ApplyRefund(id, {}, scene.now));
  EXPECT_FALSE(scene.douyin.End("1", Ending::kRejected, scene.now));
}

TEST(DouyinLife, EditsAndUrges) {
  Scene scene;
  const std::string id = Placed(scene, CalmFate());
  scene.RunUntil(id, "life_takeout_order_merchant_receive");
  EXPECT_TRUE(scene.douyin.Edit(id, scene.now));
  EXPECT_TRUE(scene.douyin.Urge(id, scene.now));
  scene.RunFor(seconds(0));
  EXPECT_EQ(scene.pushes[scene.pushes.size() - 2].event(), "life_trade_takeout_order_modify");
  EXPECT_EQ(scene.pushes.back().event(), "life_trade_takeout_delivery_notice");
  EXPECT_EQ(scene.pushes.back().content["order_id"], id);
}

TEST(DouyinRefund, IsAskedBySpiAndThenDecided) {
  Scene scene;
  Fate fate = CalmFate();
  fate.refund = RefundFate{.partial = true, .after_finish = true};
  const std::string id = Placed(scene, fate);
  scene.Run();
  const auto truth = scene.douyin.Truth(id);
  ASSERT_EQ(truth->refunds.size(), 1U);
  EXPECT_THAT(truth->refunds[0].steps, ElementsAre("applied", "approved", "refunded"));
  EXPECT_TRUE(truth->refunds[0].partial);
  EXPECT_EQ(truth->refunded, truth->refunds[0].amount);
  EXPECT_LT(truth->refunded, truth->total);
  EXPECT_EQ(truth->status, "completed");
}

TEST(DouyinRefund, OfEverythingCancelsWhatIsNotFinished) {
  Scene scene;
  Fate fate = CalmFate();
  fate.refund = RefundFate{};
  const std::string id = Placed(scene, fate);
  scene.Run();
  const auto truth = scene.douyin.Truth(id);
  EXPECT_EQ(truth->status, "cancelled");
  EXPECT_EQ(truth->refunded, truth->total);
}

TEST(DouyinRefund, MayBeDeclined) {
  Scene scene;
  Fate fate = CalmFate();
  fate.refund = RefundFate{.granted = false};
  const std::string id = Placed(scene, fate);
  scene.Run();
  EXPECT_EQ(scene.douyin.Truth(id)->refunds[0].status, "declined");
  EXPECT_EQ(scene.douyin.Truth(id)->status, "completed");
  EXPECT_EQ(scene.douyin.Truth(id)->refunded, 0);
}

Options Undecided() {
  Options options = CalmOptions();
  options.traffic.auto_refund = false;
  return options;
}

TEST(DouyinRefund, IsDecidedByWhatTheSpiAnswers) {
  for (const int result : {0, 1}) {
    Scene scene(Undecided());
    scene.answer = [result](const SeenPush&) {
      return PushAnswer{200,
                        R"({"data":{"error_code":0,"result":)" + std::to_string(result) + "}}"};
    };
    Fate fate = CalmFate();
    fate.refund = RefundFate{};
    const std::string id = Placed(scene, fate);
    scene.RunFor(minutes(5));
    EXPECT_EQ(scene.douyin.Truth(id)->refunds[0].status, result == 0 ? "refunded" : "declined");
  }
}

TEST(DouyinRefund, ThatIsAtWorkIsDecidedByTheApi) {
  for (const bool approved : {true, false}) {
    Scene scene(Undecided());
    Fate fate = CalmFate();
    fate.refund = RefundFate{.after_finish = true};
    const std::string id = Placed(scene, fate);
    scene.RunUntil(id, "trade.takeout.refund_apply");
    const std::string refund = scene.douyin.Truth(id)->refunds[0].id;
    EXPECT_EQ(scene.douyin.Truth(id)->refunds[0].status, "applied");
    const std::string body =
        R"({"after_sale_id":")" + refund + R"(","is_approved":)" +
        (approved ? "true}" : R"(false,"reject_reason":{"reason_code":[101]}})");
    EXPECT_EQ(CodeOf(scene.Post("after_sale/audit/notify/", body)), 0);
    EXPECT_EQ(CodeOf(scene.Post("after_sale/audit/notify/", body)), 5000001);
    scene.Run();
    EXPECT_EQ(scene.douyin.Truth(id)->refunds[0].status, approved ? "refunded" : "declined");
  }
}

TEST(DouyinRefund, IsAgreedAfterThreeDaysOfSilence) {
  Scene scene(Undecided());
  Fate fate = CalmFate();
  fate.refund = RefundFate{.after_finish = true, .granted = false};
  const std::string id = Placed(scene, fate);
  scene.RunUntil(id, "trade.takeout.refund_apply");
  const Instant asked = scene.now;
  scene.RunUntil(id, "life_trade_refund_audit");
  EXPECT_EQ(scene.now - asked, hours(72));
  EXPECT_EQ(scene.pushes.back().content["pass"], true);
}

TEST(DouyinRefund, WithoutAnAmountCountsNothing) {
  Options options = CalmOptions();
  options.quirks.bare_refunds = 1;
  Scene scene(options);
  Fate fate = CalmFate();
  fate.refund = RefundFate{.after_finish = true};
  const std::string id = Placed(scene, fate);
  scene.Run();
  EXPECT_EQ(scene.douyin.Truth(id)->refunded, 0);
  EXPECT_FALSE(scene.pushes.back().content.contains("refund_amount"));
}

TEST(DouyinLife, NeverSharesASecondBetweenTwoChanges) {
  Options options = CalmOptions();
  options.traffic.pace = std::chrono::milliseconds(50);
  Scene scene(options);
  for (int i = 0; i < 20; ++i) Placed(scene, CalmFate());
  scene.Run();
  std::map<std::string, std::set<std::string>> seen;
  for (const SeenPush& push : scene.pushes) {
    if (push.event() != "life_takeout_delivery_change") continue;
    const auto& at = push.content["update_time"];
    EXPECT_TRUE(seen[push.content["order_id"]]
                    .insert(at.is_string() ? at.get<std::string>() : at.dump())
                    .second);
  }
  EXPECT_EQ(seen.size(), 20U);
}

TEST(DouyinLife, SaysWhenAShopOpensOrCloses) {
  Scene scene;
  EXPECT_TRUE(scene.douyin.SetShopOpen("7000000000000000001", false, scene.now));
  EXPECT_FALSE(scene.douyin.SetShopOpen("7000000000000000001", false, scene.now));
  EXPECT_FALSE(scene.douyin.SetShopOpen("666", false, scene.now));
  EXPECT_EQ(CodeOf(scene.Post("hermes/delivery/accept_status/save/",
                              R"({"poi_id":"7000000000000000001","accept_status":1})")),
            0);
  scene.Run();
  ASSERT_EQ(scene.pushes.size(), 2U);
  EXPECT_EQ(scene.pushes[0].event(), "life_shop_order_receive_change");
  EXPECT_EQ(scene.pushes[0].content["source"], 1);
  EXPECT_EQ(scene.pushes[1].content["source"], 2);
}

}  // namespace
}  // namespace weir::simulators::douyin
