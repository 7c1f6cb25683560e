// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/mapping/doudian/samples.hpp"

/// Each sample of the protocol by itself, on an empty store.
namespace weir::mapping::doudian {
namespace {

using model::OrderStatus;

model::OrderFacts MapSample(const std::string& file) {
  return OnlyOrder(MapBody(json::array({SampleMessage(file)}).dump()));
}

TEST(Samples, EveryMessageMapsAndAsksForItsOrder) {
  for (const char* file : kMessageSamples) {
    const auto facts = MapSample(file);
    EXPECT_EQ(facts.platform, "doudian") << file;
    EXPECT_FALSE(facts.platform_order_id.empty()) << file;
    EXPECT_TRUE(facts.wants_reread) << file;
    EXPECT_FALSE(facts.snapshot) << file;
  }
}

TEST(Samples, CreatedAwaitsPayment) {
  const auto facts = OnlyOrder(MapBody(ReadData("push_trade_create.json")));
  EXPECT_EQ(facts.platform_order_id, "6900000000000000001");
  ASSERT_EQ(facts.statuses.size(), 1U);
  EXPECT_EQ(facts.statuses[0].status, OrderStatus::kPendingPayment);
  EXPECT_EQ(facts.statuses[0].at, At(1700000000));
  EXPECT_EQ(facts.extra->event, "created");
  EXPECT_EQ(ExtraOf(facts),
            json::parse(R"({"biz":"2","order_type":"0","s_ids":["6900000000000000001"]})"));
}

TEST(Samples, PaidAndReleasedIsPlaced) {
  const auto facts = MapSample("event_data_trade_paid_101.json");
  EXPECT_EQ(facts.platform_order_id, "xxxxxxx");
  ASSERT_EQ(facts.statuses.size(), 1U);
  EXPECT_EQ(facts.statuses[0].status, OrderStatus::kPlaced);
  EXPECT_EQ(facts.statuses[0].at, At(1618990587));
}

TEST(Samples, PartlyShippedIsDispatched) {
  const auto facts = MapSample("event_data_trade_partly_ship_108.json");
  EXPECT_EQ(facts.platform_order_id, "4705288465508532862");
  ASSERT_EQ(facts.statuses.size(), 1U);
  EXPECT_EQ(facts.statuses[0].status, OrderStatus::kDispatched);
  EXPECT_EQ(facts.statuses[0].at, At(1599644408));
  EXPECT_EQ(ExtraOf(facts)["logistics_msg"]["pack_id"], "4705288465508532862");
}

TEST(Samples, SuccessIsCompleted) {
  const auto facts = MapSample("event_data_trade_success_103.json");
  ASSERT_EQ(facts.statuses.size(), 1U);
  EXPECT_EQ(facts.statuses[0].status, OrderStatus::kCompleted);
  EXPECT_EQ(facts.statuses[0].at, At(1618990587));
}

TEST(Samples, CancelledByItsTagWhateverItsCode) {
  const auto facts = MapSample("event_data_trade_canceled_106.json");
  ASSERT_EQ(facts.statuses.size(), 1U);
  EXPECT_EQ(facts.statuses[0].status, OrderStatus::kCancelled);
  EXPECT_EQ(facts.statuses[0].cause, model::CancelCause::kOther);
  EXPECT_EQ(facts.statuses[0].at, At(1618990925));
  EXPECT_EQ(ExtraOf(facts)["order_status"], "1");
}

TEST(Samples, ARefundBegins) {
  const auto facts = MapSample("event_data_refund_created_200.json");
  EXPECT_TRUE(facts.statuses.empty());
  ASSERT_EQ(facts.refunds.size(), 1U);
  EXPECT_EQ(facts.refunds[0].id, "xxxxxx");
  EXPECT_EQ(facts.refunds[0].status, model::RefundStatus::kApplied);
  EXPECT_EQ(facts.refunds[0].amount, Fen(0));
  EXPECT_EQ(facts.refunds[0].applied_at, At(1618990587));
  EXPECT_EQ(ExtraOf(facts)["reason_code"], "78");
}

TEST(Samples, ARefundEnds) {
  const auto facts = MapSample("event_data_refund_success_206.json");
  ASSERT_EQ(facts.refunds.size(), 1U);
  EXPECT_EQ(facts.refunds[0].status, model::RefundStatus::kRefunded);
  EXPECT_EQ(facts.refunds[0].kind, model::RefundKind::kFull);
  EXPECT_EQ(facts.refunds[0].amount, Fen(13200));
  EXPECT_EQ(facts.refunds[0].at, At(1618991959));
}

TEST(Samples, ADetailIsTheWholeOrder) {
  const auto facts =
      OnlyOrder(MapAnswer("order.orderDetail", ReadData("order_orderDetail_response_legacy.json")));
  EXPECT_EQ(facts.platform_order_id, "4781320682406083640");
  ASSERT_TRUE(facts.snapshot);
  const auto& snapshot = *facts.snapshot;
  EXPECT_EQ(snapshot.platform_shop, "77977");
  EXPECT_EQ(snapshot.kind, model::OrderKind::kParcel);
  EXPECT_EQ(snapshot.placed_at, At(1617355413));
  EXPECT_EQ(snapshot.paid_at, At(1617355413));
  EXPECT_EQ(snapshot.remark, "要xxx");
  EXPECT_EQ(snapshot.totals.paid, Fen(500));
  EXPECT_EQ(snapshot.totals.items, Fen(200));
  ASSERT_EQ(snapshot.items->size(), 1U);
  const auto& item = snapshot.items->front();
  EXPECT_EQ(item.name, "XX鞋子");
  EXPECT_EQ(item.product_id, "3473196049974326153");
  EXPECT_EQ(item.platform_sku, "3254535");
  EXPECT_EQ(item.merchant_code, "ahgldjj");
  EXPECT_EQ(item.spec, "蓝");
  EXPECT_EQ(item.quantity, "2");
  EXPECT_EQ(item.unit_price, Fen(100));
  EXPECT_TRUE(item.gift);
  ASSERT_EQ(facts.statuses.size(), 2U);
  EXPECT_EQ(facts.statuses[1].status, OrderStatus::kDispatched);
}

TEST(Samples, WhatADetailBreaksIsAnIssue) {
  const auto facts =
      OnlyOrder(MapAnswer("order.orderDetail", ReadData("order_orderDetail_response_legacy.json")));
  std::vector<std::string> details;
  for (const auto& issue : facts.snapshot->issues) {
    EXPECT_EQ(issue.code, "totals_mismatch");
    details.push_back(issue.detail);
  }
  EXPECT_EQ(
      details,
      (std::vector<std::string>{
          "total_promotion_amount 1.00 != promotion_amount 10.00 + post_promotion_amount 1.00",
          "promotion_amount 10.00 != promotion_shop_amount 1.00 + promotion_platform_amount "
          "1.00 + promotion_talent_amount 1.00"}));
}

TEST(Samples, CiphersAreNoNames) {
  const auto facts =
      OnlyOrder(MapAnswer("order.orderDetail", ReadData("order_orderDetail_response_legacy.json")));
  EXPECT_EQ(facts.snapshot->customer.name, "");
  EXPECT_EQ(facts.snapshot->customer.phone, "");
  EXPECT_EQ(facts.snapshot->customer.address, "北京市市辖区海淀区中关村街道***");
}

TEST(Samples, AListHoldsWholeOrders) {
  const auto facts =
      OnlyOrder(MapAnswer("order.searchList", ReadData("order_searchList_response_legacy.json")));
  EXPECT_EQ(facts.platform_order_id, "4781320682406083640");
  ASSERT_TRUE(facts.snapshot);
  EXPECT_EQ(facts.snapshot->platform_shop, "77977");
  EXPECT_EQ(facts.snapshot->totals.paid, Fen(500));
  EXPECT_EQ(facts.snapshot->totals.discounts, Fen(1000));
  ASSERT_EQ(facts.snapshot->issues.size(), 1U);
  EXPECT_EQ(ExtraOf(facts)["sku_order_list"][0]["after_sale_info"]["after_sale_status"], "6");
}

TEST(Samples, AShipmentIsUnderWay) {
  const auto facts = OnlyOrder(
      MapAnswer("superm.getShipmentInfo", ReadData("superm_getShipmentInfo_response.json")));
  EXPECT_EQ(facts.platform_order_id, kOrder);
  ASSERT_EQ(facts.deliveries.size(), 1U);
  EXPECT_EQ(facts.deliveries[0].status, model::ShipmentStatus::kPickedUp);
  EXPECT_EQ(facts.deliveries[0].at, At(1700000400));
  EXPECT_EQ(facts.deliveries[0].rider_name, "王师傅");
  EXPECT_EQ(facts.deliveries[0].rider_phone, "13800000000");
  EXPECT_EQ(facts.delivery_mode, model::DeliveryMode::kPlatform);
  ASSERT_EQ(facts.statuses.size(), 1U);
  EXPECT_EQ(facts.statuses[0].status, OrderStatus::kDispatched);
  EXPECT_EQ(ExtraOf(facts)["shipment_info"]["rider_longitude"], "121.4737");
}

TEST(Samples, ATrackNamesNoOrderByItself) {
  const auto mapped = MapAnswer("logistics.trackNoRouteDetail",
                                ReadData("logistics_trackNoRouteDetail_response.json"));
  ASSERT_TRUE(mapped.unmappable);
  EXPECT_EQ(mapped.unmappable->reason, "unknown_topic");
}

TEST(Samples, ATrackIsKeptWithItsOrder) {
  const json track = json::parse(ReadData("logistics_trackNoRouteDetail_response.json"))["data"];
  for (const char* name : {"route_node_list", "route__node_list"}) {
    const json data = {{name, track["route_node_list"]}};
    const auto facts =
        OnlyOrder(MapPages(PagesOf(HourlyOrder(), {{"logistics.trackNoRouteDetail", data}})));
    EXPECT_EQ(ExtraOf(facts)["route_node_list"][0]["content"], "配送中") << name;
  }
}

TEST(Samples, AnErrorIsNoAnswer) {
  const auto mapped = MapAnswer("order.orderDetail", ReadData("error_response.json"));
  ASSERT_TRUE(mapped.unmappable);
  EXPECT_EQ(mapped.unmappable->reason, "malformed_payload");
}

}  // namespace
}  // namespace weir::mapping::doudian
