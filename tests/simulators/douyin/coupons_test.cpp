// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "tests/simulators/douyin/scene.hpp"

namespace weir::simulators::douyin {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr const char* kShop = "7000000000000000001";

/// One paid order of two coupons that nobody uses by himself.
class DouyinCoupons : public testing::Test {
 protected:
  DouyinCoupons() {
    id_ = scene_.douyin.CreateOrder(scene_.now, CouponsFate({.count = 2, .verified = 0}));
    scene_.Run();
  }

  nlohmann::json Prepare() {
    return scene_.Get("fulfilment/certificate/prepare/?poi_id=7000000000000000001&code=" + Code(0));
  }
  nlohmann::json Verify(const std::string& token, const std::string& code) {
    return scene_.Post("fulfilment/certificate/verify/",
                       R"({"verify_token":")" + token + R"(","poi_id":")" + kShop +
                           R"(","encrypted_codes":[")" + code + "\"]}");
  }
  nlohmann::json Cancel(const nlohmann::json& result) {
    return scene_.Post("fulfilment/certificate/cancel/",
                       R"({"verify_id":")" + result["verify_id"].get<std::string>() +
                           R"(","certificate_id":")" + result["certificate_id"].get<std::string>() +
                           "\"}");
  }
  const Certificate& Coupon(std::size_t index) {
    return scene_.douyin.Find(id_)->coupons->certificates.at(index);
  }
  std::string Code(std::size_t index) { return Coupon(index).code; }
  std::string Status() { return std::string(scene_.douyin.Truth(id_)->status); }

  Scene scene_;
  std::string id_;
};

TEST_F(DouyinCoupons, AreToldOfWhenTheyArePaid) {
  ASSERT_EQ(scene_.pushes.size(), 1U);
  EXPECT_EQ(scene_.pushes[0].event(), "life_trade_order_notify");
  EXPECT_EQ(scene_.pushes[0].content["action"], "pay_success");
  EXPECT_EQ(scene_.pushes[0].content["order"]["order_id"], id_);
  EXPECT_EQ(scene_.pushes[0].content["order"]["pay_amount"], scene_.douyin.Truth(id_)->total);
  EXPECT_EQ(Status(), "placed");
}

TEST_F(DouyinCoupons, ArePreparedAndVerified) {
  const auto prepared = Prepare();
  ASSERT_EQ(CodeOf(prepared), 0);
  ASSERT_EQ(prepared["data"]["certificates"].size(), 2U);
  EXPECT_EQ(prepared["data"]["order_id"], id_);
  const std::string token = prepared["data"]["verify_token"];
  const std::string code = prepared["data"]["certificates"][0]["encrypted_code"];
  const auto verified = Verify(token, code);
  ASSERT_EQ(CodeOf(verified), 0);
  const auto& result = verified["data"]["verify_results"][0];
  EXPECT_EQ(result["result"], 0);
  EXPECT_EQ(result["certificate_id"], Coupon(0).id);
  EXPECT_EQ(result["origin_code"], Code(0));
  EXPECT_EQ(Status(), "accepted");
  EXPECT_EQ(scene_.douyin.Truth(id_)->shop, kShop);
  scene_.Run();
  EXPECT_EQ(scene_.pushes.back().event(), "life_trade_certificate_notify");
  EXPECT_EQ(scene_.pushes.back().content["action"], "verify");
  EXPECT_EQ(Prepare()["data"]["certificates"].size(), 1U);
}

TEST_F(DouyinCoupons, SayWhenTheyAreUsedAlready) {
  const std::string token = Prepare()["data"]["verify_token"];
  (void)Verify(token, Coupon(0).encrypted);
  const auto again = Verify(token, Coupon(0).encrypted);
  EXPECT_EQ(CodeOf(again), 0);
  const int result = again["data"]["verify_results"][0]["result"];
  EXPECT_TRUE(result == 1208 || result == 2);
  EXPECT_EQ(again["data"]["verify_results"][0]["verify_id"], Coupon(0).verifications[0].id);
}

TEST_F(DouyinCoupons, CompleteTheirOrderWhenAllAreUsed) {
  const std::string token = Prepare()["data"]["verify_token"];
  (void)Verify(token, Coupon(0).encrypted);
  (void)Verify(token, Coupon(1).encrypted);
  EXPECT_EQ(Status(), "completed");
  EXPECT_EQ(scene_.douyin.Truth(id_)->platform_status, 1);
  EXPECT_EQ(CodeOf(Prepare()), 1263);
}

