// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <set>

#include "tests/simulators/douyin/scene.hpp"

namespace weir::simulators::douyin {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;

TEST(DouyinPush, CarriesItsContentAsTextAndItsSignatureInAHeader) {
  Scene scene;
  scene.douyin.CreateOrder(scene.now, CalmFate());
  scene.Run();
  ASSERT_EQ(scene.pushes.size(), 8U);
  std::set<std::string> ids;
  for (const SeenPush& push : scene.pushes) {
    EXPECT_TRUE(push.signed_well());
    EXPECT_TRUE(push.body["content"].is_string());
    EXPECT_EQ(push.body["client_key"], "awdemo0001");
    EXPECT_EQ(push.push.url, "https://gw.example.com/hooks/dy-main");
    EXPECT_EQ(push.push.content_type, "application/json");
    ids.insert(push.header("Msg-Id"));
  }
  EXPECT_EQ(ids.size(), 8U);
}

TEST(DouyinPush, OfANewTakeawayHoldsAllOfIt) {
  Scene scene;
  Fate fate = CalmFate();
  fate.self_delivery = true;
  const std::string id = scene.douyin.CreateOrder(scene.now, fate);
  scene.Run();
  const auto& content = scene.pushes.front().content;
  EXPECT_EQ(content["order"]["order_id"], id);
  EXPECT_EQ(content["order"]["shop_number"], "1");
  EXPECT_EQ(content["order"]["is_book"], 1);
  EXPECT_EQ(content["order"]["is_self_deliver"], 1);
  EXPECT_EQ(content["poi"]["poi_id"], "7000000000000000001");
  EXPECT_NE(content["receiver_info"]["location_address"], "");
  EXPECT_EQ(content["receiver_info"]["receive_real_phone"], "");
  EXPECT_FALSE(content["products"][0]["commodities"][0]["items"].empty());
}

TEST(DouyinPush, KeepsTheAddressFromAMerchantWhoDoesNotDeliver) {
  Scene scene;
  scene.douyin.CreateOrder(scene.now, CalmFate());
  scene.Run();
  const auto& whom = scene.pushes.front().content["receiver_info"];
  EXPECT_EQ(whom["location_address"], "");
  EXPECT_EQ(whom["lat"], "");
}

// The identities of protocol notes A6.4, read from the wire alone.
TEST(DouyinMoney, AddsUpToTheFenOnTheWire) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    Options options = CalmOptions();
    options.seed = seed;
    Scene scene(options);
    const std::string id = scene.douyin.CreateOrder(scene.now, CalmFate());
    scene.RunUntil(id, "life_takeout_order_pay_success");
    const auto& content = scene.pushes.front().content;
    const auto fen = [&](const char* name) { return content["amount_info"][name].get<Fen>(); };
    Fen lines = 0;
    for (const auto& line : content["products"]) lines += line["origin_amount"].get<Fen>();
    EXPECT_EQ(fen("sale_price"), lines);
    EXPECT_EQ(fen("origin_amount"), fen("pay_amount") + fen("discount_amount"));
    EXPECT_GE(fen("origin_amount") - fen("sale_price"), fen("freight_pay_amount"));
    EXPECT_LE(fen("activities_fee_amount"), fen("discount_amount"));
    EXPECT_GE(fen("pay_amount"), 100);
    const auto truth = scene.douyin.Truth(id);
    EXPECT_EQ(truth->total, fen("pay_amount"));
    EXPECT_EQ(truth->discounts, fen("discount_amount"));
    EXPECT_EQ(*truth->commission, fen("commission_amount"));
    EXPECT_EQ(*truth->income, fen("estimated_order_income"));
  }
}

TEST(DouyinMoney, BreaksAnIdentityWhenAskedTo) {
  Options options = CalmOptions();
  options.quirks.broken_amounts = 1;
  Scene scene(options);
  scene.douyin.CreateOrder(scene.now, CalmFate());
  scene.Run();
  const auto& content = scene.pushes.front().content;
  const auto fen = [&](const char* name) { return content["amount_info"][name].get<Fen>(); };
  Fen lines = 0;
  for (const auto& line : content["products"]) lines += line["origin_amount"].get<Fen>();
  EXPECT_TRUE(fen("origin_amount") != fen("pay_amount") + fen("discount_amount") ||
              fen("sale_price") != lines);
}

TEST(DouyinPush, WritesIdsAsNumbersAndTimesInMillisecondsWhenAskedTo) {
  Options options = CalmOptions();
  options.quirks.ids_as_numbers = options.quirks.milliseconds = 1;
  Scene scene(options);
  const std::string id = scene.douyin.CreateOrder(scene.now, CalmFate());
  scene.Run();
  const auto& order = scene.pushes.front().content["order"];
  EXPECT_TRUE(order["order_id"].is_number_integer());
  EXPECT_EQ(order["order_id"].dump(), id);
  EXPECT_EQ(order["create_time"], kStart.time_since_epoch().count());
}

TEST(DouyinPush, WritesItsContentAsAnObjectWhenAskedTo) {
  Options options = CalmOptions();
  options.quirks.content_as_object = 1;
  Scene scene(options);
  scene.douyin.CreateOrder(scene.now, CalmFate());
  scene.Run();
  EXPECT_TRUE(scene.pushes.front().body["content"].is_object());
  EXPECT_TRUE(scene.pushes.front().signed_well());
}

