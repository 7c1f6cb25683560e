// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "tests/simulators/sf_city/scene.hpp"

namespace weir::simulators::sf_city {
namespace {

using End = CourierFate::End;
using testing::ElementsAre;

struct Life {
  const char* name;
  CourierFate fate;
  std::vector<std::string> told;
  std::string_view status;
};

class SfCityLives : public testing::TestWithParam<Life> {};

TEST_P(SfCityLives, TellTheirStages) {
  Scene scene;
  scene.Order("shp-1", GetParam().fate);
  scene.Run();
  EXPECT_EQ(scene.Told(), GetParam().told);
  EXPECT_EQ(scene.courier.Truth("shp-1")->status, GetParam().status);
}

INSTANTIATE_TEST_SUITE_P(
    SfCity, SfCityLives,
    testing::Values(
        Life{"delivered", {}, {"10", "12", "15", "17"}, "delivered"},
        Life{"unaccepted", {.end = End::kUnaccepted}, {"2"}, "cancelled"},
        Life{"called_off",
             {.end = End::kCancelled, .cancelled_in = Stage::kAssigned},
             {"10", "2"},
             "cancelled"},
        Life{"given_up",
             {.given_up_in = Stage::kAtPickup},
             {"10", "12", "22", "10", "12", "15", "17"},
             "delivered"},
        Life{"handed_on", {.handed_on = true}, {"10", "10", "12", "15", "17"}, "delivered"},
        Life{"troubled",
             {.troubled = true},
             {"10", "12", "15", "rider_exception", "17"},
             "delivered"},
        Life{"returned",
             {.end = End::kReturned},
             {"10", "12", "15", "rider_exception", "2"},
             "cancelled"},
        Life{"refused_as_suspicious", {.end = End::kStillborn}, {"28"}, "cancelled"},
        Life{"stuck", {.stuck_in = Stage::kPickedUp}, {"10", "12", "15"}, "picked_up"}),
    [](const auto& each) { return std::string(each.param.name); });

TEST(SfCityLife, SaysAnExceptionWhileItComesBack) {
  Scene scene;
  scene.Order("shp-1", {.end = End::kReturned});
  scene.RunUntil("shp-1", "exception");
  EXPECT_EQ(scene.Result("getorderstatus", OfOrder("shp-1")).at("order_status"), 91);
  EXPECT_TRUE(scene.courier.Truth("shp-1")->live);
}

TEST(SfCityLife, MovesTheRiderFromTheShopToTheReceiver) {
  Scene scene;
  scene.Order("shp-1");
  scene.RunUntil("shp-1", "picked_up");
  const auto latitude = [&] {
    return scene.Result("riderlatestposition", OfOrder("shp-1")).at("rider_lat");
  };
  EXPECT_EQ(latitude(), "31.229081");
  scene.RunUntil("shp-1", "delivered");
  EXPECT_EQ(latitude(), "31.257801");
}

TEST(SfCityLife, LocatesARiderEveryHalfMinute) {
  Scene scene;
  scene.Order("shp-1");
  scene.RunUntil("shp-1", "picked_up");
  scene.RunFor(std::chrono::seconds(29));
  const auto at = std::stoll(
      scene.Result("riderlatestposition", OfOrder("shp-1")).at("upload_time").get<std::string>());
  EXPECT_LE(at, UnixSeconds(scene.now));
  EXPECT_TRUE(at % 30 == 0 || at == UnixSeconds(scene.pushes.back().at));
}

TEST(SfCityLife, KnowsNoPlaceWithoutARider) {
  Scene scene;
  scene.Order("shp-1");
  EXPECT_EQ(scene.Code("riderlatestposition", OfOrder("shp-1")), code::kNoRider);
}

TEST(SfCityLedger, SaysWhatWasToldAndTaken) {
  Scene scene;
  scene.Order("shp-1");
  scene.Run();
  const auto truth = *scene.courier.Truth("shp-1");
  EXPECT_THAT(truth.way,
              ElementsAre("searching", "assigned", "at_pickup", "picked_up", "delivered"));
  ASSERT_EQ(truth.events.size(), 4U);
  for (const Event& event : truth.events) EXPECT_EQ(event.answered_ok, 1U) << event.what;
  EXPECT_EQ(scene.courier.Shipments().size(), 1U);
}

}  // namespace
}  // namespace weir::simulators::sf_city
