// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>

#include "tests/simulators/douyin/scene.hpp"

namespace weir::simulators::douyin {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr const char* kOfAccount = "?account_id=7000000000000000009";
constexpr const char* kTakeaways = "hermes/trade/order/query/?account_id=7000000000000000009";

class DouyinApi : public testing::Test {
 protected:
  std::string Takeaway(const Fate& fate = CalmFate()) {
    return scene_.douyin.CreateOrder(scene_.now, fate);
  }
  nlohmann::json Takeaways(const std::string& rest = "") {
    return scene_.Get(kTakeaways + rest)["data"];
  }
  nlohmann::json General(const std::string& rest) {
    return scene_.Get(std::string("trade/order/query/") + kOfAccount + rest)["data"];
  }

  Scene scene_;
};

TEST_F(DouyinApi, AnswersInTheEnvelope) {
  const auto answer = scene_.Get(kTakeaways);
  EXPECT_EQ(CodeOf(answer), 0);
  EXPECT_EQ(answer["data"]["description"], "success");
  EXPECT_EQ(answer["extra"]["now"], 1'700'000'000);
  EXPECT_EQ(answer["extra"]["sub_error_code"], 0);
}

TEST_F(DouyinApi, RefusesWithHttp200) {
  const HttpAnswer answer =
      scene_.Send("POST", "/goodlife/v1/trade/buy/merchant_confirm_order/", OfOrder("1"));
  EXPECT_EQ(answer.status, 200U);
  const auto body = nlohmann::json::parse(answer.body);
  EXPECT_EQ(CodeOf(body), 3100101);
  EXPECT_EQ(body["extra"]["sub_error_code"], 20000);
}

TEST_F(DouyinApi, PutsACodeInOnePlaceOnlyWhenAskedTo) {
  Options options = CalmOptions();
  options.quirks.lone_code = 1;
  Scene scene(options);
  const auto answer = scene.Post("trade/buy/merchant_confirm_order", OfOrder("1"));
  EXPECT_NE(answer["data"]["error_code"], answer["extra"]["error_code"]);
}

TEST_F(DouyinApi, KnowsItsPathsWithAndWithoutTheLastSlash) {
  EXPECT_EQ(scene_.Send("GET", "/goodlife/v1/shop/poi/query?page=1&size=50").status, 200U);
  EXPECT_EQ(scene_.Send("GET", "/goodlife/v1/shop/poi/query/?page=1&size=50").status, 200U);
  EXPECT_EQ(scene_.Send("GET", "/goodlife/v1/shop/poi/queries/").status, 404U);
  EXPECT_EQ(scene_.Send("POST", "/goodlife/v1/shop/poi/query/", "{}").status, 404U);
}

TEST_F(DouyinApi, RefusesAnotherMerchant) {
  EXPECT_EQ(CodeOf(scene_.Get("trade/order/query/?account_id=1")), 2119005);
}

TEST_F(DouyinApi, RefusesABodyThatIsNoObject) {
  for (const char* body : {"", "[]", "{"}) {
    EXPECT_EQ(CodeOf(scene_.Post("trade/buy/merchant_confirm_order/", body)), 200002) << body;
  }
}

TEST_F(DouyinApi, LimitsTheRateOfOrderQueries) {
  for (int i = 0; i < 20; ++i) EXPECT_EQ(CodeOf(scene_.Get(kTakeaways)), 0);
  EXPECT_EQ(CodeOf(scene_.Get(kTakeaways)), 2119003);
  EXPECT_EQ(CodeOf(scene_.Get("shop/poi/query/?page=1&size=50")), 0);
  scene_.now += seconds(1);
  EXPECT_EQ(CodeOf(scene_.Get(kTakeaways)), 0);
}

TEST_F(DouyinApi, FailsNowAndThen) {
  Options options = CalmOptions();
  options.faults.api_failure = 1;
  Scene scene(options);
  EXPECT_GE(scene.Send("GET", "/goodlife/v1/shop/poi/query/?page=1&size=50").status, 500U);
}

TEST_F(DouyinApi, ReadsATakeawayAsItIsPushed) {
  const std::string id = Takeaway();
  scene_.RunUntil(id, "life_takeout_order_pay_success");
  const auto orders = Takeaways("&order_id=" + id)["orders"];
  ASSERT_EQ(orders.size(), 1U);
  for (const auto& [name, value] : scene_.pushes.front().content.items()) {
    EXPECT_EQ(orders[0][name], value) << name;
  }
  EXPECT_EQ(orders[0]["order_status"], 200);
  EXPECT_EQ(orders[0]["order_id"], id);
}

TEST_F(DouyinApi, EncryptsContacts) {
  const std::string id = Takeaway();
  const auto plain = [&](const std::string& rest) {
    const auto order = Takeaways("&order_id=" + id + rest)["orders"][0];
    return Decrypt(order["contacts"][0]["phone"].get<std::string>(), kSecret).value();
  };
  const Recipient& whom = scene_.douyin.Find(id)->recipient;
  EXPECT_EQ(plain(""), whom.phone);
  EXPECT_EQ(plain("&get_secret_number=true"), whom.secret_number);
}

TEST_F(DouyinApi, DecryptsABatch) {
  const std::string cipher = Encrypt("13800000000", kSecret);
  const auto answer = scene_.Post("open/common_biz/crypto/decrypt/batch/",
                                  R"({"cipher_texts":[")" + cipher + R"(","x"]})")["data"];
  EXPECT_EQ(answer["decrypt_infos"][0]["decrypt_text"], "13800000000");
  EXPECT_NE(answer["decrypt_infos"][1]["err_no"], 0);
}

TEST_F(DouyinApi, ListsOrdersPageByPage) {
  for (int i = 0; i < 5; ++i) Takeaway();
  const auto first = Takeaways("&page_num=1&page_size=3");
  EXPECT_EQ(first["orders"].size(), 3U);
  EXPECT_EQ(first["page"]["total"], 5);
  EXPECT_EQ(Takeaways("&page_num=2&page_size=3")["orders"].size(), 2U);
  EXPECT_TRUE(Takeaways("&page_num=3&page_size=3")["orders"].empty());
}

TEST_F(DouyinApi, ListsOrdersByCursor) {
  for (int i = 0; i < 5; ++i) Takeaway();
  std::string cursor = "0";
  std::size_t seen = 0;
  for (bool more = true; more;) {
    const auto page = Takeaways("&page_size=2&cursor=" + cursor);
    seen += page["orders"].size();
    cursor = page["cursor"];
    more = page["has_more"];
  }
  EXPECT_EQ(seen, 5U);
}

TEST_F(DouyinApi, WantsACursorBeyondTenThousand) {
  EXPECT_EQ(Takeaways("&page_num=100&page_size=100")["error_code"], 0);
  EXPECT_EQ(Takeaways("&page_num=101&page_size=100")["error_code"], 4000002);
  EXPECT_EQ(Takeaways("&page_num=1&page_size=101")["error_code"], 2100005);
  EXPECT_EQ(Takeaways("&page_num=0")["error_code"], 2100005);
}

TEST_F(DouyinApi, ListsOrdersOfAWindow) {
  Takeaway();
  scene_.now += minutes(1);
  const std::string second = Takeaway();
  const auto orders = Takeaways("&create_order_start_time=1700000060")["orders"];
  ASSERT_EQ(orders.size(), 1U);
  EXPECT_EQ(orders[0]["order_id"], second);
  EXPECT_TRUE(Takeaways("&update_order_start_time=1700009999")["orders"].empty());
}

TEST_F(DouyinApi, ListsCouponsApartFromTakeaways) {
  const std::string takeaway = Takeaway();
  const std::string coupons = Takeaway(CouponsFate({}));
  ASSERT_EQ(General("")["orders"].size(), 1U);
  EXPECT_EQ(General("")["orders"][0]["order_id"], coupons);
  EXPECT_EQ(General("")["orders"][0]["order_type"], 21);
  EXPECT_EQ(Takeaways()["orders"].size(), 1U);
  EXPECT_EQ(General("&order_id=" + takeaway)["orders"][0]["order_id"], takeaway);
  const auto catering = scene_.Get(std::string("akte/order/query/") + kOfAccount)["data"];
  EXPECT_TRUE(catering["orders"][0].contains("amount_info"));
  EXPECT_TRUE(
      scene_.Get(std::string("retail/order/query/") + kOfAccount)["data"]["orders"].empty());
}

TEST_F(DouyinApi, AcceptsRejectsAndCancels) {
  Options options = CalmOptions();
  options.traffic.auto_confirm = false;
  Scene scene(options);
  const std::string accepted = scene.douyin.CreateOrder(scene.now, CalmFate());
  const std::string rejected = scene.douyin.CreateOrder(scene.now, CalmFate());
  scene.RunFor(minutes(1));
  EXPECT_EQ(CodeOf(scene.Post("trade/buy/merchant_confirm_order/", OfOrder(accepted))), 0);
  EXPECT_EQ(CodeOf(scene.Post("trade/buy/merchant_confirm_order/", OfOrder(accepted))), 5000001);
  EXPECT_EQ(CodeOf(scene.Post("hermes/preparation/complete/confirm/", OfOrder(accepted))), 0);
  EXPECT_EQ(CodeOf(scene.Post("after_sale/order/merchant_reject/", OfOrder(rejected))), 2100005);
  EXPECT_EQ(CodeOf(scene.Post(
                "after_sale/order/merchant_reject/",
                R"({"order_id":")" + rejected + R"(","reject_reason":{"reason_code":[502]}})")),
            0);
  const std::string cancel =
      R"({"order_id":")" + accepted +
      R"(","out_after_sale_id":"c-1","refund_reason":{"reason_code":[501]}})";
  EXPECT_EQ(CodeOf(scene.Post("after_sale/order/apply_refund/", cancel)), 0);
  EXPECT_EQ(CodeOf(scene.Post("after_sale/order/apply_refund/", cancel)), 0);
  EXPECT_EQ(scene.douyin.Truth(accepted)->status, "cancelled");
  EXPECT_EQ(scene.douyin.Truth(accepted)->refunds.size(), 1U);
  EXPECT_EQ(scene.douyin.Truth(rejected)->status, "rejected");
}

