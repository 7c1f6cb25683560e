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

TEST(ElemePush, CarriesSevenFieldsAndTheirSignature) {
  Scene scene;
  scene.eleme.CreateOrder(scene.now, CalmFate());
  scene.Run();
  ASSERT_EQ(scene.pushes.size(), 9U);
  for (const SeenPush& push : scene.pushes) {
    EXPECT_EQ(push.body.size(), 8U);
    EXPECT_TRUE(push.signed_well());
    EXPECT_TRUE(push.body["type"].is_number());
    EXPECT_EQ(push.body["userId"], 123456789012345678);
    EXPECT_EQ(push.push.url, "https://gw.example.com/hooks/el-main");
    EXPECT_EQ(push.push.method, "POST");
  }
}

TEST(ElemePush, OfANewOrderHoldsAllOfIt) {
  Scene scene;
  const std::string id = scene.eleme.CreateOrder(scene.now, CalmFate());
  scene.RunUntil(id, "10");
  const auto& order = scene.pushes.front().message;
  EXPECT_EQ(order["id"], id);
  EXPECT_EQ(order["status"], "unprocessed");
  EXPECT_EQ(order["refundStatus"], "noRefund");
  EXPECT_EQ(order["daySn"], 1);
  EXPECT_EQ(order["downgraded"], false);
  EXPECT_FALSE(order["groups"].empty());
}

TEST(ElemePush, IsRepeatedFiveTimesAndThenKept) {
  Scene scene;
  scene.answer = [](const SeenPush&) { return PushAnswer{500, "no"}; };
  scene.eleme.SetShopOpen("10001", false, scene.now);
  scene.Run();
  std::vector<std::int64_t> after;
  for (const SeenPush& push : scene.pushes) {
    after.push_back(std::chrono::duration_cast<seconds>(push.at - kStart).count());
  }
  EXPECT_THAT(after, ElementsAre(0, 10, 40, 100, 400, 1000));
  EXPECT_EQ(scene.eleme.counts().given_up, 1U);
  const auto kept = scene.Result("eleme.msgNew.getPushFailMsg", "{}");
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept[0]["requestId"], scene.pushes.front().body["requestId"]);
}

TEST(ElemePush, ThatTimesOutIsKeptToo) {
  Options options = CalmOptions();
  options.retry.retries.clear();
  Scene scene(options);
  scene.eleme.SetShopOpen("10001", false, scene.now);
  ASSERT_EQ(scene.eleme.Due(scene.now, kNoLimit).size(), 1U);
  scene.now += seconds(6);
  EXPECT_TRUE(scene.eleme.Due(scene.now, kNoLimit).empty());
  EXPECT_EQ(scene.Result("eleme.msgNew.getPushFailMsg", "{}").size(), 1U);
}

TEST(ElemePush, StandsInTheLogUntilItIsFetched) {
  Options options = CalmOptions();
  options.retry.retries.clear();
  Scene scene(options);
  scene.answer = [](const SeenPush&) { return PushAnswer{500, "no"}; };
  scene.eleme.SetShopOpen("10001", false, scene.now);
  scene.Run();
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(scene.Result("eleme.message.queryFailedMessageLog", R"({"request":{}})").size(), 1U);
  }
  EXPECT_EQ(scene.CodeOf("eleme.message.queryFailedMessageLog", "{}"), "VALIDATION_FAILED");
}

TEST(ElemePush, IsForgottenOnceItWasFetched) {
  Options options = CalmOptions();
  options.retry.retries.clear();
  Scene scene(options);
  scene.answer = [](const SeenPush&) { return PushAnswer{200, R"({"message":"no"})"}; };
  const std::string id = scene.eleme.CreateOrder(scene.now, CalmFate());
  scene.Run();
  EXPECT_FALSE(scene.eleme.Truth(id)->announced());
  const auto kept = scene.Result("eleme.msgNew.getPushFailMsg", "{}");
  ASSERT_EQ(kept.size(), 9U);
  const std::string first = kept[0]["requestId"];
  EXPECT_EQ(scene.CodeOf("eleme.msgNew.confirmPullMsg", R"({"requestIds":[")" + first + "\"]}"),
            "");
  EXPECT_TRUE(scene.eleme.Truth(id)->announced());
  EXPECT_EQ(scene.Result("eleme.message.getNonReachedOMessages", R"({"appId":10000001})").size(),
            8U);
  EXPECT_TRUE(scene.Result("eleme.msgNew.getPushFailMsg", "{}").empty());
  EXPECT_TRUE(scene.eleme.Truth(id)->settled());
}

TEST(ElemePush, ComesTwiceWithTheSameRequestId) {
  Options options = CalmOptions();
  options.faults.duplicated = 1;
  Scene scene(options);
  scene.eleme.SetShopOpen("10001", false, scene.now);
  scene.Run();
  ASSERT_EQ(scene.pushes.size(), 2U);
  EXPECT_EQ(scene.pushes[0].body["requestId"], scene.pushes[1].body["requestId"]);
}

TEST(ElemePush, ForgedIsNeverSignedWell) {
  Options options = CalmOptions();
  options.faults.forged = 1;
  Scene scene(options);
  for (int i = 0; i < 20; ++i) scene.eleme.CreateOrder(scene.now, CalmFate());
  scene.answer = [](const SeenPush& push) {
    return push.signed_well() ? PushAnswer{200, R"({"message":"ok"})"} : PushAnswer{401, ""};
  };
  scene.Run();
  const Counts counts = scene.eleme.counts();
  EXPECT_EQ(counts.forged, counts.pushes);
  EXPECT_EQ(counts.forged_accepted, 0U);
  EXPECT_EQ(counts.answered_ok, counts.pushes);
}