TEST(DouyinPush, MayHaveLineBreaksThatItsSignatureDoesNotCover) {
  Options options = CalmOptions();
  options.quirks.line_breaks = 1;
  Scene scene(options);
  for (int i = 0; i < 5; ++i) scene.douyin.CreateOrder(scene.now, CalmFate());
  scene.Run();
  int covered = 0;
  for (const SeenPush& push : scene.pushes) {
    EXPECT_NE(push.push.body.find("\r\n"), std::string::npos);
    EXPECT_TRUE(push.signed_well());
    covered += push.header("X-Douyin-Signature") == SignWebhook(push.push.body, kSecret) ? 1 : 0;
  }
  EXPECT_GT(covered, 0);
  EXPECT_LT(covered, static_cast<int>(scene.pushes.size()));
}

TEST(DouyinPush, IsRepeatedThreeTimesWithTheSameId) {
  Scene scene;
  scene.answer = [](const SeenPush&) { return PushAnswer{500, "no"}; };
  scene.douyin.SetShopOpen("7000000000000000001", false, scene.now);
  scene.Run();
  std::vector<std::int64_t> after;
  for (const SeenPush& push : scene.pushes) {
    after.push_back(std::chrono::duration_cast<seconds>(push.at - kStart).count());
    EXPECT_EQ(push.header("Msg-Id"), scene.pushes.front().header("Msg-Id"));
  }
  EXPECT_THAT(after, ElementsAre(0, 1, 6, 36));
  EXPECT_EQ(scene.douyin.counts().given_up, 1U);
}

TEST(DouyinPush, IsNotAnsweredWellByAnErrorCode) {
  Scene scene;
  scene.answer = [](const SeenPush&) { return PushAnswer{200, R"({"data":{"error_code":100}})"}; };
  scene.douyin.SetShopOpen("7000000000000000001", false, scene.now);
  scene.Run();
  EXPECT_EQ(scene.douyin.counts().failed, 4U);
}

TEST(DouyinPush, ForgedIsNeverSignedWell) {
  Options options = CalmOptions();
  options.faults.forged = 1;
  options.traffic.refunded = 1;
  options.traffic.coupons = 0.3;
  options.quirks.line_breaks = 0.3;
  Scene scene(options);
  for (int i = 0; i < 20; ++i) scene.douyin.CreateOrder(scene.now);
  scene.answer = [](const SeenPush& push) {
    return push.signed_well() ? PushAnswer{200, kOk} : PushAnswer{401, ""};
  };
  scene.Run();
  const Counts counts = scene.douyin.counts();
  EXPECT_EQ(counts.forged, counts.pushes);
  EXPECT_EQ(counts.forged_accepted, 0U);
  EXPECT_EQ(counts.answered_ok, counts.pushes);
}

TEST(DouyinPush, OfWhatWasPaidMayNeverCome) {
  Options options = CalmOptions();
  options.faults.missing_paid = 1;
  Scene scene(options);
  scene.douyin.CreateOrder(scene.now, CalmFate());
  scene.douyin.CreateOrder(scene.now, CouponsFate({}));
  scene.Run();
  EXPECT_EQ(scene.douyin.counts().suppressed, 2U);
}

TEST(DouyinPush, OfAnUnknownEventComesBesideTheOthers) {
  Options options = CalmOptions();
  options.quirks.unknown_events = 1;
  Scene scene(options);
  scene.douyin.CreateOrder(scene.now, CalmFate());
  scene.Run();
  EXPECT_EQ(scene.pushes.size(), 16U);
}

TEST(DouyinProbe, ComesBeforeTheFirstOrderAndWantsItsChallengeBack) {
  Options options = CalmOptions();
  options.probes = true;
  Scene scene(options);
  scene.answer = [](const SeenPush& push) {
    return push.event() == "verify_webhook" ? PushAnswer{200, push.content.dump()}
                                            : PushAnswer{200, kOk};
  };
  scene.douyin.CreateOrder(scene.now, CalmFate());
  scene.douyin.CreateOrder(scene.now, CalmFate());
  scene.Run();
  EXPECT_EQ(scene.pushes.front().event(), "verify_webhook");
  EXPECT_TRUE(scene.pushes.front().content["challenge"].is_number_integer());
  EXPECT_TRUE(scene.pushes.front().signed_well());
  EXPECT_EQ(scene.pushes.size(), 17U);
  EXPECT_EQ(scene.douyin.counts().failed, 0U);
}

TEST(DouyinProbe, IsNotAnsweredByAnotherChallenge) {
  Scene scene;
  scene.answer = [](const SeenPush&) { return PushAnswer{200, R"({"challenge":1})"}; };
  scene.douyin.Probe(scene.now);
  scene.Run();
  EXPECT_EQ(scene.douyin.counts().given_up, 1U);
}

TEST(DouyinSpi, AsksWithBothSignatures) {
  Scene scene;
  Fate fate = CalmFate();
  fate.refund = RefundFate{};
  const std::string id = scene.douyin.CreateOrder(scene.now, fate);
  scene.RunUntil(id, "trade.takeout.refund_apply");
  const SeenPush& push = scene.pushes.back();
  ASSERT_TRUE(push.spi());
  EXPECT_TRUE(push.signed_well());
  EXPECT_TRUE(push.push.url.starts_with(
      "https://gw.example.com/hooks/dy-main/spi/trade.takeout.refund_apply?client_key="));
  EXPECT_EQ(push.header("x-life-clientkey"), "awdemo0001");
  EXPECT_EQ(push.content["order_id"], id);
  EXPECT_EQ(push.content["after_sale_type"], 2);
  EXPECT_EQ(push.content["refund_amount"], scene.douyin.Truth(id)->total);
}

TEST(DouyinPush, TellsOfAProductsAudit) {
  Scene scene;
  scene.douyin.AuditProduct("6993730008241948703", true, scene.now);
  scene.Run();
  EXPECT_EQ(scene.pushes.back().event(), "life_product_audit");
  EXPECT_EQ(scene.pushes.back().content["status"], "PASS");
}

}  // namespace
}  // namespace weir::simulators::douyin