TEST_F(DouyinApi, TakesWhereTheShopsOwnRiderIs) {
  Fate fate = CalmFate();
  fate.self_delivery = true;
  fate.route.clear();
  const std::string id = Takeaway(fate);
  scene_.RunUntil(id, "life_takeout_order_merchant_receive");
  const auto body = [&](int behavior) {
    return R"({"order_id":")" + id + R"(","rider_name":"王师傅","behavior":)" +
           std::to_string(behavior) + "}";
  };
  EXPECT_EQ(CodeOf(scene_.Post("fulfilment/distribution/order/sync_status/", body(3))), 0);
  EXPECT_EQ(CodeOf(scene_.Post("fulfilment/distribution/order/sync_status/", body(9))), 2100005);
  EXPECT_EQ(scene_.douyin.Truth(id)->status, "dispatched");
  scene_.Run();
  const auto& told = scene_.pushes.at(2).content;
  EXPECT_EQ(told["delivery_status"], 104);
  EXPECT_EQ(told["from_third"], true);
}

TEST_F(DouyinApi, BillsWhatIsFinished) {
  const std::string id = Takeaway();
  scene_.Run();
  const auto bill = scene_.Get(std::string("settle/ledger/query_by_order/") + kOfAccount +
                               "&order_ids=" + id)["data"]["ledgers"][0];
  EXPECT_EQ(bill["merchant_amount"], *scene_.douyin.Truth(id)->income);
}