TEST(ElemePush, OfAPaidOrderMayNeverCome) {
  Options options = CalmOptions();
  options.faults.missing_paid = 1;
  Scene scene(options);
  const std::string id = scene.eleme.CreateOrder(scene.now, CalmFate());
  scene.Run();
  EXPECT_EQ(scene.pushes.front().type(), 12);
  EXPECT_TRUE(scene.eleme.Truth(id)->settled());
}

std::vector<int> TypesOf(const Scene& scene) {
  std::vector<int> types;
  for (const SeenPush& push : scene.pushes) types.push_back(push.type());
  return types;
}

TEST(ElemeNews, TellsThatAShopHasAnotherPhone) {
  Options options = CalmOptions();
  options.traffic.shop_changes = 1;
  Scene scene(options);
  const auto before = scene.Result("eleme.shop.getShop", R"({"shopId":10001})")["phones"];
  scene.eleme.CreateOrder(scene.now, CalmFate());
  scene.RunFor(seconds(0));
  ASSERT_THAT(TypesOf(scene), ElementsAre(93));
  EXPECT_EQ(scene.pushes[0].message, nlohmann::json({{"shopId", 10001}}));
  EXPECT_NE(scene.Result("eleme.shop.getShop", R"({"shopId":10001})")["phones"], before);
}

TEST(ElemeNews, TellsOfTheServiceMarket) {
  Options options = CalmOptions();
  options.traffic.service_orders = 1;
  Scene scene(options);
  scene.eleme.CreateOrder(scene.now, CalmFate());
  scene.RunFor(seconds(0));
  ASSERT_THAT(TypesOf(scene), ElementsAre(105));
  EXPECT_TRUE(scene.pushes[0].signed_well());
}

TEST(ElemeNews, TellsOfAnApplication) {
  Options options = CalmOptions();
  options.traffic.applications = 1;
  Scene scene(options);
  scene.eleme.CreateOrder(scene.now, CalmFate());
  scene.RunFor(seconds(0));
  ASSERT_THAT(TypesOf(scene), ElementsAre(221, 222));
  EXPECT_TRUE(scene.pushes[0].message.contains("rejectReason"));
  EXPECT_TRUE(scene.pushes[1].message.contains("auditTime"));
  EXPECT_EQ(scene.pushes[0].message["applyId"], scene.pushes[1].message["applyId"]);
}

TEST(ElemeQuirks, TellEachStateLeanlyToo) {
  Options options = CalmOptions();
  options.quirks.lean_state = 1;
  Scene scene(options);
  const std::string id = scene.eleme.CreateOrder(scene.now, CalmFate());
  scene.Run();
  EXPECT_THAT(scene.Types(id),
              ElementsAre("10", "12", "218", "51", "52", "53", "54", "55", "56", "18", "218"));
}

TEST(ElemeQuirks, WriteTypeAndUserAsText) {
  Options options = CalmOptions();
  options.quirks.type_as_text = options.quirks.user_as_text = 1;
  Scene scene(options);
  scene.eleme.SetShopOpen("10001", false, scene.now);
  scene.Run();
  EXPECT_EQ(scene.pushes[0].body["type"], "91");
  EXPECT_EQ(scene.pushes[0].body["userId"], "123456789012345678");
  EXPECT_TRUE(scene.pushes[0].signed_well());
}

TEST(ElemeQuirks, DegradeAnOrderForAWhile) {
  Options options = CalmOptions();
  options.faults.degraded = 1;
  options.quirks.degraded_for = minutes(1);
  Scene scene(options);
  const std::string id = scene.eleme.CreateOrder(scene.now, CalmFate());
  scene.RunUntil(id, "10");
  const auto& pushed = scene.pushes.front().message;
  EXPECT_EQ(pushed["downgraded"], true);
  EXPECT_EQ(pushed["totalPrice"], 0.0);
  EXPECT_TRUE(pushed["orderActivities"].empty());
  EXPECT_EQ(scene.Result("eleme.order.getOrder", OfOrder(id))["downgraded"], true);
  scene.RunFor(minutes(2));
  const auto read = scene.Result("eleme.order.getOrder", OfOrder(id));
  EXPECT_EQ(read["downgraded"], false);
  EXPECT_GT(read["totalPrice"].get<double>(), 0);
}

TEST(ElemeQuirks, AreAllReachable) {
  Options options = CalmOptions();
  options.quirks = {.several_baskets = 1,
                    .booked = 0,
                    .negative_zero = 1,
                    .unknown_members = 1,
                    .long_id = 1,
                    .misnamed_state = 1,
                    .lean = 1};
  Scene scene(options);
  std::set<std::string> states;
  for (int i = 0; i < 20; ++i) scene.eleme.CreateOrder(scene.now, CalmFate());
  scene.Run();
  bool zero = false;
  for (const SeenPush& push : scene.pushes) {
    if (push.type() == 10) {
      EXPECT_EQ(push.message["id"].get<std::string>().size(), 20U);
      EXPECT_TRUE(push.message["deliverTime"].is_null());
      EXPECT_TRUE(push.message.contains("cantBeKnown"));
      EXPECT_EQ(push.message["groups"][1]["name"], "2号篮子");
      zero = zero || push.push.body.find(":-0.0") != std::string::npos;
    }
    if (push.type() == 12) states.insert(push.message["state"]);
  }
  EXPECT_TRUE(zero);
  EXPECT_EQ(states, (std::set<std::string>{"invalid", "settled", "valid"}));
  EXPECT_EQ(scene.pushes[1].type(), 217);
}

}  // namespace
}  // namespace weir::simulators::eleme
