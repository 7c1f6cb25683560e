// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "base/text.hpp"
#include "tests/simulators/dada/scene.hpp"

namespace weir::simulators::dada {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;

/// Whether the signature holds, checked from the push as it came.
bool SignedWell(const nlohmann::json& body) {
  const auto& time = body.at("update_time");
  return EqualIgnoreCase(
      body.at("signature").get<std::string>(),
      SignCallback({.client_id = body.at("client_id"),
                    .order_id = body.at("order_id"),
                    .update_time = time.is_string() ? time.get<std::string>() : time.dump()}));
}

TEST(DadaPush, HasTheMembersOfItsStatus) {
  Scene scene;
  auto order = OrderOf("shp-1");
  order["is_finish_code_needed"] = 1;
  scene.Call("/order/addOrder", order);
  scene.Run();
  const auto& first = scene.pushes.at(0).body;
  EXPECT_EQ(first.at("order_status"), 1);
  EXPECT_EQ(first.at("client_id"), scene.courier.Truth("shp-1")->platform_no);
  EXPECT_EQ(first.at("update_time"), 1'700'000'000);
  EXPECT_FALSE(first.contains("dm_id"));
  EXPECT_FALSE(first.contains("repeat_reason_type"));
  const auto& road = scene.pushes.at(3).body;
  EXPECT_TRUE(road.contains("dm_mobile"));
  EXPECT_EQ(road.at("finish_code").get<std::string>().size(), 4U);
}

TEST(DadaPush, IsSigned) {
  Scene scene;
  scene.Order("shp-1");
  scene.Run();
  for (const SeenPush& seen : scene.pushes) EXPECT_TRUE(SignedWell(seen.body)) << seen.body;
}

TEST(DadaPush, GoesToTheUrlOfItsOrder) {
  Scene scene;
  auto order = OrderOf("shp-1");
  order["callback"] = "https://elsewhere.example.com/x";
  scene.Call("/order/addOrder", order);
  scene.Run(scene.now);
  EXPECT_EQ(scene.pushes.at(0).push.url, "https://elsewhere.example.com/x");
}

TEST(DadaPush, OfWhatNeverBeganTellsMilliseconds) {
  Scene scene;
  scene.Order("shp-1", {.end = CourierFate::End::kStillborn});
  scene.Run();
  EXPECT_EQ(scene.pushes.at(0).body.at("update_time"), 1'700'000'000'000);
  EXPECT_EQ(scene.pushes.at(0).body.at("client_id"), "");
  EXPECT_TRUE(SignedWell(scene.pushes.at(0).body));
}

TEST(DadaPush, WritesTheTimeAsTextWhereAsked) {
  Options options = CalmOptions();
  options.quirks.text_time = 1;
  Scene scene(options);
  scene.Order("shp-1");
  scene.Run();
  EXPECT_EQ(scene.pushes.at(0).body.at("update_time"), "1700000000");
  EXPECT_TRUE(SignedWell(scene.pushes.at(0).body));
}

TEST(DadaPush, SignsInUpperCaseWhereAsked) {
  Options options = CalmOptions();
  options.quirks.upper_signature = 1;
  Scene scene(options);
  scene.Order("shp-1");
  scene.Run(scene.now);
  const std::string signature = scene.pushes.at(0).body.at("signature");
  EXPECT_NE(signature, ToLower(signature));
  EXPECT_TRUE(SignedWell(scene.pushes.at(0).body));
}

TEST(DadaPush, ComesAgainThreeTimesAMinuteApart) {
  Scene scene;
  scene.answer = [](const SeenPush&) { return PushAnswer{503, ""}; };
  scene.Order("shp-1", {.stuck_in = Stage::kSearching});
  scene.Run();
  ASSERT_EQ(scene.pushes.size(), 4U);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(scene.pushes.at(i).at, kStart + i * seconds(60));
    EXPECT_EQ(scene.pushes.at(i).push.body, scene.pushes.at(0).push.body);
  }
  EXPECT_EQ(scene.courier.counts().given_up, 1U);
}

TEST(DadaPush, IsTakenWithAnyBodyButAFailure) {
  for (const auto& [body, pushes] : {std::pair{"", 1U}, {"ok", 1U}, {R"({"status":"fail"})", 4U}}) {
    Scene scene;
    scene.answer = [body](const SeenPush&) { return PushAnswer{200, body}; };
    scene.Order("shp-1", {.stuck_in = Stage::kSearching});
    scene.Run();
    EXPECT_EQ(scene.pushes.size(), pushes) << body;
  }
}

TEST(DadaPush, ComesTwiceWhereAsked) {
  Options options = CalmOptions();
  options.faults.duplicated = 1;
  Scene scene(options);
  scene.Order("shp-1");
  scene.Run();
  EXPECT_EQ(scene.pushes.size(), 10U);
  EXPECT_EQ(scene.courier.counts().duplicated, 5U);
}

TEST(DadaPush, OvertakesWhereAsked) {
  Options options = CalmOptions();
  options.faults.reordered = 0.5;
  options.faults.reordered_within = std::chrono::minutes(10);
  Scene scene(options);
  for (int i = 0; i < 5; ++i) scene.Order("shp-" + std::to_string(i));
  scene.Run();
  std::vector<std::int64_t> times;
  for (const SeenPush& seen : scene.pushes) times.push_back(seen.body.at("update_time"));
  EXPECT_FALSE(std::ranges::is_sorted(times));
}

TEST(DadaPush, ComesWithForgeriesThatCanBeTold) {
  Options options = CalmOptions();
  options.faults.forged = 1;
  Scene scene(options);
  const auto genuine = [](const SeenPush& seen) {
    return SignedWell(seen.body) && seen.push.url == kCallback;
  };
  scene.answer = [&](const SeenPush& seen) { return PushAnswer{genuine(seen) ? 200U : 403U, ""}; };
  for (int i = 0; i < 10; ++i) scene.Order("shp-" + std::to_string(i));
  scene.Run();
  EXPECT_EQ(scene.courier.counts().forged, 50U);
  EXPECT_EQ(scene.courier.counts().forged_accepted, 0U);
  EXPECT_EQ(scene.courier.counts().answered_ok, 50U);
}

TEST(DadaPush, OfARiderWhoAsksIsAMessage) {
  Scene scene;
  scene.Order("shp-1", {.asks_off = true});
  scene.Run();
  const auto found = std::ranges::find_if(
      scene.pushes, [](const SeenPush& seen) { return seen.body.contains("messageType"); });
  ASSERT_NE(found, scene.pushes.end());
  const auto inner = nlohmann::json::parse(found->body.at("messageBody").get<std::string>());
  EXPECT_EQ(inner.at("orderId"), "shp-1");
  EXPECT_EQ(inner.at("dadaOrderId").dump(), scene.courier.Truth("shp-1")->platform_no);
}

TEST(DadaLedger, SaysWhatWasToldAndTaken) {
  Scene scene;
  scene.Order("shp-1");
  scene.Run();
  const auto truth = *scene.courier.Truth("shp-1");
  EXPECT_THAT(truth.way,
              ElementsAre("searching", "assigned", "at_pickup", "picked_up", "delivered"));
  ASSERT_EQ(truth.events.size(), 5U);
  for (const Event& event : truth.events) EXPECT_EQ(event.answered_ok, 1U) << event.what;
  EXPECT_FALSE(truth.live);
  EXPECT_EQ(truth.ended, scene.now);
  EXPECT_EQ(scene.courier.Shipments().size(), 1U);
}

}  // namespace
}  // namespace weir::simulators::dada