TEST_F(DouyinApi, ListsGoodsByCursorWithAttributesAsText) {
  std::string cursor = "0";
  std::size_t seen = 0;
  for (bool more = true; more;) {
    const auto page = scene_.Get(std::string("goods/product/online/query/") + kOfAccount +
                                 "&count=50&cursor=" + cursor)["data"];
    ASSERT_FALSE(page["products"].empty());
    seen += page["products"].size();
    cursor = page["next_cursor"];
    more = page["has_more"];
    const auto& product = page["products"][0]["product"];
    EXPECT_TRUE(product["pois"][0]["poi_id"].is_number_integer());
    const std::string images = product["attr_key_value_map"]["image_list"];
    EXPECT_TRUE(nlohmann::json::parse(images)[0].contains("url"));
  }
  std::size_t all = 0;
  for (const auto& item : scene_.douyin.menu("7000000000000000001").items) all += item.specs.size();
  EXPECT_EQ(seen, all);
}

TEST_F(DouyinApi, TakesGoodsOffTheShelfAndSetsTheirStock) {
  const auto& item = scene_.douyin.menu("7000000000000000001").items.front();
  const std::string code = item.specs.front().code;
  EXPECT_EQ(
      CodeOf(scene_.Post("goods/product/operate/", R"({"out_id":")" + code + R"(","op_type":2})")),
      0);
  EXPECT_FALSE(item.on_sale);
  EXPECT_EQ(CodeOf(scene_.Post("goods/stock/sync/",
                               R"({"out_id":")" + code + R"(","stock":{"avail_qty":88}})")),
            0);
  EXPECT_EQ(item.specs.front().stock, 88);
  EXPECT_EQ(CodeOf(scene_.Post("goods/product/operate/", R"({"out_id":"?","op_type":2})")),
            5000001);
}

