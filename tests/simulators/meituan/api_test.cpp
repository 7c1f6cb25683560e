// SPDX-License-Identifier: Apache-2.0
#include "simulators/meituan/api.hpp"

#include <gtest/gtest.h>

#include "simulators/meituan/errors.hpp"
#include "tests/simulators/meituan/scene.hpp"

namespace weir::simulators::meituan {
namespace {

using nlohmann::json;

/// The shop acts by the API alone, and at once.
Options ManualOptions() {
  Options options = CalmOptions();
  options.traffic.auto_confirm = false;
  options.traffic.auto_refund = false;
  options.calls_per_second = 0;
  return options;
}

Fate OwnRider() { return {.handover = Handover::kSelfDelivery, .route = {}}; }

class MeituanApi : public testing::Test {
 protected:
  std::string OrderAt(std::string_view what, Fate fate = CalmFate()) {
    std::string id = scene.meituan.CreateOrder(scene.now, std::move(fate));
    scene.RunUntil(id, "status 2");
    if (what != "status 2") {
      EXPECT_EQ(scene.CodeOf("order/confirm", {{"order_id", id}}), 0);
      scene.RunUntil(id, what);
    }
    return id;
  }
  int PlatformStatus(const std::string& id) { return scene.meituan.Truth(id)->platform_status; }

