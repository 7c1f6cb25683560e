// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "tests/simulators/sf_city/scene.hpp"

namespace weir::simulators::sf_city {
namespace {

using std::chrono::seconds;
using Json = nlohmann::json;

TEST(SfCityGate, ChecksTheSignOfTheRawBody) {
  Scene scene;
  const std::string body = R"({ "dev_id":1234567890 })";
  const std::string sign = SignBody(body, kDeveloper, kKey);
  const auto code_of = [&](const std::string& sent, std::string_view with) {
    return Json::parse(scene.Post("getshopaccountbalance", sent, with).body).at("error_code");
  };
  EXPECT_EQ(code_of(body, sign), 0);
  EXPECT_EQ(code_of(R"({"dev_id":1234567890})", sign), code::kBadSign);
  EXPECT_EQ(code_of(body, ""), code::kBadSign);
}

TEST(SfCityGate, KnowsItsDeveloper) {
  Scene scene;
  for (const std::string body : {R"({"dev_id":1})", "{}", "[]", "{"}) {
    const auto answer = scene.Post("getorderstatus", body, SignBody(body, kDeveloper, kKey));
    EXPECT_EQ(Json::parse(answer.body).at("error_code"), code::kBadDeveloper) << body;
  }
}

TEST(SfCityGate, KnowsItsActions) {
  Scene scene;
  EXPECT_EQ(scene.PostSigned("nothing", Json::object()).status, 404U);
}

TEST(SfCityGate, LimitsTheRateWhereAsked) {
  Options options = CalmOptions();
  options.calls_per_second = 1;
  Scene scene(options);
  EXPECT_EQ(scene.Code("getshopaccountbalance", Json::object()), 0);
  EXPECT_EQ(scene.Code("getshopaccountbalance", Json::object()), code::kTooOften);
}

TEST(CreateOrder, SaysWhatTheFlagsAskFor) {
  Scene scene;
  const Json whole = scene.Result("createorder", OrderOf("shp-1"));
  EXPECT_EQ(whole.at("shop_order_id"), "shp-1");
  EXPECT_EQ(whole.at("total_price"), 1'050);
  EXPECT_EQ(whole.at("real_pay_money"), 1'050);
  EXPECT_EQ(whole.at("weight_gram"), 600);
  EXPECT_EQ(whole.at("push_time"), "1700000000");
  Json order = OrderOf("shp-2");
  order["return_flag"] = 3;
  const Json some = scene.Result("createorder", order);
  EXPECT_TRUE(some.contains("total_price"));
  EXPECT_TRUE(some.contains("delivery_distance_meter"));
  EXPECT_FALSE(some.contains("real_pay_money"));
}

TEST(CreateOrder, OfTheSameNumberIsRefused) {
  Scene scene;
  scene.Order("shp-1");
  EXPECT_EQ(scene.Code("createorder", OrderOf("shp-1")), code::kDuplicate);
  EXPECT_EQ(scene.courier.Truth("shp-1")->ordered, 2U);
}

TEST(CreateOrder, TakesATip) {
  Scene scene;
  Json order = OrderOf("shp-1");
  order["gratuity_fee"] = 300;
  scene.Call("createorder", order);
  EXPECT_EQ(scene.courier.Truth("shp-1")->tip, 300);
  EXPECT_EQ(scene.courier.balance(), 100'000'000 - 1'050 - 300);
}

struct Bad {
  const char* name;
  void (*change)(Json& order);
  int code;
};

class BadOrder : public testing::TestWithParam<Bad> {};

TEST_P(BadOrder, IsRefused) {
  Scene scene;
  Json order = OrderOf("shp-1");
  GetParam().change(order);
  EXPECT_EQ(scene.Code("createorder", order), GetParam().code);
  EXPECT_TRUE(scene.courier.Shipments().empty());
}

INSTANTIATE_TEST_SUITE_P(
    SfCity, BadOrder,
    testing::Values(
        Bad{"without_a_number", [](Json& o) { o.erase("shop_order_id"); }, code::kBadParameter},
        Bad{"without_a_receiver", [](Json& o) { o.erase("receive"); }, code::kBadParameter},
        Bad{"without_a_phone", [](Json& o) { o["receive"].erase("user_phone"); },
            code::kBadParameter},
        Bad{"without_goods", [](Json& o) { o["order_detail"] = 1; }, code::kBadParameter},
        Bad{"of_another_shop", [](Json& o) { o["shop_id"] = "1"; }, code::kNoSuchShop}),
    [](const auto& each) { return std::string(each.param.name); });

TEST(CreateOrder, WantsABalance) {
  Scene scene;
  scene.courier.SetBalance(1'000);
  EXPECT_EQ(scene.Code("createorder", OrderOf("shp-1")), code::kNoBalance);
}

TEST(CreateOrder, FindsAReceiverByTheAddress) {
  Scene scene;
  Json order = OrderOf("shp-1");
  order["receive"].erase("user_lng");
  order["receive"].erase("user_lat");
  const Json first = scene.Result("createorder", order);
  order["shop_order_id"] = "shp-2";
  EXPECT_EQ(scene.Result("createorder", order).at("delivery_distance_meter"),
            first.at("delivery_distance_meter"));
}

TEST(PrecreateOrder, SaysThePriceAndOrdersNothing) {
  Scene scene;
  Json quote = {{"shop_id", kShop},
                {"user_address", "东方渔人码头"},
                {"user_lng", "121.538842"},
                {"user_lat", "31.257801"},
                {"weight", 600},
                {"return_flag", 511}};
  const Json result = scene.Result("precreateorder", quote);
  EXPECT_EQ(result.at("charge_price_list").at("shop_pay_price"), 1'050);
  EXPECT_EQ(result.at("promise_delivery_time"), 60);
  EXPECT_EQ(result.at("delivery_type"), 1);
  EXPECT_TRUE(scene.courier.Shipments().empty());
}

TEST(Orders, AreFoundByEitherNumber) {
  Scene scene;
  scene.Order("shp-1");
  const std::string own = scene.courier.Truth("shp-1")->platform_no;
  const Json by_sf = scene.Result("getorderstatus", {{"order_id", own}, {"order_type", 1}});
  EXPECT_EQ(by_sf, scene.Result("getorderstatus", OfOrder("shp-1")));
  EXPECT_EQ(by_sf.at("out_order_id"), "shp-1");
  EXPECT_EQ(by_sf.at("order_status"), 1);
}

TEST(Orders, AreOfTheirShop) {
  Scene scene;
  scene.Order("shp-1");
  Json other = OfOrder("shp-1");
  other["shop_id"] = "1";
  EXPECT_EQ(scene.Code("getorderstatus", other), code::kBadParameter);
  EXPECT_EQ(scene.Code("getorderstatus", OfOrder("shp-2")), code::kBadParameter);
  EXPECT_EQ(scene.Code("getorderstatus", Json::object()), code::kBadParameter);
}

struct Fee {
  const char* name;
  std::string_view stage;
  seconds after;
  Fen fee;
};

class Deduction : public testing::TestWithParam<Fee> {};

TEST_P(Deduction, GoesByTheStage) {
  Options options = CalmOptions();
  options.traffic.pace = std::chrono::hours(1);
  Scene scene(options);
  scene.Order("shp-1");
  scene.RunUntil("shp-1", GetParam().stage);
  scene.RunFor(GetParam().after);
  const auto fee_of = [&](const char* action) {
    return scene.Result(action, OfOrder("shp-1")).at("deduction_detail").at("deduction_fee");
  };
  EXPECT_EQ(fee_of("precancelorder"), GetParam().fee);
  EXPECT_TRUE(scene.courier.Truth("shp-1")->live);
  EXPECT_EQ(fee_of("cancelorder"), GetParam().fee);
  EXPECT_EQ(scene.courier.Truth("shp-1")->status, "cancelled");
  EXPECT_EQ(scene.courier.Truth("shp-1")->cancel_fee, GetParam().fee);
  EXPECT_EQ(scene.courier.balance(), 100'000'000 - GetParam().fee);
}

INSTANTIATE_TEST_SUITE_P(SfCity, Deduction,
                         testing::Values(Fee{"searching", "searching", seconds(0), 0},
                                         Fee{"just_assigned", "assigned", seconds(120), 0},
                                         Fee{"assigned", "assigned", seconds(121), 200},
                                         Fee{"on_the_road", "picked_up", seconds(0), 1'050}),
                         [](const auto& each) { return std::string(each.param.name); });

TEST(CancelOrder, IsDoneOnceAndNotTold) {
  Scene scene;
  scene.Order("shp-1");
  EXPECT_EQ(scene.Code("cancelorder", OfOrder("shp-1")), 0);
  EXPECT_EQ(scene.Code("cancelorder", OfOrder("shp-1")), code::kWrongState);
  scene.Run();
  EXPECT_TRUE(scene.pushes.empty());
  EXPECT_EQ(scene.Result("getorderstatus", OfOrder("shp-1")).at("order_status"), 2);
}

TEST(CancelOrder, ComesTooLateAfterTheEnd) {
  Scene scene;
  scene.Order("shp-1");
  scene.Run();
  EXPECT_EQ(scene.Code("precancelorder", OfOrder("shp-1")), code::kWrongState);
}

Json TipOf(std::string_view serial, Fen fee) {
  Json params = OfOrder("shp-1");
  params["serial_number"] = serial;
  params["gratuity_fee"] = fee;
  return params;
}

TEST(Gratuity, IsAddedOncePerSerialNumber) {
  Scene scene;
  scene.Order("shp-1");
  EXPECT_EQ(scene.Result("addordergratuityfee", TipOf("a", 100)).at("total_gratuity_fee"), 100);
  EXPECT_EQ(scene.Result("addordergratuityfee", TipOf("a", 100)).at("total_gratuity_fee"), 100);
  EXPECT_EQ(scene.Result("addordergratuityfee", TipOf("b", 250)).at("total_gratuity_fee"), 350);
  const Json all = scene.Result("getordergratuityfee", OfOrder("shp-1"));
  EXPECT_EQ(all.at("total_gratuity_fee"), 350);
  EXPECT_EQ(all.at("gratuity_fee_list").size(), 2U);
}

TEST(Gratuity, IsAYuanAtLeast) {
  Scene scene;
  scene.Order("shp-1");
  EXPECT_EQ(scene.Code("addordergratuityfee", TipOf("a", 99)), code::kBadParameter);
  EXPECT_EQ(scene.Code("addordergratuityfee", TipOf("", 100)), code::kBadParameter);
}

TEST(Gratuity, ComesTooLateAfterTheEnd) {
  Scene scene;
  scene.Order("shp-1");
  scene.Run();
  EXPECT_EQ(scene.Code("addordergratuityfee", TipOf("a", 100)), code::kWrongState);
}

TEST(Feed, HoldsEveryStep) {
  Scene scene;
  scene.Order("shp-1", {.given_up_in = Stage::kAssigned});
  scene.Run();
  std::vector<int> statuses;
  const Json feed = scene.Result("listorderfeed", OfOrder("shp-1")).at("feed");
  for (const Json& step : feed) statuses.push_back(step.at("order_status"));
  EXPECT_EQ(statuses, (std::vector{1, 10, 22, 10, 12, 15, 17}));
  EXPECT_EQ(feed.at(0).at("create_time"), "2023-11-15 06:13:20");
  EXPECT_NE(feed.at(6).at("operator_phone"), "");
}

TEST(Reads, AreBehindWhereAsked) {
  Options options = CalmOptions();
  options.read_lag = std::chrono::hours(1);
  Scene scene(options);
  scene.Order("shp-1");
  scene.RunUntil("shp-1", "delivered");
  EXPECT_EQ(scene.Result("getorderstatus", OfOrder("shp-1")).at("order_status"), 1);
  EXPECT_EQ(scene.Result("listorderfeed", OfOrder("shp-1")).at("feed").size(), 1U);
  scene.RunFor(std::chrono::hours(1));
  EXPECT_EQ(scene.Result("getorderstatus", OfOrder("shp-1")).at("order_status"), 17);
}

TEST(Acts, ReachWhatIsUnderWay) {
  Scene scene;
  scene.Order("shp-1");
  Json ready = OfOrder("shp-1");
  EXPECT_EQ(scene.Code("notifyproductready", ready), code::kBadParameter);
  ready["notice_ready_time"] = 1'700'000'000;
  EXPECT_EQ(scene.Code("notifyproductready", ready), 0);
  EXPECT_EQ(scene.Code("reminderorder", OfOrder("shp-1")), 0);
  EXPECT_EQ(scene.Code("riderviewv2", OfOrder("shp-1")), 0);
  scene.Run();
  EXPECT_EQ(scene.Code("reminderorder", OfOrder("shp-1")), code::kWrongState);
}

TEST(Balance, IsWhatIsLeft) {
  Scene scene;
  scene.courier.SetBalance(12'345);
  EXPECT_EQ(scene.Result("getshopaccountbalance", {{"shop_id", kShop}}).at("account_balance"),
            12'345);
}

}  // namespace
}  // namespace weir::simulators::sf_city
