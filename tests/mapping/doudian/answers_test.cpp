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
