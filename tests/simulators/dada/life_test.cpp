// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "tests/simulators/dada/scene.hpp"

namespace weir::simulators::dada {
namespace {

using End = CourierFate::End;
using std::chrono::hours;
using std::chrono::minutes;
using testing::ElementsAre;

struct Life {
  const char* name;
  CourierFate fate;
  std::vector<int> statuses;
  std::string_view status;
};

class DadaLives : public testing::TestWithParam<Life> {};

TEST_P(DadaLives, TellTheirStages) {
  Scene scene;
  scene.Order("shp-1", GetParam().fate);
  scene.Run();
  EXPECT_EQ(scene.Statuses(), GetParam().statuses);
  EXPECT_EQ(scene.courier.Truth("shp-1")->status, GetParam().status);
}

INSTANTIATE_TEST_SUITE_P(
    Dada, DadaLives,
    testing::Values(
        Life{"delivered", {}, {1, 2, 100, 3, 4}, "delivered"},
        Life{"unaccepted", {.end = End::kUnaccepted}, {1, 5}, "cancelled"},
        Life{"called_off", {.end = End::kCancelled}, {1, 5}, "cancelled"},
        Life{"called_off_at_the_shop",
             {.end = End::kCancelled, .cancelled_in = Stage::kAtPickup},
             {1, 2, 100, 5},
             "cancelled"},
        Life{"given_up", {.given_up_in = Stage::kAssigned}, {1, 2, 1, 2, 100, 3, 4}, "delivered"},
        Life{"given_up_at_the_shop",
             {.given_up_in = Stage::kAtPickup},
             {1, 2, 100, 1, 2, 100, 3, 4},
             "delivered"},
        Life{"handed_on", {.handed_on = true}, {1, 2, 2, 100, 3, 4}, "delivered"},
        Life{"returned", {.end = End::kReturned}, {1, 2, 100, 3, 9, 10}, "returned"},
        Life{"stillborn", {.end = End::kStillborn}, {1000}, "failed"},
        Life{"stuck", {.stuck_in = Stage::kAtPickup}, {1, 2, 100}, "at_pickup"}),
    [](const auto& each) { return std::string(each.param.name); });

TEST(DadaLife, CallsOffWhatNobodyTakesAfterThreeDays) {
  Scene scene;
  scene.Order("shp-1", {.end = End::kUnaccepted});
  scene.Run();
  EXPECT_EQ(scene.now, kStart + hours(72));
  EXPECT_EQ(scene.pushes.back().body.at("cancel_from"), 3);
}

TEST(DadaLife, LetsARiderOffWhoHearsNothing) {
  Scene scene;
  scene.Order("shp-1", {.asks_off = true});
  scene.RunUntil("shp-1", "cancelled");
  EXPECT_EQ(scene.pushes.back().body.at("cancel_from"), 1);
  const auto message = scene.pushes.at(scene.pushes.size() - 2);
  EXPECT_EQ(message.body.at("messageType"), 1);
  EXPECT_EQ(scene.now, message.at + minutes(5));
}

TEST(DadaLife, KeepsARiderWhomTheMerchantHolds) {
  Scene scene;
  scene.Order("shp-1", {.asks_off = true});
  while (scene.pushes.empty() || !scene.pushes.back().body.contains("messageType")) {
    scene.Run(*scene.courier.NextDue());
  }
  EXPECT_EQ(
      scene.Code("/message/confirm",
                 {{"messageType", 1}, {"messageBody", R"({"orderId":"shp-1","isConfirm":0})"}}),
      0);
  scene.Run();
  EXPECT_EQ(scene.courier.Truth("shp-1")->status, "delivered");
}

TEST(DadaLife, LetsOffWhomTheMerchantLetsGo) {
  Scene scene;
  scene.Order("shp-1", {.asks_off = true});
  while (scene.pushes.empty() || !scene.pushes.back().body.contains("messageType")) {
    scene.Run(*scene.courier.NextDue());
  }
  scene.Call("/message/confirm",
             {{"messageType", 1}, {"messageBody", R"({"orderId":"shp-1","isConfirm":1})"}});
  EXPECT_EQ(scene.courier.Truth("shp-1")->status, "cancelled");
}

TEST(DadaLife, MovesTheRiderFromTheShopToTheReceiver) {
  Scene scene;
  scene.Order("shp-1");
  scene.RunUntil("shp-1", "picked_up");
  const auto at = [&] {
    return scene.Result("/order/transporter/position", {{"orderIds", {"shp-1"}}}).at(0);
  };
  const auto start = at();
  EXPECT_EQ(start.at("transporterLat"), "31.229081");
  EXPECT_EQ(start.at("transporterLng"), "121.587173");
  scene.RunFor(std::chrono::seconds(10));
  const double way = std::stod(at().at("transporterLat").get<std::string>());
  EXPECT_GT(way, 31.229081);
  EXPECT_LT(way, 31.257801);
  scene.Run();
  EXPECT_EQ(at().at("transporterLat"), "31.257801");
}

TEST(DadaLife, OfARiderWhoComesLeadsToTheShop) {
  Scene scene;
  scene.Order("shp-1");
  scene.RunUntil("shp-1", "at_pickup");
  EXPECT_EQ(scene.Result("/order/transporter/position", {{"orderIds", {"shp-1"}}})
                .at(0)
                .at("transporterLat"),
            "31.229081");
}

TEST(DadaLife, GivesAnotherRiderAfterTheFirstGaveUp) {
  Scene scene;
  scene.Order("shp-1", {.given_up_in = Stage::kAssigned});
  scene.Run();
  EXPECT_EQ(scene.pushes.at(2).body.at("repeat_reason_type"), 1);
  EXPECT_FALSE(scene.pushes.at(2).body.contains("dm_id"));
  EXPECT_NE(scene.pushes.at(1).body.at("dm_id"), scene.pushes.at(3).body.at("dm_id"));
}

TEST(DadaLife, OfTheSameSeedIsTheSame) {
  std::string bodies[2];
  for (std::string& all : bodies) {
    Options options = CalmOptions();
    options.traffic = {};
    Scene scene(options);
    for (int i = 0; i < 20; ++i) {
      scene.Call("/order/addOrder", OrderOf("shp-" + std::to_string(i)));
    }
    scene.Run();
    for (const SeenPush& seen : scene.pushes) all += seen.push.body;
  }
  EXPECT_EQ(bodies[0], bodies[1]);
}

}  // namespace
}  // namespace weir::simulators::dada
