// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/simulators/sf_city/scene.hpp"

namespace weir::simulators::sf_city {
namespace {

HttpAnswer Ordered(Scene& scene, const std::string& number) {
  return scene.PostSigned("createorder", OrderOf(number));
}

TEST(SfCityFaults, LoseARequest) {
  Options options = CalmOptions();
  options.call_faults.lost_request = 1;
  Scene scene(options);
  EXPECT_TRUE(Ordered(scene, "shp-1").cut);
  EXPECT_TRUE(scene.courier.Shipments().empty());
}

TEST(SfCityFaults, LoseAnAnswer) {
  Options options = CalmOptions();
  options.call_faults.lost_answer = 1;
  Scene scene(options);
  EXPECT_TRUE(Ordered(scene, "shp-1").cut);
  Ordered(scene, "shp-1");
  EXPECT_EQ(scene.courier.Shipments().size(), 1U);
  EXPECT_EQ(scene.courier.Truth("shp-1")->ordered, 2U);
}

TEST(SfCityFaults, SayBusy) {
  Options options = CalmOptions();
  options.call_faults.busy = 1;
  Scene scene(options);
  EXPECT_EQ(scene.Code("createorder", OrderOf("shp-1")), code::kTooOften);
  EXPECT_TRUE(scene.courier.Shipments().empty());
}

TEST(SfCityFaults, RefuseForGood) {
  Options options = CalmOptions();
  options.call_faults.refused = 1;
  Scene scene(options);
  EXPECT_EQ(scene.Code("createorder", OrderOf("shp-1")), code::kOutOfReach);
  EXPECT_TRUE(scene.courier.Shipments().empty());
}

TEST(SfCityFaults, OfCallsLeaveReadsAlone) {
  Options options = CalmOptions();
  options.call_faults = {.lost_request = 1, .lost_answer = 1, .busy = 1, .refused = 1};
  Scene scene(options);
  EXPECT_EQ(scene.Code("getorderstatus", OfOrder("shp-1")), code::kBadParameter);
  EXPECT_EQ(scene.Code("precreateorder", {{"shop_id", kShop}, {"user_address", "示例路1号"}}), 0);
}

TEST(SfCityFaults, MoveNoOtherDraw) {
  const auto ways = [](const CourierFaults& call_faults, const Faults& faults) {
    Options options = CalmOptions();
    options.traffic = {};
    options.call_faults = call_faults;
    options.faults = faults;
    Scene scene(options);
    for (int i = 0; i < 20; ++i) Ordered(scene, "shp-" + std::to_string(i));
    scene.Run();
    std::vector<std::vector<std::string>> all;
    for (const ShipmentTruth& truth : scene.courier.Shipments()) all.push_back(truth.way);
    return all;
  };
  EXPECT_EQ(ways({}, {}), ways({.lost_answer = 0.5}, {.duplicated = 0.5, .reordered = 0.5}));
}

}  // namespace
}  // namespace weir::simulators::sf_city
