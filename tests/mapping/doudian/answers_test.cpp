// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/mapping/doudian/samples.hpp"

namespace weir::mapping::doudian {
namespace {

std::string ReasonOf(const Mapped& mapped) {
  return mapped.unmappable ? mapped.unmappable->reason : "";
}

TEST(Answers, OfAnOrderAndItsRiderAreOneFact) {
  const auto facts =
      OnlyOrder(MapPages(PagesOf(HourlyOrder({{"order_status", 3}, {"accept_order_status", 1}}),
                                 {{"superm.getShipmentInfo", ShipmentAnswer(9)}})));
  ASSERT_TRUE(facts.snapshot);
  ASSERT_EQ(facts.deliveries.size(), 1U);
  EXPECT_EQ(facts.statuses.back().status, model::OrderStatus::kDelivered);
  EXPECT_EQ(ExtraOf(facts)["shipment_info"]["track_no"], "DD1000001");
}

TEST(Answers, WithDecryptedContactsLeaveNoCiphersBehind) {
  const auto extra = ExtraOf(
      OnlyOrder(MapPages(PagesOf(HourlyOrder(), {{"order.batchDecrypt", DecryptAnswer()}}))));
  EXPECT_FALSE(extra.contains("encrypt_post_receiver"));
  EXPECT_FALSE(extra.contains("encrypt_post_tel"));
  EXPECT_TRUE(ExtraOf(MapDetail()).contains("encrypt_post_tel"));
}

TEST(Answers, AreToldApartByWhatWasDecrypted) {
  const auto digest = [](const std::vector<Page>& more) {
    return OnlyOrder(MapPages(PagesOf(HourlyOrder(), more))).snapshot->key.digest;
  };
  EXPECT_EQ(digest({}), digest({}));
  EXPECT_NE(digest({}), digest({{"order.batchDecrypt", DecryptAnswer()}}));
}

TEST(Answers, OfAListAreEachAnOrder) {
  const json list = {HourlyOrder(), HourlyOrder({{"order_id", "2"}}), json::object()};
  const auto mapped =
      MapAnswer("order.searchList", AnswerOf({{"shop_order_list", list}, {"total", 3}}));
  EXPECT_EQ(mapped.orders.size(), 2U);
  EXPECT_EQ(ReasonOf(mapped), "missing_subject");
  EXPECT_TRUE(mapped.unmappable->in_part);
}

TEST(Answers, OfAfterSalesAreRefunds) {
  const json listed = json::parse(R"({"items":[{
      "aftersale_info":{"aftersale_id":"7100000000000000009","aftersale_type":2,
        "aftersale_status":12,"refund_status":3,"refund_amount":990,"apply_time":1700000100,
        "update_time":1700000200},
      "order_info":{"shop_order_id":"6900000000000000001","related_order_info":[
        {"sku_order_id":"6900000000000000002","product_name":"奶茶","aftersale_item_num":1}]},
      "text_part":{"reason_text":"不想要了"}}]})");
  const auto facts = OnlyOrder(MapAnswer("afterSale.List", AnswerOf(listed)));
  EXPECT_EQ(facts.platform_order_id, kOrder);
  ASSERT_EQ(facts.refunds.size(), 1U);
  const auto& refund = facts.refunds[0];
  EXPECT_EQ(refund.id, "7100000000000000009");
  EXPECT_EQ(refund.status, model::RefundStatus::kRefunded);
  EXPECT_EQ(refund.amount, Fen(990));
  EXPECT_EQ(refund.reason, "不想要了");
  EXPECT_EQ(refund.applied_at, At(1700000100));
  EXPECT_EQ(refund.lines->at(0).name, "奶茶");
}