TEST_F(DouyinApi, ListsCommentsAndTakesReplies) {
  const std::string path = std::string("akte/comment/query/") + kOfAccount + "&count=100&cursor=0";
  const auto comments = scene_.Get(path)["data"]["comments"];
  ASSERT_EQ(comments.size(), 30U);
  const int score = comments[0]["comment_info"]["rate_score"];
  EXPECT_EQ(score % 10, 0);
  const std::string rate = comments[0]["comment_info"]["rate_id"];
  EXPECT_EQ(rate.size(), 19U);
  EXPECT_EQ(
      CodeOf(scene_.Post("akte/comment/reply/", R"({"poi_id":7000000000000000001,"rate_id":)" +
                                                    rate + R"(,"text":"感谢光临"})")),
      0);
  EXPECT_EQ(scene_.Get(path)["data"]["comments"][0]["reply_list"][0]["text"], "感谢光临");
}

TEST_F(DouyinApi, TellsOfShops) {
  const auto shops = scene_.Get("shop/poi/query/?page=1&size=50")["data"];
  EXPECT_EQ(shops["total"], 1);
  EXPECT_EQ(shops["pois"][0]["poi"]["poi_id"], "7000000000000000001");
  EXPECT_EQ(CodeOf(scene_.Get("shop/poi/query/?page=1&size=51")), 2100005);
  EXPECT_EQ(
      scene_.Get(
          "hermes/delivery/delivery_info/get/?poi_id=7000000000000000001")["data"]["accept_status"],
      1);
}

TEST_F(DouyinApi, MatchesShops) {
  const auto tasks = scene_.Post("poi/match/task/create/", R"({"datas":[{},{}]})")["data"];
  ASSERT_EQ(tasks["task_ids"].size(), 2U);
  const auto seen = scene_.Get("poi/match/task/view/?task_ids=900001,900002")["data"];
  EXPECT_EQ(seen["tasks"].size(), 2U);
}

TEST_F(DouyinApi, ListsDishes) {
  const auto dishes = scene_.Post("goods/foodorder/dish/list/", R"({"count":10})")["data"];
  EXPECT_EQ(dishes["dishes"].size(), 10U);
  EXPECT_EQ(dishes["has_more"], true);
}

struct Golden {
  const char* path;
  const char* file;
  int code;  ///< What is there of it is unknown here; its shape is not.
};

class DouyinGoldenRequests : public testing::TestWithParam<Golden> {};

TEST_P(DouyinGoldenRequests, AreUnderstood) {
  std::ifstream file(std::string(WEIR_TEST_DATA "/douyin/") + GetParam().file);
  nlohmann::json body = nlohmann::json::parse(file);
  body["account_id"] = "7000000000000000009";
  Scene scene;
  EXPECT_EQ(CodeOf(scene.Post(GetParam().path, body.dump())), GetParam().code);
}

INSTANTIATE_TEST_SUITE_P(
    Protocol, DouyinGoldenRequests,
    testing::Values(
        Golden{"after_sale/order/merchant_reject/", "life_merchant_reject_request.json", 3100101},
        Golden{"after_sale/order/apply_refund/", "life_apply_refund_request.json", 3100101},
        Golden{"after_sale/audit/notify/", "life_audit_notify_request.json", 3100101},
        Golden{"fulfilment/distribution/order/sync_status/", "life_self_delivery_sync_request.json",
               3100101},
        Golden{"goods/product/operate/", "life_goods_operate_request.json", 5000001},
        Golden{"goods/stock/sync/", "life_goods_stock_sync_request.json", 5000001},
        Golden{"akte/comment/reply/", "life_comment_reply_request.json", 5000001}));

}  // namespace
}  // namespace weir::simulators::douyin