  Scene scene{ManualOptions()};
};

int CodeOf(const HttpAnswer& answer) {
  return json::parse(answer.body)["error"]["code"].get<int>();
}

TEST_F(MeituanApi, WantsEachCommonParameter) {
  const Fields all = {{"app_id", "9001"}, {"timestamp", "1"}, {"sig", "x"}};
  for (std::size_t left_out = 0; left_out < all.size(); ++left_out) {
    Fields some = all;
    some.erase(some.begin() + static_cast<std::ptrdiff_t>(left_out));
    EXPECT_EQ(CodeOf(scene.Send("/api/v1/order/confirm", some)), kMissingParameter);
  }
}

TEST_F(MeituanApi, KnowsItsApp) {
  EXPECT_EQ(CodeOf(scene.Send("/api/v1/order/confirm",
                              {{"app_id", "9002"}, {"timestamp", "1"}, {"sig", "x"}})),
            kUnknownApp);
}

TEST_F(MeituanApi, AnswersAWrongSignatureAsTheSampleDoes) {
  const HttpAnswer answer =
      scene.Send("/api/v1/order/confirm", {{"app_id", "9001"}, {"timestamp", "1"}, {"sig", "x"}});
  EXPECT_EQ(answer.status, 200U);
  EXPECT_EQ(answer.body, R"({"data":"ng","error":{"code":703,"msg":"签名验证错误"}})");
}

Fields SignedConfirm(std::string_view url, const std::string& id) {
  Fields fields = {{"app_id", "9001"}, {"order_id", id}, {"timestamp", "1700000000"}};
  fields.emplace_back("sig", Sign(url, fields, kSecret));
  return fields;
}

TEST_F(MeituanApi, SignsOverTheUrlAsItWasCalled) {
  const std::string id = OrderAt("status 2");
  const std::string path = "/api/v1/order/confirm";
  EXPECT_EQ(CodeOf(scene.Send(path, SignedConfirm("http://waimaiopen.meituan.com" + path, id))),
            kBadSignature);
  EXPECT_EQ(scene.Send(path, SignedConfirm(std::string(kOrigin) + path, id)).body,
            R"({"data":"ok"})");
}

TEST_F(MeituanApi, TakesAnAbsoluteTarget) {
  const std::string id = OrderAt("status 2");
  const std::string url = "http://other.example:9101/api/v1/order/confirm";
  EXPECT_EQ(scene.Send(url, SignedConfirm(url, id)).body, R"({"data":"ok"})");
}

TEST(MeituanApiOrigin, IsTheConfiguredOneBehindAProxy) {
  Options options = ManualOptions();
  options.api_origin = "https://outside.example";
  Scene scene(options);
  const std::string path = "/api/v1/order/confirm";
  EXPECT_EQ(CodeOf(scene.Send(path, SignedConfirm("https://outside.example" + path, "1"))),
            kNoSuchOrder);
}

TEST_F(MeituanApi, ComparesSignaturesByCase) {
  Fields fields = SignedConfirm(std::string(kOrigin) + "/api/v1/order/confirm", "1");
  for (char& letter : fields.back().second) {
    letter = static_cast<char>(std::toupper(letter));
  }
  EXPECT_EQ(CodeOf(scene.Send("/api/v1/order/confirm", fields)), kBadSignature);
}

TEST_F(MeituanApi, RefusesATimestampThatIsNone) {
  Fields fields = {{"app_id", "9001"}, {"order_id", "1"}, {"timestamp", "now"}};
  fields.emplace_back("sig", Sign(std::string(kOrigin) + "/api/v1/order/confirm", fields, kSecret));
  EXPECT_EQ(CodeOf(scene.Send("/api/v1/order/confirm", fields)), kBadFormat);
}

TEST_F(MeituanApi, RefusesUnknownPathsAndMethods) {
  EXPECT_EQ(scene.CodeOf("order/nothing", {}), kNoSuchInterface);
  EXPECT_EQ(CodeOf(scene.Send("/order/confirm", {})), kNoSuchInterface);
  const HttpCall post{
      .method = "POST", .origin = {}, .target = "/api/v1/order/confirm", .body = {}};
  EXPECT_EQ(scene.meituan.Handle(post, scene.now).status, 405U);
}

TEST_F(MeituanApi, RefusesABrokenQuery) {
  const HttpCall call{.origin = {}, .target = "/api/v1/order/confirm?app_id=%4", .body = {}};
  EXPECT_EQ(CodeOf(scene.meituan.Handle(call, scene.now)), kBadFormat);
}

TEST(MeituanApiRate, IsLimitedPerPathAndSecond) {
  Options options = ManualOptions();
  options.calls_per_second = 2;
  Scene scene(options);
  EXPECT_EQ(scene.CodeOf("order/viewstatus", {{"order_id", "1"}}), kNoSuchOrder);
  EXPECT_EQ(scene.CodeOf("order/viewstatus", {{"order_id", "1"}}), kNoSuchOrder);
  EXPECT_EQ(scene.CodeOf("order/viewstatus", {{"order_id", "1"}}), kTooOften);
  EXPECT_EQ(scene.CodeOf("order/confirm", {{"order_id", "1"}}), kNoSuchOrder);
  scene.RunFor(std::chrono::seconds(1));
  EXPECT_EQ(scene.CodeOf("order/viewstatus", {{"order_id", "1"}}), kNoSuchOrder);
}

TEST_F(MeituanApi, WantsAKnownOrder) {
  for (const char* path :
       {"order/getOrderDetail", "order/viewstatus", "order/poi_received", "order/confirm",
        "order/cancel", "order/delivering", "order/arrived", "order/refund/agree",
        "order/refund/reject", "order/logistics/status", "order/preparationMealComplete"}) {
    EXPECT_EQ(scene.CodeOf(path, {}), kMissingParameter) << path;
    EXPECT_EQ(scene.CodeOf(path, {{"order_id", "12x"}}), kBadFormat) << path;
    EXPECT_EQ(scene.CodeOf(path, {{"order_id", "12"}}), kNoSuchOrder) << path;
  }
}

TEST_F(MeituanApi, ConfirmsOnce) {
  const std::string id = OrderAt("status 2");
  EXPECT_EQ(scene.CodeOf("order/confirm", {{"order_id", id}}), 0);
  EXPECT_EQ(PlatformStatus(id), kConfirmed);
  EXPECT_EQ(scene.CodeOf("order/confirm", {{"order_id", id}}), kWrongState);
}

TEST_F(MeituanApi, ConfirmsNoOrderBeforeItsPayment) {
  const std::string id = scene.meituan.CreateOrder(scene.now, CalmFate());
  EXPECT_EQ(scene.CodeOf("order/confirm", {{"order_id", id}}), kWrongState);
}

Fields Cancelling(const std::string& id) {
  return {{"order_id", id}, {"reason_code", "2008"}, {"reason", "店铺太忙"}};
}

TEST_F(MeituanApi, CancelsUntilCompletion) {
  const std::string placed = OrderAt("status 2");
  EXPECT_EQ(scene.CodeOf("order/cancel", Cancelling(placed)), 0);
  EXPECT_EQ(scene.meituan.Truth(placed)->status, "rejected");
  EXPECT_EQ(scene.CodeOf("order/cancel", Cancelling(placed)), kWrongState);

  const std::string accepted = OrderAt("logistics 10");
  EXPECT_EQ(scene.CodeOf("order/cancel", Cancelling(accepted)), 0);
  EXPECT_EQ(scene.meituan.Truth(accepted)->status, "cancelled");

  const std::string completed = OrderAt("status 8");
  EXPECT_EQ(scene.CodeOf("order/cancel", Cancelling(completed)), kAlreadyCompleted);
}

TEST_F(MeituanApi, CancelsWithACodeAndAReason) {
  const std::string id = OrderAt("status 2");
  EXPECT_EQ(scene.CodeOf("order/cancel", {{"order_id", id}, {"reason", "x"}}), kMissingParameter);
  EXPECT_EQ(scene.CodeOf("order/cancel", {{"order_id", id}, {"reason_code", "2008"}}),
            kMissingParameter);
  for (const char* code : {"x", "1234567890"}) {
    EXPECT_EQ(
        scene.CodeOf("order/cancel", {{"order_id", id}, {"reason_code", code}, {"reason", "x"}}),
        kBadFormat);
  }
}

TEST_F(MeituanApi, TellsTheAppOfACancelThroughIt) {
  const std::string id = OrderAt("status 2");
  scene.Call("order/cancel", Cancelling(id));
  scene.Run();
  const SeenPush& last = scene.pushes.back();
  EXPECT_EQ(last.topic, "order/cancelled");
  EXPECT_EQ(last.fields.at("deal_op_type"), "6");
  EXPECT_EQ(last.fields.at("reason"), "店铺太忙");
}

TEST_F(MeituanApi, LetsOnlyOwnRidersSetOut) {
  const std::string theirs = OrderAt("status 4");
  EXPECT_EQ(scene.CodeOf("order/delivering", {{"order_id", theirs}}), kPlatformDelivers);
  EXPECT_EQ(scene.CodeOf("order/arrived", {{"order_id", theirs}}), kPlatformDelivers);
  const std::string placed = OrderAt("status 2", OwnRider());
  EXPECT_EQ(scene.CodeOf("order/delivering", {{"order_id", placed}}), kWrongState);
  const std::string own = OrderAt("status 4", OwnRider());
  EXPECT_EQ(scene.CodeOf("order/delivering",
                         {{"order_id", own}, {"courier_name", "钱"}, {"courier_phone", "1"}}),
            0);
  EXPECT_EQ(scene.CodeOf("order/arrived", {{"order_id", own}}), 0);
  scene.RunUntil(own, "status 8");
  EXPECT_EQ(PlatformStatus(own), kCompleted);
}

TEST_F(MeituanApi, TakesAMealThatIsReady) {
  const std::string id = OrderAt("status 2");
  EXPECT_EQ(scene.CodeOf("order/preparationMealComplete", {{"order_id", id}}), kWrongState);
  scene.Call("order/confirm", {{"order_id", id}});
  EXPECT_EQ(scene.CodeOf("order/preparationMealComplete", {{"order_id", id}}), 0);
}

TEST_F(MeituanApi, TakesThatAnOrderWasStored) {
  const std::string id = OrderAt("status 2");
  EXPECT_EQ(scene.CodeOf("order/poi_received", {{"order_id", id}}), 0);
}

TEST_F(MeituanApi, ShowsTheStatus) {
  const std::string id = OrderAt("status 2");
  EXPECT_EQ(scene.Call("order/viewstatus", {{"order_id", id}}).dump(), R"({"data":{"status":2}})");
}

Fields Deciding(const std::string& id) { return {{"order_id", id}, {"reason", "同意"}}; }

TEST_F(MeituanApi, DecidesAnOpenRefundOnce) {
  const std::string id = OrderAt("status 4");
  EXPECT_EQ(scene.CodeOf("order/refund/agree", Deciding(id)), kWrongState);
  ASSERT_TRUE(scene.meituan.ApplyRefund(id, {.partial = true}, scene.now));
  EXPECT_EQ(scene.CodeOf("order/refund/agree", {{"order_id", id}}), kMissingParameter);
  EXPECT_EQ(scene.CodeOf("order/refund/agree", Deciding(id)), 0);
  EXPECT_EQ(scene.CodeOf("order/refund/reject", Deciding(id)), kWrongState);
  scene.Run();
  EXPECT_EQ(scene.meituan.Truth(id)->refunds[0].status, "refunded");
}

TEST_F(MeituanApi, DeclinesARefund) {
  const std::string id = OrderAt("status 4");
  ASSERT_TRUE(scene.meituan.ApplyRefund(id, {.partial = false}, scene.now));
  EXPECT_EQ(scene.CodeOf("order/refund/reject", Deciding(id)), 0);
  scene.Run();
  EXPECT_EQ(scene.meituan.Truth(id)->refunds[0].status, "declined");
  EXPECT_EQ(scene.meituan.Truth(id)->status, "completed");
}

TEST_F(MeituanApi, AgreesByItselfWhenNobodyDecides) {
  const std::string id = OrderAt("status 8");
  ASSERT_TRUE(scene.meituan.ApplyRefund(id, {.partial = false}, scene.now));
  scene.Run();
  const auto refund = scene.meituan.Truth(id)->refunds[0];
  EXPECT_EQ(refund.steps, (std::vector<std::string_view>{"applied", "auto_agreed", "paid_out"}));
}

TEST_F(MeituanApi, WaitsForTheGoodsBeforeItPaysBack) {
  const std::string id = OrderAt("status 8");
  ASSERT_TRUE(scene.meituan.ApplyRefund(id, {.flow = RefundFlow::kReturnGoods}, scene.now));
  EXPECT_EQ(scene.CodeOf("order/refund/agree", Deciding(id)), 0);
  scene.Run();
  EXPECT_EQ(scene.meituan.Truth(id)->refunds[0].steps,
            (std::vector<std::string_view>{"applied", "shop_agreed", "goods_sent", "finally_agreed",
                                           "paid_out"}));
}

TEST_F(MeituanApi, ListsRefundsByKind) {
  const std::string id = OrderAt("status 4");
  ASSERT_TRUE(scene.meituan.ApplyRefund(id, {.partial = true}, scene.now));
  const auto list = [&](Fields more) {
    more.emplace_back("wm_order_id_view", id);
    return scene.Call("ecommerce/order/getOrderRefundDetail", more)["data"];
  };
  ASSERT_EQ(list({}).size(), 1U);
  EXPECT_EQ(list({{"refund_type", "1"}}).size(), 0U);
  EXPECT_EQ(list({{"refund_type", "2"}}).size(), 1U);
  const json refund = list({})[0];
  EXPECT_EQ(refund["refund_type"], 2);
  EXPECT_EQ(refund["res_type"], 0);
  EXPECT_EQ(refund["order_id"].dump(), id);
  EXPECT_FALSE(refund["wmAppRetailForOrderPartRefundList"].empty());
  EXPECT_EQ(scene.CodeOf("ecommerce/order/getOrderRefundDetail",
                         {{"wm_order_id_view", id}, {"refund_type", "9"}}),
            kBadFormat);
}

TEST_F(MeituanApi, GivesTheDetailWithNumbersAsNumbersAndListsAsText) {
  const std::string id = OrderAt("status 2");
  const json data = scene.Call("order/getOrderDetail", {{"order_id", id}})["data"];
  for (const char* name : {"order_id", "wm_order_id_view", "total", "original_price", "status",
                           "ctime", "utime", "latitude", "order_send_time", "day_seq"}) {
    EXPECT_TRUE(data[name].is_number()) << name;
  }
  for (const char* name : {"detail", "extras", "poi_receive_detail", "recipient_phone"}) {
    EXPECT_TRUE(data[name].is_string()) << name;
  }
  EXPECT_TRUE(json::parse(data["detail"].get<std::string>()).is_array());
  EXPECT_EQ(data["order_id"].dump(), id);
  EXPECT_EQ(data["order_confirm_time"], 0);
  EXPECT_FALSE(data.contains("logistics_status"));
}

TEST_F(MeituanApi, GivesLogisticsWithTheDetailWhenAsked) {
  const std::string id = OrderAt("logistics 10");
  const json data =
      scene.Call("order/getOrderDetail", {{"order_id", id}, {"is_mt_logistics", "1"}})["data"];
  EXPECT_EQ(data["logistics_status"], 10);
  EXPECT_GT(data["logistics_confirm_time"], data["logistics_send_time"]);
  EXPECT_EQ(data["logistics_fetch_time"], 0);
  EXPECT_FALSE(data["logistics_dispatcher_name"].get<std::string>().empty());
}

TEST_F(MeituanApi, AgreesWithThePushAboutTheOrder) {
  const std::string id = OrderAt("status 2");
  const json data = scene.Call("order/getOrderDetail", {{"order_id", id}})["data"];
  const auto& push = scene.pushes.back().fields;
  for (const char* name : {"detail", "extras", "poi_receive_detail", "recipient_address"}) {
    EXPECT_EQ(data[name], push.at(name)) << name;
  }
  EXPECT_EQ(data["total"].dump(), push.at("total"));
}

TEST_F(MeituanApi, ShowsTheDelivery) {
  const std::string id = OrderAt("status 2");
  EXPECT_EQ(scene.CodeOf("order/logistics/status", {{"order_id", id}}), kNoDelivery);
  scene.Call("order/confirm", {{"order_id", id}});
  scene.RunUntil(id, "logistics 20");
  const json data = scene.Call("order/logistics/status", {{"order_id", id}})["data"];
  EXPECT_EQ(data["logistics_status"], 20);
  EXPECT_GT(data["fetch_time"], 0);
  EXPECT_FALSE(data["dispatcher_mobile"].get<std::string>().empty());
  scene.RunUntil(id, "status 8");
  EXPECT_EQ(scene.Call("order/logistics/status", {{"order_id", id}})["data"]["dispatcher_mobile"],
            "");
}

TEST_F(MeituanApi, LetsAWalkByDayNumberFindEveryOrder) {
  const std::string first = OrderAt("status 2");
  const std::string second = OrderAt("status 2");
  const json last = scene.Call("order/getOrderDaySeq", {{"app_poi_code", "shop_001"}})["data"];
  EXPECT_EQ(last["day_seq"], 2);
  const auto at = [&](const char* seq) {
    return scene
        .Call("order/getOrderIdByDaySeq", {{"app_poi_code", "shop_001"},
                                           {"date_time", "20231115"},
                                           {"day_seq", seq}})["data"]["order_id"]
        .dump();
  };
  EXPECT_EQ(at("1"), first);
  EXPECT_EQ(at("2"), second);
}

TEST_F(MeituanApi, KnowsItsShopsAndDays) {
  EXPECT_EQ(scene.CodeOf("order/getOrderDaySeq", {{"app_poi_code", "x"}}), kNoSuchShop);
  EXPECT_EQ(scene.CodeOf("order/getOrderDaySeq", {}), kMissingParameter);
  const auto code = [&](const char* day, const char* seq) {
    return scene.CodeOf("order/getOrderIdByDaySeq",
                        {{"app_poi_code", "shop_001"}, {"date_time", day}, {"day_seq", seq}});
  };
  EXPECT_EQ(code("20231115", "1"), kNoSuchOrder);
  EXPECT_EQ(code("2023-11-15", "1"), kBadFormat);
  EXPECT_EQ(code("20231115", "one"), kBadFormat);
}

}  // namespace
}  // namespace weir::simulators::meituan
