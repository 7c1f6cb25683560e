// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "mapping/meituan/status.hpp"
#include "tests/mapping/meituan/samples.hpp"

/// The protocol's own sample messages, exactly.
namespace weir::mapping::meituan {
namespace {

using model::OrderStatus;
using model::ShipmentStatus;

Money Fen(std::int64_t fen) { return Money::FromFen(fen); }

void ExpectSampleMoney(const model::OrderSnapshot& snapshot) {
  const model::Item item{.line = "1",
                         .name = "红烧肉饭",
                         .platform_sku = "F001-L",
                         .product_id = "F001",
                         .merchant_code = "",
                         .spec = "大份",
                         .quantity = "2",
                         .unit_price = Fen(1500),
                         .amount = Fen(3000),
                         .options = {{.group = "", .name = "中辣", .price = {}, .quantity = 1}},
                         .components = {},
                         .basket = "1",
                         .gift = false,
                         .note = ""};
  EXPECT_EQ(snapshot.items, std::vector{item});
  EXPECT_EQ(snapshot.charges,
            (std::vector<model::Charge>{{.kind = "delivery", .amount = Fen(500)},
                                        {.kind = "packaging", .amount = Fen(200)}}));
  EXPECT_EQ(snapshot.discounts, (std::vector<model::Discount>{{.kind = "full_reduction",
                                                               .name = "满30减5.5",
                                                               .amount = Fen(550),
                                                               .platform_share = Fen(250),
                                                               .merchant_share = Fen(300),
                                                               .other_share = Fen(0)}}));
  EXPECT_EQ(snapshot.totals, (model::Totals{.items = Fen(3000),
                                            .charges = Fen(700),
                                            .discounts = Fen(550),
                                            .paid = Fen(3150),
                                            .commission = Fen(480),
                                            .merchant_income = Fen(2420)}));
  EXPECT_TRUE(snapshot.issues.empty());
}

void ExpectSampleCustomer(const model::OrderSnapshot& snapshot) {
  EXPECT_EQ(snapshot.customer, (model::Customer{.name = "张三(先生)",
                                                .phone = "13800000000",
                                                .phone_extension = "1234",
                                                .phone_kind = "virtual",
                                                .address = "示例路1号 (2号楼 301)",
                                                .latitude = "31.230416",
                                                .longitude = "121.473701",
                                                .coordinate_system = "GCJ02"}));
}

TEST(Samples, PaidPushIsTheWholeOrder) {
  const std::string body = ReadData("push_order_paid.form.txt");
  const auto facts = OnlyOrder(Map({.dialect = "double", .topic = "order/paid", .bytes = body}));
  EXPECT_EQ(facts.platform_order_id, "10000000001");
  EXPECT_EQ(facts.platform_display_id, "");
  ASSERT_TRUE(facts.snapshot);
  const auto& snapshot = *facts.snapshot;
  ExpectSampleMoney(snapshot);
  ExpectSampleCustomer(snapshot);
  EXPECT_EQ(snapshot.platform_shop, "shop_001");
  EXPECT_EQ(snapshot.display_no, "7");
  EXPECT_EQ(snapshot.kind, model::OrderKind::kDelivery);
  EXPECT_EQ(snapshot.placed_at, At(1699999900));
  EXPECT_EQ(snapshot.expected, (model::Expected{.asap = true, .from = {}, .to = {}}));
  EXPECT_FALSE(snapshot.invoice);
  EXPECT_TRUE(snapshot.key.complete);
  EXPECT_EQ(snapshot.key.klass, model::SnapshotKey::Class::kBirthPush);
  ASSERT_EQ(facts.statuses.size(), 1U);
  EXPECT_EQ(facts.statuses[0].status, OrderStatus::kPlaced);
  EXPECT_EQ(facts.statuses[0].at, At(1699999900));
  EXPECT_TRUE(facts.issues.empty());
  EXPECT_EQ(ExtraOf(facts), nlohmann::json::parse(R"({
    "avg_send_time":"0.0","city_id":"310100","has_invoiced":"0","is_third_shipping":"0",
    "pay_type":"2","wm_poi_name":"示例餐厅","recipient_address_resolved":"上海市示例区示例路",
    "detail":[{"line":"1","unit":"份"}],"extras":[{"act_detail_id":"1"}],
    "poi_receive_detail":{
      "actOrderChargeByMt":[{"comment":"活动款","feeTypeDesc":"活动款","feeTypeId":"10019","moneyCent":"250"}],
      "actOrderChargeByPoi":[{"comment":"满30减5.5","feeTypeDesc":"活动款","feeTypeId":"10019","moneyCent":"300"}],
      "logisticsFee":"500","onlinePayment":"3150"}})"));
}

TEST(Samples, DetailAnswerTellsTheSameOrder) {
  const auto facts = OnlyOrder(MapAnswer(ReadData("response_getOrderDetail.json")));
  EXPECT_EQ(facts.platform_order_id, "10000000001");
  ASSERT_TRUE(facts.snapshot);
  ExpectSampleMoney(*facts.snapshot);
  ExpectSampleCustomer(*facts.snapshot);
  EXPECT_EQ(facts.snapshot->paid_at, At(1699999910));
  EXPECT_EQ(facts.snapshot->delivery_mode, model::DeliveryMode::kPlatform);
  EXPECT_EQ(facts.snapshot->key.klass, model::SnapshotKey::Class::kDetailRead);
  EXPECT_EQ(facts.snapshot->key.updated_at, At(1699999900));
  ASSERT_EQ(facts.statuses.size(), 1U);
  EXPECT_EQ(facts.statuses[0].status, OrderStatus::kPlaced);
  EXPECT_EQ(facts.statuses[0].at, At(1699999900));
  EXPECT_EQ(facts.statuses[0].source, model::Source::kPull);
  ASSERT_EQ(facts.deliveries.size(), 1U);
  EXPECT_EQ(facts.deliveries[0].status, ShipmentStatus::kSearching);
  EXPECT_FALSE(facts.deliveries[0].at);
  EXPECT_EQ(facts.deliveries[0].sent_at, At(kAskedAt));
  EXPECT_EQ(facts.extra->event, "detail");
}

TEST(Samples, CancelPush) {
  const auto facts = OnlyOrder(MapPush(ReadSample("order_cancel").fields, "order/cancel"));
  EXPECT_FALSE(facts.snapshot);
  ASSERT_EQ(facts.statuses.size(), 1U);
  EXPECT_EQ(facts.statuses[0].status, OrderStatus::kCancelled);
  EXPECT_EQ(facts.statuses[0].cause, model::CancelCause::kOther);
  EXPECT_FALSE(facts.statuses[0].at);
  EXPECT_EQ(facts.statuses[0].sent_at, At(1700000000));
  EXPECT_EQ(facts.extra->event, "cancelled");
  EXPECT_EQ(ExtraOf(facts),
            nlohmann::json::parse(
                R"({"deal_op_type":"1","reason":"用户取消，用户退款取消","reason_code":"1103"})"));
}

TEST(Samples, FullRefundPush) {
  const auto facts = OnlyOrder(MapPush(ReadSample("refund_full").fields, "order/refund"));
  ASSERT_EQ(facts.refunds.size(), 1U);
  const auto& refund = facts.refunds[0];
  EXPECT_EQ(refund.id, "5001");
  EXPECT_EQ(refund.status, model::RefundStatus::kApplied);
  EXPECT_EQ(refund.kind, model::RefundKind::kFull);
  EXPECT_FALSE(refund.amount);
  EXPECT_EQ(refund.reason, "点错了");
  EXPECT_FALSE(refund.lines);
  EXPECT_EQ(refund.applied_at, At(1700000100));
  EXPECT_EQ(refund.at, At(1700000100));
  EXPECT_TRUE(facts.statuses.empty());
}

TEST(Samples, PartialRefundPush) {
  const auto facts = OnlyOrder(MapPush(ReadSample("refund_part").fields, "order/part_refund"));
  ASSERT_EQ(facts.refunds.size(), 1U);
  const auto& refund = facts.refunds[0];
  EXPECT_EQ(refund.id, "5002");
  EXPECT_EQ(refund.kind, model::RefundKind::kPartial);
  EXPECT_EQ(refund.amount, Fen(1400));
  EXPECT_EQ(
      refund.lines,
      (std::vector<model::RefundLine>{
          {.name = "红烧肉饭", .platform_sku = "F001-L", .quantity = "1", .amount = Fen(1400)}}));
}

TEST(Samples, RefundResultPush) {
  const auto facts = OnlyOrder(MapPush(ReadSample("refund_result").fields, "order/refund_result"));
  ASSERT_EQ(facts.refunds.size(), 1U);
  const auto& refund = facts.refunds[0];
  EXPECT_EQ(refund.status, model::RefundStatus::kRefunded);
  EXPECT_EQ(refund.step, kRefundRefunded.rank);
  EXPECT_EQ(refund.kind, model::RefundKind::kPartial);
  EXPECT_EQ(refund.amount, Fen(1400));
  EXPECT_EQ(refund.applied_at, At(1700000100));
  EXPECT_EQ(refund.at, At(1700000200));
}

TEST(Samples, DeliveryPush) {
  const auto facts = OnlyOrder(MapPush(ReadSample("logistics_status").fields, "order/logistics"));
  ASSERT_EQ(facts.deliveries.size(), 1U);
  EXPECT_EQ(facts.deliveries[0].status, ShipmentStatus::kPickedUp);
  EXPECT_EQ(facts.deliveries[0].at, At(1700000600));
  EXPECT_EQ(facts.deliveries[0].rider_name, "李骑手");
  EXPECT_EQ(facts.deliveries[0].rider_phone, "13900000000_5678");
  ASSERT_EQ(facts.statuses.size(), 1U);
  EXPECT_EQ(facts.statuses[0].status, OrderStatus::kDispatched);
  EXPECT_FALSE(facts.extra);
}

TEST(Samples, ShopStatusPush) {
  const auto mapped = MapPush(ReadSample("poi_status").fields, "poi/status");
  EXPECT_TRUE(mapped.orders.empty());
  ASSERT_EQ(mapped.stores.size(), 1U);
  EXPECT_EQ(mapped.stores[0].platform_shop, "shop_001");
  EXPECT_EQ(mapped.stores[0].state, "resting");
  EXPECT_EQ(mapped.stores[0].cause, "merchant");
  EXPECT_EQ(mapped.stores[0].reason, "商家主动休息");
  EXPECT_EQ(mapped.stores[0].at, At(1700000000));
}

TEST(Samples, LogisticsAnswerTellsEachMoment) {
  const auto facts =
      OnlyOrder(MapAnswer(ReadData("response_logistics_status.json"), "order/logistics/status"));
  ASSERT_EQ(facts.deliveries.size(), 3U);
  EXPECT_EQ(facts.deliveries[0].status, ShipmentStatus::kSearching);
  EXPECT_EQ(facts.deliveries[0].at, At(1700000100));
  EXPECT_EQ(facts.deliveries[1].status, ShipmentStatus::kAssigned);
  EXPECT_EQ(facts.deliveries[1].rider_name, "");
  EXPECT_EQ(facts.deliveries[2].status, ShipmentStatus::kPickedUp);
  EXPECT_EQ(facts.deliveries[2].at, At(1700000600));
  EXPECT_EQ(facts.deliveries[2].rider_name, "李骑手");
  EXPECT_EQ(ExtraOf(facts).at("poi_shipping_fee"), "2.0");
}

TEST(Samples, OkAnswerSaysNothing) {
  const auto mapped = MapAnswer(ReadData("response_ok.json"), "order/confirm");
  EXPECT_TRUE(mapped.orders.empty());
  EXPECT_FALSE(mapped.unmappable);
}

TEST(Samples, ErrorAnswerIsNoOrder) {
  const auto mapped = MapAnswer(ReadData("response_error.json"));
  ASSERT_TRUE(mapped.unmappable);
  EXPECT_EQ(mapped.unmappable->reason, "malformed_payload");
}

}  // namespace
}  // namespace weir::mapping::meituan
