// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "tests/simulators/sf_city/scene.hpp"

namespace weir::simulators::sf_city {
namespace {

using std::chrono::seconds;

TEST(SfCityPush, HasTheMembersOfItsKind) {
  Scene scene;
  scene.Order("shp-1");
  scene.Run();
  const auto& body = scene.pushes.at(0).body;
  EXPECT_EQ(body.at("shop_id"), 3'243'279'847'393);
  EXPECT_EQ(body.at("sf_order_id"), scene.courier.Truth("shp-1")->platform_no);
  EXPECT_EQ(body.at("shop_order_id"), "shp-1");
  EXPECT_EQ(body.at("url_index"), "rider_status");
  EXPECT_EQ(body.at("order_status"), 10);
  EXPECT_EQ(body.at("status_desc"), "配送员已接单");
  EXPECT_TRUE(body.at("rider_lng").is_string());
  EXPECT_TRUE(body.at("push_time").is_number_integer());
  EXPECT_EQ(scene.pushes.back().body.at("url_index"), "order_complete");
}

TEST(SfCityPush, OfATroubleHasNoStatus) {
  Scene scene;
  scene.Order("shp-1", {.troubled = true});
  scene.Run();
  const auto& body = scene.pushes.at(3).body;
  EXPECT_EQ(body.at("url_index"), "rider_exception");
  EXPECT_FALSE(body.contains("order_status"));
  EXPECT_TRUE(body.contains("ex_content"));
}

TEST(SfCityPush, OfACancelSaysWhy) {
  Scene scene;
  scene.Order("shp-1", {.end = CourierFate::End::kCancelled});
  scene.Run();
  EXPECT_EQ(scene.pushes.at(0).body.at("url_index"), "sf_cancel");
  EXPECT_EQ(scene.pushes.at(0).body.at("cancel_reason"), "系统取消");
}

TEST(SfCityPush, TellsTheMerchantsOwnCancelWhereAsked) {
  Options options = CalmOptions();
  options.quirks.own_cancels = 1;
  Scene scene(options);
  scene.Order("shp-1");
  scene.Call("cancelorder", OfOrder("shp-1"));
  scene.Run();
  ASSERT_EQ(scene.pushes.size(), 1U);
  EXPECT_EQ(scene.pushes.at(0).body.at("order_status"), 2);
}

TEST(SfCityPush, IsSigned) {
  Scene scene;
  scene.Order("shp-1");
  scene.Run();
  for (const SeenPush& seen : scene.pushes) EXPECT_TRUE(SignedWell(seen.push)) << seen.push.url;
}

TEST(SfCityPush, WritesItsIdAsANumberWhereAsked) {
  Options options = CalmOptions();
  options.quirks.number_ids = 1;
  Scene scene(options);
  scene.Order("shp-1");
  scene.Run();
  EXPECT_EQ(scene.pushes.at(0).body.at("sf_order_id").dump(),
            scene.courier.Truth("shp-1")->platform_no);
  EXPECT_TRUE(scene.Result("getorderstatus", OfOrder("shp-1")).at("order_id").is_number_integer());
}

TEST(SfCityPush, EndsItsKindInABlankWhereAsked) {
  Options options = CalmOptions();
  options.quirks.trailing_blank = 1;
  Scene scene(options);
  scene.Order("shp-1");
  scene.Run();
  EXPECT_EQ(scene.pushes.at(0).body.at("url_index"), "rider_status ");
}

TEST(SfCityPush, ComesAgainTwentyTimes) {
  for (const char* body : {"", R"({"error_code":1})"}) {
    Scene scene;
    scene.answer = [body](const SeenPush&) { return PushAnswer{200, body}; };
    scene.Order("shp-1", {.stuck_in = Stage::kAssigned});
    scene.Run();
    EXPECT_EQ(scene.pushes.size(), 21U);
    EXPECT_EQ(scene.courier.counts().given_up, 1U);
  }
}

TEST(SfCityPush, ComesTwiceWhereAsked) {
  Options options = CalmOptions();
  options.faults.duplicated = 1;
  Scene scene(options);
  scene.Order("shp-1");
  scene.Run();
  EXPECT_EQ(scene.pushes.size(), 8U);
}

TEST(SfCityPush, OvertakesWhereAsked) {
  Options options = CalmOptions();
  options.faults.reordered = 0.5;
  options.faults.reordered_within = std::chrono::minutes(10);
  Scene scene(options);
  for (int i = 0; i < 5; ++i) scene.Order("shp-" + std::to_string(i));
  scene.Run();
  std::vector<std::int64_t> times;
  for (const SeenPush& seen : scene.pushes) times.push_back(seen.body.at("push_time"));
  EXPECT_FALSE(std::ranges::is_sorted(times));
}

TEST(SfCityPush, ComesWithForgeriesThatCanBeTold) {
  Options options = CalmOptions();
  options.faults.forged = 1;
  Scene scene(options);
  scene.answer = [&](const SeenPush& seen) {
    return SignedWell(seen.push) ? PushAnswer{200, R"({"error_code":0})"} : PushAnswer{403, ""};
  };
  for (int i = 0; i < 10; ++i) scene.Order("shp-" + std::to_string(i));
  scene.Run();
  EXPECT_EQ(scene.courier.counts().forged, 40U);
  EXPECT_EQ(scene.courier.counts().forged_accepted, 0U);
  EXPECT_EQ(scene.courier.counts().answered_ok, 40U);
}

TEST(SfCityCallbacks, CanBeAskedFor) {
  Scene scene;
  scene.answer = [](const SeenPush&) { return PushAnswer{503, ""}; };
  scene.Order("shp-1");
  scene.RunUntil("shp-1", "delivered");
  const auto all = scene.Result("getcallbackinfo", OfOrder("shp-1"));
  ASSERT_EQ(all.size(), 4U);
  EXPECT_EQ(all.at(3).at("order_status"), 17);
  EXPECT_TRUE(all.at(3).at("rider_lng").is_number());
}

}  // namespace
}  // namespace weir::simulators::sf_city