TEST(Answers, OfOneAfterSaleHaveOtherNames) {
  const auto map = [](int status, int refund_status) {
    const json detail = {{"process_info",
                          {{"after_sale_info",
                            {{"after_sale_id", 7100000000000000009},
                             {"after_sale_status", status},
                             {"refund_status", refund_status},
                             {"refund_total_amount", 990}}}}},
                         {"order_info", {{"shop_order_id", 6900000000000000001}}}};
    return OnlyOrder(MapAnswer("afterSale.Detail", AnswerOf(detail)));
  };
  EXPECT_EQ(map(6, 1).refunds.at(0).status, model::RefundStatus::kApplied);
  EXPECT_EQ(map(12, 1).refunds.at(0).status, model::RefundStatus::kApproved);
  EXPECT_EQ(map(12, 4).refunds.at(0).status, model::RefundStatus::kFailed);
  EXPECT_EQ(map(28, 1).refunds.at(0).status, model::RefundStatus::kWithdrawn);
  EXPECT_TRUE(map(0, 0).refunds.empty());
  EXPECT_EQ(map(77, 0).issues.at(0).detail, "aftersale_status 77");
}

TEST(Answers, OfAStoreAreItsProfileAndState) {
  const json store = json::parse(R"({"store_id":88001,"name":"示例门店","contact":"02160000000",
      "province":"上海市","city":"上海市","district":"示例区","address":"示例路1号",
      "longitude":"121.473701","latitude":"31.230416","state":1,"store_code":"shop_001",
      "open_time":{"day_map":{"1":"10:00-22:00","2":"10:00-22:00"}}})");
  const auto map = [](const json& told) {
    return MapAnswer("shop.getStoreDetail", AnswerOf({{"store_detail", {{"store", told}}}}));
  };
  const auto mapped = map(store);
  ASSERT_EQ(mapped.profiles.size(), 1U);
  EXPECT_EQ(mapped.profiles[0].platform_shop, "88001");
  EXPECT_EQ(mapped.profiles[0].address, "上海市上海市示例区示例路1号");
  EXPECT_EQ(mapped.profiles[0].hours, "10:00-22:00");
  EXPECT_EQ(mapped.profiles[0].latitude, "31.230416");
  EXPECT_EQ(mapped.profiles[0].extra, R"({"store_code":"shop_001"})");
  ASSERT_EQ(mapped.stores.size(), 1U);
  EXPECT_EQ(mapped.stores[0].state, "open");
  json other = store;
  other["state"] = 9;
  other["open_time"]["day_map"]["2"] = "";
  EXPECT_EQ(map(other).stores[0].aspect, model::StoreAspect::kOther);
  EXPECT_EQ(map(other).stores[0].state, "9");
  EXPECT_EQ(map(other).profiles[0].hours, "1 10:00-22:00,2 ");
  EXPECT_EQ(ReasonOf(map(json::object())), "missing_subject");
}

TEST(Answers, OfUnknownInterfacesAreNotMapped) {
  EXPECT_EQ(ReasonOf(MapAnswer("shop.brandList", AnswerOf(json::object({{"a", 1}})))),
            "unknown_topic");
}

TEST(Answers, ThatAreNoneAreMalformed) {
  for (const char* answer : {"", "x", "[]", "{}", R"({"code":10000,"data":null})"}) {
    EXPECT_EQ(ReasonOf(MapAnswer("order.orderDetail", answer)), "malformed_payload") << answer;
  }
  EXPECT_EQ(ReasonOf(MapAnswer("order.searchList", AnswerOf({{"total", 0}}))), "malformed_payload");
  EXPECT_EQ(ReasonOf(MapAnswer("order.orderDetail", AnswerOf({{"a", 1}}))), "missing_subject");
}

TEST(Answers, OfPagesBeginWithTheDetail) {
  std::string payload;
  AppendPage(payload, "order.batchDecrypt", AnswerOf(DecryptAnswer()));
  EXPECT_EQ(ReasonOf(MapPages(payload)), "malformed_payload");
  EXPECT_EQ(ReasonOf(MapPages("")), "malformed_payload");
  EXPECT_EQ(ReasonOf(MapPages("order.orderDetail 1\nx\n")), "malformed_payload");
}

}  // namespace
}  // namespace weir::mapping::doudian
