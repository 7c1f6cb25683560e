// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <chrono>

#include "tests/simulators/eleme/scene.hpp"

namespace weir::simulators::eleme {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kOfShop = R"({"shopId":10001})";

class ElemeApi : public testing::Test {
 protected:
  std::string Order(const Fate& fate = CalmFate()) {
    return scene_.eleme.CreateOrder(scene_.now, fate);
  }
  std::string CodeOfBody(const std::string& body) {
    const HttpAnswer answer = scene_.Post("/api/v1", body);
    EXPECT_EQ(answer.status, 200U);
    return nlohmann::json::parse(answer.body)["error"].value("code", "");
  }
  static std::string With(std::string text, const std::string& from, const std::string& to) {
    return text.replace(text.find(from), from.size(), to);
  }

  Scene scene_;
};

TEST_F(ElemeApi, EchoesTheId) {
  const auto answer = scene_.Call("eleme.user.getUser", "{}");
  EXPECT_EQ(answer["id"], "r-1");
  EXPECT_TRUE(answer["error"].is_null());
  EXPECT_EQ(answer["result"]["authorizedShops"][0]["id"], 10001);
}

TEST_F(ElemeApi, ChecksTheSignatureBeforeTheToken) {
  scene_.token = "unknown";
  const std::string body = scene_.Envelope("eleme.user.getUser", "{}");
  EXPECT_EQ(CodeOfBody(body), "UNAUTHORIZED");
  EXPECT_EQ(CodeOfBody(With(body, "r-1", "r-2")), "UNAUTHORIZED");
  EXPECT_EQ(CodeOfBody(With(body, "unknown", "unknows")), "INVALID_SIGNATURE");
}

TEST_F(ElemeApi, SignsTheBytesThatWereSent) {
  const std::string body = scene_.Envelope("eleme.order.getOrder", R"({"orderId":"1.0","x":1.0})");
  EXPECT_EQ(CodeOfBody(body), "BIZ_ORDER_NOT_EXISTS");
  EXPECT_EQ(CodeOfBody(With(body, "\"x\":1.0", "\"x\":1")), "INVALID_SIGNATURE");
}

TEST_F(ElemeApi, RefusesBrokenEnvelopes) {
  for (const char* body : {"", "[]", "{}", R"({"nop":"1.0.0","metas":{},"params":[]})"}) {
    EXPECT_EQ(CodeOfBody(body), "ILLEGAL_REQUEST") << body;
  }
  const std::string body = scene_.Envelope("eleme.user.getUser", "{}");
  EXPECT_EQ(CodeOfBody(With(body, "test_key", "othe_key")), "ILLEGAL_REQUEST");
}

TEST_F(ElemeApi, RefusesAWrongClock) {
  const std::string body = scene_.Envelope("eleme.user.getUser", "{}");
  scene_.now += minutes(11);
  EXPECT_EQ(CodeOfBody(body), "INVALID_TIMESTAMP");
}

TEST_F(ElemeApi, RefusesUnknownActionsAndPaths) {
  EXPECT_EQ(scene_.CodeOf("eleme.order.get", "{}"), "METHOD_NOT_ALLOWED");
  EXPECT_EQ(scene_.Post("/api/v2/", "{}").status, 404U);
  EXPECT_EQ(scene_.eleme.counts().calls_refused, 2U);
}

TEST_F(ElemeApi, LimitsTheRateOfEachAction) {
  Options options = CalmOptions();
  options.calls_per_second = 2;
  Scene scene(options);
  EXPECT_EQ(scene.CodeOf("eleme.user.getUser", "{}"), "");
  EXPECT_EQ(scene.CodeOf("eleme.user.getUser", "{}"), "");
  EXPECT_EQ(scene.CodeOf("eleme.user.getUser", "{}"), "EXCEED_LIMIT");
  EXPECT_EQ(scene.CodeOf("eleme.shop.getShop", kOfShop), "");
  scene.now += seconds(1);
  EXPECT_EQ(scene.CodeOf("eleme.user.getUser", "{}"), "");
}

std::string Inflated(const std::string& packed) {
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  std::string text(1 << 20, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(text.data());
  stream.avail_out = static_cast<uInt>(text.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  text.resize(stream.total_out);
  inflateEnd(&stream);
  return text;
}

TEST_F(ElemeApi, AnswersInGzipWhenAsked) {
  const std::string body = scene_.Envelope("eleme.user.getUser", "{}");
  const HttpAnswer plain = scene_.Post("/api/v1/", body);
  const HttpAnswer packed = scene_.Post("/api/v1/", body, {{"accept-encoding", "gzip"}});
  EXPECT_THAT(packed.headers, ElementsAre(testing::Pair("Content-Encoding", "gzip")));
  EXPECT_EQ(Inflated(packed.body), plain.body);
}

TEST_F(ElemeApi, FailsNowAndThen) {
  Options options = CalmOptions();
  options.faults.api_failure = 1;
  Scene scene(options);
  EXPECT_GE(scene.Post("/api/v1/", scene.Envelope("eleme.user.getUser", "{}")).status, 500U);
}

TEST_F(ElemeApi, ReadsAnOrderAsItIsPushed) {
  const std::string id = Order();
  scene_.RunUntil(id, "10");
  EXPECT_EQ(scene_.Result("eleme.order.getOrder", OfOrder(id)), scene_.pushes.front().message);
  const auto several =
      scene_.Result("eleme.order.mgetOrders", R"({"orderIds":[")" + id + R"(","1"]})");
  EXPECT_EQ(several.size(), 1U);
  EXPECT_EQ(several[id]["id"], id);
}

TEST_F(ElemeApi, DoesNotShowUnpaidOrders) {
  const std::string id = Order();
  EXPECT_EQ(scene_.CodeOf("eleme.order.getOrder", OfOrder(id)), "BIZ_ORDER_NOT_EXISTS");
}

TEST_F(ElemeApi, ListsADayPageByPage) {
  for (int i = 0; i < 5; ++i) Order();
  scene_.RunFor(minutes(1));
  const auto page = [&](const std::string& rest) {
    return scene_.Result("eleme.order.getAllOrders", R"({"shopId":10001,)" + rest + "}");
  };
  const auto first = page(R"("pageNo":1,"pageSize":3,"date":"2023-11-15")");
  EXPECT_EQ(first["total"], 5);
  EXPECT_EQ(first["list"].size(), 3U);
  EXPECT_EQ(page(R"("pageNo":2,"pageSize":3,"date":"2023-11-15")")["list"].size(), 2U);
  EXPECT_EQ(page(R"("pageNo":1,"pageSize":50,"date":"2023-11-14")")["total"], 0);
  for (const char* wrong :
       {R"("pageNo":0,"pageSize":3,"date":"2023-11-15")",
        R"("pageNo":101,"pageSize":3,"date":"2023-11-15")",
        R"("pageNo":1,"pageSize":51,"date":"2023-11-15")",
        R"("pageNo":1,"pageSize":3,"date":"20231115")", R"("pageNo":1,"pageSize":3)"}) {
    EXPECT_EQ(
        scene_.CodeOf("eleme.order.getAllOrders", R"({"shopId":10001,)" + std::string(wrong) + "}"),
        "VALIDATION_FAILED")
        << wrong;
  }
}

TEST_F(ElemeApi, ListsWhatWaits) {
  Options options = CalmOptions();
  options.traffic.auto_confirm = options.traffic.auto_refund = false;
  Scene scene(options);
  const std::string id = scene.eleme.CreateOrder(scene.now, CalmFate());
  scene.RunUntil(id, "10");
  EXPECT_THAT(scene.Result("eleme.order.getUnprocessOrders", kOfShop), ElementsAre(id));
  EXPECT_EQ(scene.CodeOf("eleme.order.confirmOrderLite", OfOrder(id)), "");
  EXPECT_EQ(scene.CodeOf("eleme.order.confirmOrderLite", OfOrder(id)), "BIZ_ORDER_STATE_INVALID");
  EXPECT_TRUE(scene.Result("eleme.order.getUnprocessOrders", kOfShop).empty());
  EXPECT_TRUE(scene.Result("eleme.order.getRefundOrder", OfOrder(id)).is_null());
  ASSERT_TRUE(scene.eleme.ApplyRefund(id, {RefundFlow::kCancel}, scene.now));
  EXPECT_THAT(scene.Result("eleme.order.getCancelOrders", kOfShop), ElementsAre(id));
  EXPECT_TRUE(scene.Result("eleme.order.getRefundOrders", kOfShop).empty());
  EXPECT_EQ(scene.Result("eleme.order.getRefundOrder", OfOrder(id))["refundStatus"], "applied");
}

TEST_F(ElemeApi, CancelsByTheState) {
  const std::string params = R"(","type":"foodSoldOut","remark":"售完"})";
  Options options = CalmOptions();
  options.traffic.auto_confirm = false;
  Scene scene(options);
  const std::string id = scene.eleme.CreateOrder(scene.now, CalmFate());
  scene.RunUntil(id, "10");
  EXPECT_EQ(scene.CodeOf("eleme.order.cancelOrderLite",
                         R"({"orderId":")" + id + R"(","type":"mood","remark":""})"),
            "VALIDATION_FAILED");
  EXPECT_EQ(scene.CodeOf("eleme.order.cancelOrderLite", R"({"orderId":")" + id + params), "");
  EXPECT_EQ(scene.eleme.Truth(id)->status, "rejected");
  const std::string accepted = Order();
  scene_.RunUntil(accepted, "12");
  EXPECT_EQ(scene_.CodeOf("eleme.order.cancelOrderLite", R"({"orderId":")" + accepted + params),
            "");
  EXPECT_EQ(scene_.eleme.Truth(accepted)->status, "cancelled");
}

TEST_F(ElemeApi, TellsWhereTheRiderIs) {
  const std::string id = Order();
  scene_.RunUntil(id, "53");
  const auto record = scene_.Result("eleme.order.getDeliveryStateRecord", OfOrder(id));
  EXPECT_EQ(record["state"], "tobeFetched");
  EXPECT_EQ(record["deliverName"], scene_.pushes.back().message["name"]);
}

TEST_F(ElemeApi, LetsTheShopDeliverWhenTheLogisticsRefuse) {
  Fate fate = CalmFate();
  fate.route = {51, 76};
  const std::string id = Order(fate);
  scene_.RunUntil(id, "76");
  EXPECT_EQ(scene_.CodeOf("eleme.order.deliveryBySelfLite", OfOrder(id)), "");
  scene_.RunFor(seconds(0));
  EXPECT_EQ(scene_.pushes.back().type(), 71);
  EXPECT_EQ(scene_.CodeOf("eleme.order.completeDeliveryBySelf", OfOrder(id)), "");
  scene_.Run();
  EXPECT_EQ(scene_.eleme.Truth(id)->status, "completed");
}

TEST_F(ElemeApi, KeepsRemindersUntilTheyAreAnswered) {
  const std::string id = Order();
  scene_.RunUntil(id, "12");
  ASSERT_TRUE(scene_.eleme.Urge(id, scene_.now));
  const auto open = scene_.Result("eleme.order.getUnreplyReminders", kOfShop);
  ASSERT_EQ(open.size(), 1U);
  const std::string reminder = open[0]["remindId"];
  EXPECT_EQ(scene_.CodeOf("eleme.order.replyReminder",
                          R"({"remindId":")" + reminder + R"(","type":"hasOut","content":""})"),
            "");
  EXPECT_TRUE(scene_.Result("eleme.order.getUnreplyReminders", kOfShop).empty());
}

TEST_F(ElemeApi, ShowsShops) {
  EXPECT_EQ(scene_.Result("eleme.shop.getShop", kOfShop)["openId"], "shop_001");
  EXPECT_EQ(scene_.CodeOf("eleme.shop.getShop", R"({"shopId":1})"), "BIZ_SHOP_NOT_EXISTS");
  EXPECT_EQ(scene_.Result("eleme.shop.updateShop",
                          R"({"shopId":10001,"properties":{"isOpen":0}})")["isOpen"],
            0);
  const auto states = scene_.Result("eleme.shop.mgetShopStatus", R"({"shopIds":[10001,7]})");
  EXPECT_EQ(states.size(), 1U);
  EXPECT_EQ(states["10001"]["busyLevel"], "busyLevelClosed");
}

TEST_F(ElemeApi, ShowsTheMenuInPages) {
  const auto categories =
      scene_.Result("eleme.product.category.getShopCategoriesWithChildren", kOfShop);
  ASSERT_FALSE(categories.empty());
  EXPECT_EQ(categories[0]["parentId"], 0);
  const auto page = [&](const std::string& query) {
    return scene_.Result("eleme.product.item.queryItemByPage", R"({"queryPage":)" + query + "}");
  };
  EXPECT_EQ(page(R"({"shopId":10001,"offset":0,"limit":30})").size(), 30U);
  const auto rest = page(R"({"shopId":10001,"offset":30,"limit":30})");
  ASSERT_EQ(rest.size(), 10U);
  EXPECT_FALSE(rest[0]["specs"].empty());
  EXPECT_EQ(
      scene_.Result("eleme.product.item.getItem", R"({"itemId":)" + rest[0]["id"].dump() + "}"),
      rest[0]);
}

TEST_F(ElemeApi, ServesMenusOfThreeThousandItems) {
  Options options = CalmOptions();
  options.menu_items = 5000;
  Scene scene(options);
  EXPECT_EQ(scene.eleme.menu("10001").items.size(), 3000U);
}

TEST_F(ElemeApi, ShowsReviews) {
  const auto all = scene_.Result("eleme.ugc.getOrderRatesByShopId",
                                 R"({"shopId":10001,"offset":0,"pageSize":100})");
  ASSERT_EQ(all.size(), 30U);
  EXPECT_FALSE(all[0]["rateTag"]["orderId"].get<std::string>().empty());
  EXPECT_EQ(scene_.Result("eleme.ugc.getORateResult",
                          R"({"rateQuery":{"shopId":10001,"offset":0,"pageSize":100}})"),
            all);
  EXPECT_EQ(scene_.Result("eleme.ugc.countORateResult", R"({"rateQuery":{"shopId":10001}})"), 30);
  EXPECT_EQ(scene_.CodeOf("eleme.ugc.countORateResult", "{}"), "VALIDATION_FAILED");
  const std::string oldest = all[29]["ratedAt"];
  EXPECT_EQ(
      scene_
          .Result(
              "eleme.ugc.getOrderRatesByShopId",
              R"({"shopId":10001,"offset":0,"pageSize":100,"startTime":"2000-01-01T00:00:00","endTime":")" +
                  oldest + "\"}")
          .size(),
      0U);
}

}  // namespace
}  // namespace weir::simulators::eleme