TEST_F(DouyinCoupons, AreTakenBackWithinAnHour) {
  const std::string token = Prepare()["data"]["verify_token"];
  const auto first = Verify(token, Coupon(0).encrypted)["data"]["verify_results"][0];
  const auto second = Verify(token, Coupon(1).encrypted)["data"]["verify_results"][0];
  scene_.now += hours(1);
  EXPECT_EQ(CodeOf(Cancel(first)), 0);
  EXPECT_EQ(CodeOf(Cancel(first)), 1265);
  scene_.now += seconds(1);
  EXPECT_EQ(CodeOf(Cancel(second)), 1250);
  EXPECT_FALSE(Coupon(0).used());
  EXPECT_EQ(scene_.douyin.Truth(id_)->platform_status, 201);
}

TEST_F(DouyinCoupons, RefuseWhatTheyDoNotKnow) {
  EXPECT_EQ(CodeOf(scene_.Get("fulfilment/certificate/prepare/?code=1")), 1212);
  EXPECT_EQ(CodeOf(scene_.Get("fulfilment/certificate/prepare/?encrypted_data=x")), 1221);
  EXPECT_EQ(CodeOf(scene_.Get("fulfilment/certificate/prepare/")), 1502);
  EXPECT_EQ(CodeOf(Verify("unknown", Coupon(0).encrypted)), 45005117);
  EXPECT_EQ(
      CodeOf(scene_.Post("fulfilment/certificate/verify/", R"({"poi_id":"7000000000000000001"})")),
      4000001);
  EXPECT_EQ(CodeOf(scene_.Get("fulfilment/certificate/query/")), 4000001);
}

TEST_F(DouyinCoupons, AreReadInSecondsAndInMilliseconds) {
  (void)Verify(Prepare()["data"]["verify_token"], Coupon(0).encrypted);
  const auto all = scene_.Get("fulfilment/certificate/query/?order_id=" + id_);
  ASSERT_EQ(all["data"]["certificates"].size(), 2U);
  EXPECT_EQ(all["data"]["certificates"][0]["status"], 2);
  EXPECT_EQ(all["data"]["certificates"][0]["verify"]["verify_type"], 4);
  EXPECT_EQ(all["data"]["certificates"][1]["status"], 1);
  const auto one = scene_.Get("fulfilment/certificate/get/?code=" + Code(0));
  const std::int64_t seconds = all["data"]["certificates"][0]["verify"]["verify_time"];
  EXPECT_EQ(one["data"]["certificate"]["verify"]["verify_time"], seconds * 1000);
}

TEST_F(DouyinCoupons, KeepARecordOfEachVerification) {
  const std::string token = Prepare()["data"]["verify_token"];
  const auto first = Verify(token, Coupon(0).encrypted)["data"]["verify_results"][0];
  (void)Verify(token, Coupon(1).encrypted);
  (void)Cancel(first);
  const auto page = [&](const std::string& cursor) {
    return scene_.Get(
        "fulfilment/certificate/verify_record/query/?poi_ids=7000000000000000001"
        "&size=1&cursor=" +
        cursor)["data"];
  };
  const auto one = page("0");
  EXPECT_EQ(one["total"], 2);
  EXPECT_EQ(one["records"][0]["status"], 2);
  const auto two = page(one["records"][0]["cursor"]);
  EXPECT_EQ(two["records"][0]["status"], 1);
  EXPECT_TRUE(page(two["records"][0]["cursor"])["records"].empty());
}

TEST(DouyinCouponLife, IsPlayedOutByTheShop) {
  Scene scene;
  const std::string id = scene.douyin.CreateOrder(
      scene.now, CouponsFate({.count = 2, .verified = 2, .cancelled = true}));
  scene.Run();
  const auto truth = scene.douyin.Truth(id);
  EXPECT_EQ(truth->status, "completed");
  EXPECT_EQ(truth->events.size(), 5U);  // Paid, verified twice, taken back, verified again.
}

TEST(DouyinCouponLife, RefundsWhatWasNotUsed) {
  Scene scene;
  const std::string part =
      scene.douyin.CreateOrder(scene.now, CouponsFate({.count = 3, .verified = 2, .refunded = 1}));
  const std::string whole =
      scene.douyin.CreateOrder(scene.now, CouponsFate({.count = 2, .verified = 0, .refunded = 2}));
  scene.Run();
  const auto some = scene.douyin.Truth(part);
  EXPECT_EQ(some->status, "accepted");
  EXPECT_EQ(some->refunded, some->total / 3);
  EXPECT_TRUE(some->refunds[0].partial);
  const auto all = scene.douyin.Truth(whole);
  EXPECT_EQ(all->status, "cancelled");
  EXPECT_EQ(all->refunded, all->total);
}

TEST(DouyinCouponLife, SaysNothingOfWhatWasNotPaidFor) {
  Scene scene;
  Fate fate = CouponsFate({});
  fate.ending = Ending::kUnpaid;
  const std::string id = scene.douyin.CreateOrder(scene.now, fate);
  scene.Run();
  EXPECT_TRUE(scene.pushes.empty());
  EXPECT_EQ(scene.douyin.Truth(id)->platform_status, 101);
}

}  // namespace
}  // namespace weir::simulators::douyin
