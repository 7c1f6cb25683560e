// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "tests/simulators/dada/scene.hpp"

namespace weir::simulators::dada {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using Json = nlohmann::json;

struct Gate {
  const char* name;
  void (*change)(Json& envelope);
  int code;
};

class DadaGate : public testing::TestWithParam<Gate> {};

TEST_P(DadaGate, Refuses) {
  Scene scene;
  Json envelope = scene.Envelope("");
  GetParam().change(envelope);
  const auto answer = scene.Post("/api/cityCode/list", envelope.dump());
  const Json json = Json::parse(answer.body);
  EXPECT_EQ(answer.status, 200U);
  EXPECT_EQ(json.at("code"), GetParam().code);
  EXPECT_EQ(json.at("status"), "fail");
}

INSTANTIATE_TEST_SUITE_P(
    Dada, DadaGate,
    testing::Values(Gate{"nothing", [](Json& e) { e = Json::object(); }, 2000},
                    Gate{"a_list", [](Json& e) { e = Json::array(); }, 2000},
                    Gate{"a_member_too_many", [](Json& e) { e["more"] = 1; }, 1998},
                    Gate{"a_member_too_few", [](Json& e) { e.erase("v"); }, 1998},
                    Gate{"another_format", [](Json& e) { e["format"] = "xml"; }, 1994},
                    Gate{"no_body", [](Json& e) { e["body"] = nullptr; }, 1995},
                    Gate{"another_version", [](Json& e) { e["v"] = "2.0"; }, 1996},
                    Gate{"another_app", [](Json& e) { e["app_key"] = "other"; }, 2001},
                    Gate{"a_wrong_signature", [](Json& e) { e["signature"] = "0"; }, 2003},
                    Gate{"another_body", [](Json& e) { e["body"] = "{}"; }, 2003},
                    Gate{"another_merchant",
                         [](Json& e) {
                           e["source_id"] = "1";
                           Scene::Sign(e);
                         },
                         2131},
                    Gate{"a_broken_body",
                         [](Json& e) {
                           e["body"] = "{";
                           Scene::Sign(e);
                         },
                         2419}),
    [](const auto& each) { return std::string(each.param.name); });

TEST(DadaGate, WantsJson) {
  Scene scene;
  const auto answer =
      scene.Post("/api/cityCode/list", scene.Envelope("").dump(), {{"Content-Type", "text/plain"}});
  EXPECT_EQ(Json::parse(answer.body).at("code"), 1999);
}

TEST(DadaGate, TakesATimestampAsText) {
  Scene scene;
  Json envelope = scene.Envelope("");
  envelope["timestamp"] = "1700000000";
  Scene::Sign(envelope);
  EXPECT_EQ(Json::parse(scene.Post("/api/cityCode/list", envelope.dump()).body).at("code"), 0);
}

struct Bad {
  const char* name;
  void (*change)(Json& order);
  int code;
};

class DadaOrder : public testing::TestWithParam<Bad> {};

TEST_P(DadaOrder, IsRefused) {
  Scene scene;
  Json order = OrderOf("shp-1");
  GetParam().change(order);
  EXPECT_EQ(scene.Code("/order/addOrder", order), GetParam().code);
  EXPECT_TRUE(scene.courier.Shipments().empty());
}

INSTANTIATE_TEST_SUITE_P(
    Dada, DadaOrder,
    testing::Values(Bad{"without_a_number", [](Json& o) { o["origin_id"] = ""; }, 2104},
                    Bad{"of_another_shop", [](Json& o) { o["shop_no"] = "none"; }, 2004},
                    Bad{"without_a_phone", [](Json& o) { o.erase("receiver_phone"); }, 2122},
                    Bad{"without_a_place", [](Json& o) { o.erase("receiver_lat"); }, 2128},
                    Bad{"at_no_place", [](Json& o) { o["receiver_lat"] = nullptr; }, 2138},
                    Bad{"with_places_turned",
                        [](Json& o) { std::swap(o["receiver_lat"], o["receiver_lng"]); }, 2139},
                    Bad{"with_a_price_as_text", [](Json& o) { o["cargo_price"] = "20.01"; }, 2410},
                    Bad{"with_a_weight_as_text", [](Json& o) { o["cargo_weight"] = "1"; }, 2415},
                    Bad{"with_a_null", [](Json& o) { o["info"] = nullptr; }, 2417},
                    Bad{"without_a_callback", [](Json& o) { o.erase("callback"); }, 2123},
                    Bad{"with_too_great_a_tip", [](Json& o) { o["tips"] = 21.0; }, 2077}),
    [](const auto& each) { return std::string(each.param.name); });

TEST(AddOrder, SaysThePrice) {
  Scene scene;
  Json order = OrderOf("shp-1");
  order["tips"] = 1.5;
  order["is_use_insurance"] = 1;
  const Json result = scene.Result("/order/addOrder", order);
  EXPECT_NEAR(result.at("distance").get<double>(), 5'590, 100);
  EXPECT_EQ(result.at("deliverFee"), 10.5);
  EXPECT_EQ(result.at("tips"), 1.5);
  EXPECT_EQ(result.at("insuranceFee"), 0.5);
  EXPECT_EQ(scene.courier.balance(), 100'000'000 - 1'050 - 150 - 50);
}

TEST(AddOrder, OfTheSameNumberIsRefused) {
  Scene scene;
  scene.Order("shp-1");
  EXPECT_EQ(scene.Code("/order/addOrder", OrderOf("shp-1")), 2105);
  EXPECT_EQ(scene.courier.Truth("shp-1")->ordered, 2U);
}

TEST(AddOrder, WantsABalance) {
  Scene scene;
  scene.courier.SetBalance(1'000);
  EXPECT_EQ(scene.Code("/order/addOrder", OrderOf("shp-1")), 2155);
}

TEST(AddOrder, AfterWhatNeverBeganBeginsAnew) {
  Scene scene;
  scene.Order("shp-1", {.end = CourierFate::End::kStillborn});
  EXPECT_EQ(scene.Code("/order/reAddOrder", OrderOf("shp-1")), 2061);
  EXPECT_EQ(scene.Code("/order/addOrder", OrderOf("shp-1")), 0);
  EXPECT_EQ(scene.courier.Truth("shp-1")->status, "searching");
}

TEST(ReAddOrder, GivesAnotherLife) {
  Scene scene;
  EXPECT_EQ(scene.Code("/order/reAddOrder", OrderOf("shp-1")), 2060);
  scene.Order("shp-1");
  EXPECT_EQ(scene.Code("/order/reAddOrder", OrderOf("shp-1")), 2061);
  const std::string first = scene.courier.Truth("shp-1")->platform_no;
  scene.Call("/order/cancel", OfOrder("shp-1"));
  EXPECT_EQ(scene.Code("/order/reAddOrder", OrderOf("shp-1")), 0);
  EXPECT_NE(scene.courier.Truth("shp-1")->platform_no, first);
  scene.Run();
  EXPECT_EQ(scene.courier.Truth("shp-1")->status, "delivered");
}

TEST(Quote, IsGoodForThreeMinutes) {
  Scene scene;
  const Json quote = scene.Result("/order/queryDeliverFee", OrderOf("shp-1"));
  EXPECT_EQ(quote.at("expiredTime"), 1'700'000'180);
  scene.RunFor(seconds(180));
  EXPECT_EQ(scene.Code("/order/addAfterQuery", {{"deliveryNo", quote.at("deliveryNo")}}), 2062);
  EXPECT_TRUE(scene.courier.Shipments().empty());
}

TEST(Quote, OrdersOnce) {
  Scene scene;
  const Json by_quote = {
      {"deliveryNo", scene.Result("/order/queryDeliverFee", OrderOf("shp-1")).at("deliveryNo")}};
  EXPECT_EQ(scene.Code("/order/addAfterQuery", by_quote), 0);
  EXPECT_EQ(scene.Code("/order/addAfterQuery", by_quote), 2065);
  EXPECT_EQ(scene.Code("/order/queryDeliverFee", OrderOf("shp-1")), 2130);
  EXPECT_EQ(scene.courier.Truth("shp-1")->ordered, 2U);
}

TEST(Quote, OfWhatIsUnderWayOrdersNothing) {
  Scene scene;
  const Json by_quote = {
      {"deliveryNo", scene.Result("/order/queryDeliverFee", OrderOf("shp-1")).at("deliveryNo")}};
  scene.Order("shp-1");
  EXPECT_EQ(scene.Code("/order/addAfterQuery", by_quote), 2063);
}

TEST(Quote, ComesNotTooOftenWhereAsked) {
  Options options = CalmOptions();
  options.requote_after = seconds(5);
  Scene scene(options);
  EXPECT_EQ(scene.Code("/order/queryDeliverFee", OrderOf("shp-1")), 0);
  EXPECT_EQ(scene.Code("/order/queryDeliverFee", OrderOf("shp-1")), 2067);
}

TEST(AddTip, ReplacesTheFormerOne) {
  Scene scene;
  scene.Order("shp-1");
  const auto tip = [&](const Json& tips) {
    return scene.Code("/order/addTip", {{"order_id", "shp-1"}, {"tips", tips}});
  };
  EXPECT_EQ(tip(0.5), 2055);
  EXPECT_EQ(tip("many"), 2054);
  EXPECT_EQ(tip(3.0), 0);
  EXPECT_EQ(tip(3.0), 2057);
  EXPECT_EQ(tip(4.5), 0);
  EXPECT_EQ(scene.courier.Truth("shp-1")->tip, 450);
  scene.RunUntil("shp-1", "assigned");
  EXPECT_EQ(tip(5.0), 2059);
}

struct Fee {
  const char* name;
  seconds after;
  double fee;
};

class CancelFee : public testing::TestWithParam<Fee> {};

TEST_P(CancelFee, GoesByTheTimeSinceTheAcceptance) {
  Options options = CalmOptions();
  options.traffic.pace = std::chrono::hours(2);
  Scene scene(options);
  scene.Order("shp-1");
  scene.Call("/order/accept", OfOrder("shp-1"));
  scene.RunFor(GetParam().after);
  EXPECT_EQ(scene.Result("/order/formalCancel", {{"order_id", "shp-1"}, {"cancel_reason_id", 4}})
                .at("deduct_fee"),
            GetParam().fee);
  EXPECT_EQ(scene.courier.balance(), 100'000'000 - static_cast<std::int64_t>(GetParam().fee * 100));
}

INSTANTIATE_TEST_SUITE_P(Dada, CancelFee,
                         testing::Values(Fee{"within_a_minute", seconds(60), 0.0},
                                         Fee{"later", seconds(61), 2.0},
                                         Fee{"of_a_rider_too_late", seconds(901), 0.0}),
                         [](const auto& each) { return std::string(each.param.name); });

struct Late {
  const char* name;
  CourierFate fate;
  std::string_view status;
  int code;
};

class FormalCancel : public testing::TestWithParam<Late> {};

TEST_P(FormalCancel, IsRefusedByTheStage) {
  Scene scene;
  scene.Order("shp-1", GetParam().fate);
  scene.RunUntil("shp-1", GetParam().status);
  EXPECT_EQ(scene.Code("/order/formalCancel", {{"order_id", "shp-1"}, {"cancel_reason_id", 4}}),
            GetParam().code);
}

using End = CourierFate::End;
INSTANTIATE_TEST_SUITE_P(
    Dada, FormalCancel,
    testing::Values(Late{"on_the_road", {}, "picked_up", 2050},
                    Late{"delivered", {}, "delivered", 2051},
                    Late{"cancelled", {.end = End::kCancelled}, "cancelled", 2076},
                    Late{"returning", {.end = End::kReturned}, "returning", 2458},
                    Late{"returned", {.end = End::kReturned}, "returned", 2459}),
    [](const auto& each) { return std::string(each.param.name); });

TEST(FormalCancel, WantsAReason) {
  Scene scene;
  scene.Order("shp-1");
  EXPECT_EQ(scene.Code("/order/formalCancel", OfOrder("shp-1")), 2048);
  EXPECT_EQ(scene.Code("/order/formalCancel", {{"order_id", "shp-1"}, {"cancel_reason_id", 99}}),
            2457);
  EXPECT_EQ(
      scene.Code("/order/formalCancel", {{"order_id", "shp-1"}, {"cancel_reason_id", 10'000}}),
      2049);
}

TEST(FormalCancel, IsTold) {
  Scene scene;
  scene.Order("shp-1");
  scene.Call("/order/formalCancel", {{"order_id", "shp-1"}, {"cancel_reason_id", 4}});
  scene.Run();
  EXPECT_EQ(scene.Statuses(), (std::vector{1, 5}));
  EXPECT_EQ(scene.pushes.back().body.at("cancel_from"), 2);
  EXPECT_EQ(scene.pushes.back().body.at("cancel_reason"), "顾客取消订单");
}

TEST(QueryStatus, SaysWhereItStands) {
  Scene scene;
  scene.Order("shp-1");
  Json status = scene.Result("/order/status/query", OfOrder("shp-1"));
  EXPECT_EQ(status.at("statusCode"), 1);
  EXPECT_EQ(status.at("transporterName"), "");
  EXPECT_EQ(status.at("createTime"), "2023-11-15 06:13:20");
  EXPECT_EQ(status.at("acceptTime"), "");
  EXPECT_FALSE(status.contains("update_time"));
  scene.Run();
  status = scene.Result("/order/status/query", OfOrder("shp-1"));
  EXPECT_EQ(status.at("statusCode"), 4);
  EXPECT_EQ(status.at("statusMsg"), "已完成");
  EXPECT_NE(status.at("transporterName"), "");
  EXPECT_NE(status.at("finishTime"), "");
}

TEST(QueryStatus, NamesNoRiderWhoGaveItBack) {
  Scene scene;
  scene.Order("shp-1", {.given_up_in = Stage::kAssigned});
  scene.RunUntil("shp-1", "assigned");
  EXPECT_NE(scene.Result("/order/status/query", OfOrder("shp-1")).at("acceptTime"), "");
  scene.RunUntil("shp-1", "searching");
  const Json status = scene.Result("/order/status/query", OfOrder("shp-1"));
  EXPECT_EQ(status.at("statusCode"), 1);
  EXPECT_EQ(status.at("acceptTime"), "");
  EXPECT_EQ(status.at("transporterPhone"), "");
}

TEST(QueryStatus, IsBehindWhereAsked) {
  Options options = CalmOptions();
  options.read_lag = minutes(1);
  Scene scene(options);
  scene.Order("shp-1");
  scene.RunUntil("shp-1", "assigned");
  EXPECT_EQ(scene.Code("/order/fetch", OfOrder("shp-1")), 0);
  const auto status = [&] {
    return scene.Result("/order/status/query", OfOrder("shp-1")).at("statusCode");
  };
  EXPECT_EQ(status(), 1);
  scene.Run();
  scene.RunFor(minutes(1));
  EXPECT_EQ(status(), 4);
}

TEST(QueryStatus, KnowsNoOther) {
  Scene scene;
  EXPECT_EQ(scene.Code("/order/status/query", OfOrder("shp-1")), 2005);
  EXPECT_EQ(scene.Code("/order/status/query", Json::object()), 1997);
}

TEST(Positions, AreOfFiftyOrdersAtMost) {
  Scene scene;
  scene.Order("shp-1");
  EXPECT_TRUE(scene.Result("/order/transporter/position", {{"orderIds", {"shp-1"}}}).empty());
  Json many = Json::array();
  for (int i = 0; i < 51; ++i) many.push_back("shp-1");
  EXPECT_EQ(scene.Code("/order/transporter/position", {{"orderIds", many}}), 2013);
}

TEST(Track, IsAPage) {
  Scene scene;
  scene.Order("shp-1");
  EXPECT_TRUE(scene.Result("/order/transporter/track", OfOrder("shp-1"))
                  .at("trackUrl")
                  .get<std::string>()
                  .starts_with("https://"));
}

TEST(ConfirmGoods, EndsAReturn) {
  Scene scene;
  scene.Order("shp-1", {.end = End::kReturned});
  EXPECT_EQ(scene.Code("/order/confirm/goods", OfOrder("shp-1")), 2073);
  scene.RunUntil("shp-1", "returning");
  EXPECT_EQ(scene.Code("/order/confirm/goods", OfOrder("shp-1")), 0);
  EXPECT_EQ(scene.courier.Truth("shp-1")->status, "returned");
}

TEST(Sandbox, MovesAnOrderByHand) {
  Scene scene;
  scene.Order("shp-1");
  for (const char* call : {"accept", "fetch", "finish"}) {
    EXPECT_EQ(scene.Code(std::string("/order/") + call, OfOrder("shp-1")), 0) << call;
  }
  scene.Run();
  EXPECT_EQ(scene.Statuses(), (std::vector{1, 2, 3, 4}));
}

TEST(Sandbox, LetsAnOrderExpire) {
  Scene scene;
  scene.Order("shp-1");
  EXPECT_EQ(scene.Code("/order/expire", OfOrder("shp-1")), 0);
  scene.Run();
  EXPECT_EQ(scene.Statuses(), (std::vector{1, 7}));
}

TEST(Sandbox, IsNotInProduction) {
  Options options = CalmOptions();
  options.sandbox = false;
  Scene scene(options);
  scene.Order("shp-1");
  EXPECT_EQ(scene.Code("/order/accept", OfOrder("shp-1")), 2068);
}

TEST(Shops, AreAddedEachForItself) {
  Scene scene;
  const Json result = scene.Result(
      "/shop/add", {{{"origin_shop_id", "s1"}, {"station_name", "新门店"}, {"business", 1}},
                    {{"origin_shop_id", "11047059"}, {"station_name", "旧门店"}}});
  EXPECT_EQ(result.at("success"), 1);
  EXPECT_EQ(result.at("successList").at(0).at("originShopId"), "s1");
  EXPECT_EQ(result.at("failedList").at(0).at("shopNo"), "11047059");
}

TEST(Shops, AreChangedAndShown) {
  Scene scene;
  scene.Call("/shop/add", {{{"origin_shop_id", "s1"}, {"station_name", "新门店"}}});
  EXPECT_EQ(scene.Code("/shop/update", {{"origin_shop_id", "s1"}, {"status", 0}}), 0);
  EXPECT_EQ(scene.Result("/shop/detail", {{"origin_shop_id", "s1"}}).at("status"), 0);
  Json order = OrderOf("shp-1");
  order["shop_no"] = "s1";
  EXPECT_EQ(scene.Code("/order/addOrder", order), 2141);
  EXPECT_EQ(scene.Code("/shop/update", {{"origin_shop_id", "11047059"}, {"status", 0}}), 2420);
  EXPECT_EQ(scene.Code("/shop/detail", {{"origin_shop_id", "s2"}}), 2402);
}

TEST(Lists, AreOfCitiesAndReasons) {
  Scene scene;
  EXPECT_EQ(scene.Result("/cityCode/list", Json::object()).at(0).at("cityCode"), "021");
  EXPECT_EQ(scene.Result("/order/cancel/reasons", Json::object()).size(), 10U);
}

TEST(Balance, IsWhatIsLeft) {
  Scene scene;
  scene.courier.SetBalance(12'345);
  EXPECT_EQ(scene.Result("/balance/query", {{"category", 3}}).at("deliverBalance"), 123.45);
}

}  // namespace
}  // namespace weir::simulators::dada
