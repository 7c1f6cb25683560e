// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/simulators/dada/scene.hpp"

namespace weir::simulators::dada {
namespace {

HttpAnswer Ordered(Scene& scene, const std::string& number) {
  return scene.Post("/api/order/addOrder", scene.Envelope(OrderOf(number).dump()).dump());
}

TEST(DadaFaults, LoseARequest) {
  Options options = CalmOptions();
  options.call_faults.lost_request = 1;
  Scene scene(options);
  EXPECT_TRUE(Ordered(scene, "shp-1").cut);
  EXPECT_TRUE(scene.courier.Shipments().empty());
  EXPECT_EQ(scene.Code("/order/status/query", OfOrder("shp-1")), 2005);
}

TEST(DadaFaults, LoseAnAnswer) {
  Options options = CalmOptions();
  options.call_faults.lost_answer = 1;
  Scene scene(options);
  EXPECT_TRUE(Ordered(scene, "shp-1").cut);
  Ordered(scene, "shp-1");
  EXPECT_EQ(scene.courier.Shipments().size(), 1U);
  EXPECT_EQ(scene.courier.Truth("shp-1")->ordered, 2U);
}

TEST(DadaFaults, SayBusy) {
  Options options = CalmOptions();
  options.call_faults.busy = 1;
  Scene scene(options);
  EXPECT_EQ(scene.Code("/order/addOrder", OrderOf("shp-1")), 2012);
  EXPECT_TRUE(scene.courier.Shipments().empty());
}

TEST(DadaFaults, RefuseForGood) {
  Options options = CalmOptions();
  options.call_faults.refused = 1;
  Scene scene(options);
  EXPECT_EQ(scene.Code("/order/addOrder", OrderOf("shp-1")), 2129);
  EXPECT_TRUE(scene.courier.Shipments().empty());
}

TEST(DadaFaults, OfCallsLeaveReadsAlone) {
  Options options = CalmOptions();
  options.call_faults = {.lost_request = 1, .lost_answer = 1, .busy = 1, .refused = 1};
  Scene scene(options);
  EXPECT_EQ(scene.Code("/order/status/query", OfOrder("shp-1")), 2005);
  EXPECT_EQ(scene.Code("/order/queryDeliverFee", OrderOf("shp-1")), 0);
}

TEST(DadaFaults, MoveNoOtherDraw) {
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

TEST(DadaTraffic, OfOneDeliveryMovesNoDrawOfAnother) {
  const auto told = [](const CourierFate& of_first) {
    Scene scene;
    scene.Order("shp-1", of_first);
    scene.Order("shp-2");
    scene.Run();
    std::string all;
    for (const SeenPush& seen : scene.pushes) {
      if (seen.body.at("order_id") == "shp-2") all += seen.push.body;
    }
    return all;
  };
  EXPECT_EQ(told({}), told({.given_up_in = Stage::kAtPickup, .handed_on = true}));
}

}  // namespace
}  // namespace weir::simulators::dada
