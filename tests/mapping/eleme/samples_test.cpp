// SPDX-License-Identifier: Apache-2.0
#include "tests/mapping/eleme/samples.hpp"

#include <gtest/gtest.h>

/// The protocol's own sample messages, exactly.
namespace weir::mapping::eleme {
namespace {

using model::OrderStatus;

TEST(Samples, EachMapsToSomething) {
  for (const char* file : kPushSamples) {
    const Mapped mapped = MapBody(ReadData(file));
    EXPECT_FALSE(mapped.unmappable) << file;
    EXPECT_EQ(mapped.orders.size() + mapped.stores.size() + mapped.connections.size(), 1U) << file;
  }
}

TEST(Samples, PlacedIsTheWholeOrder) {
  const auto facts = OnlyOrder(MapBody(ReadData("push_10_order_effective.json")));
  EXPECT_EQ(facts.platform, "eleme");
  EXPECT_EQ(facts.platform_order_id, "1200000000000000001");
  ASSERT_TRUE(facts.snapshot);
  const auto& snapshot = *facts.snapshot;
  EXPECT_EQ(snapshot.platform_shop, "10001");
  EXPECT_EQ(snapshot.display_no, "7");
  EXPECT_EQ(snapshot.placed_at, At(1700000000));
  EXPECT_EQ(snapshot.paid_at, At(1700000001));
  EXPECT_EQ(snapshot.expected, (model::Expected{.asap = true, .from = {}, .to = {}}));
  EXPECT_EQ(snapshot.remark, "少辣");
  EXPECT_FALSE(snapshot.invoice);
  EXPECT_TRUE(snapshot.key.complete);
  EXPECT_EQ(snapshot.key.klass, model::SnapshotKey::Class::kBirthPush);
  EXPECT_EQ(snapshot.customer, (model::Customer{.name = "张(先生)",
                                                .phone = "13800000000",
                                                .phone_extension = "1234",
                                                .phone_kind = "virtual",
                                                .address = "示例路1号 2号楼301",
                                                .latitude = "31.230416",
                                                .longitude = "121.473701",
                                                .coordinate_system = "GCJ02"}));
  ASSERT_EQ(facts.statuses.size(), 1U);
  EXPECT_EQ(facts.statuses[0].status, OrderStatus::kPlaced);
  EXPECT_EQ(facts.statuses[0].at, At(1700000000));
  EXPECT_EQ(facts.statuses[0].sent_at, SentAt());
}

TEST(Samples, PlacedAddsUpToTheFen) {
  const auto facts = OnlyOrder(MapBody(ReadData("push_10_order_effective.json")));
  const auto& snapshot = facts.snapshot.value();
  EXPECT_EQ(snapshot.items,
            std::vector{(model::Item{
                .line = "1",
                .name = "红烧肉饭-大份[中辣]",
                .platform_sku = "F001-L",
                .product_id = "623050784",
                .merchant_code = "",
                .spec = "大份",
                .quantity = "2",
                .unit_price = Fen(1500),
                .amount = Fen(3000),
                .options = {{.group = "辣度", .name = "中辣", .price = {}, .quantity = 1}},
                .components = {},
                .basket = "1",
                .gift = false,
                .note = ""})});
  EXPECT_EQ(snapshot.charges,
            (std::vector<model::Charge>{{.kind = "delivery", .amount = Fen(500)},
                                        {.kind = "packaging", .amount = Fen(200)}}));
  EXPECT_EQ(snapshot.discounts, (std::vector<model::Discount>{{.kind = "full_reduction",
                                                               .name = "满30减5",
                                                               .amount = Fen(500),
                                                               .platform_share = Fen(200),
                                                               .merchant_share = Fen(300),
                                                               .other_share = Fen(0)},
                                                              {.kind = "coupon",
                                                               .name = "hongbao",
                                                               .amount = Fen(50),
                                                               .platform_share = {},
                                                               .merchant_share = {},
                                                               .other_share = {}}}));
  EXPECT_EQ(snapshot.totals, (model::Totals{.items = Fen(3000),
                                            .charges = Fen(700),
                                            .discounts = Fen(550),
                                            .paid = Fen(3150),
                                            .commission = Fen(480),
                                            .merchant_income = Fen(2720)}));
  EXPECT_TRUE(snapshot.issues.empty());
  EXPECT_TRUE(facts.issues.empty());
}

TEST(Samples, WhatHasNoFieldIsInExtra) {
  const auto facts = OnlyOrder(MapBody(ReadData("push_10_order_effective.json")));
  EXPECT_EQ(facts.extra->event, "placed");
  EXPECT_EQ(ExtraOf(facts), json::parse(R"({
      "onlinePaid":"true","openId":"shop_001","shopName":"示例餐厅","refundStatus":"noRefund",
      "userId":"66000001","serviceRate":"0.15","shopPart":"-3.0","elemePart":"-2.0",
      "vipDeliveryFeeDiscount":"0.0",
      "groups":[
        {"line":"1","skuId":"238364002730","weight":"1.0","userPrice":"0.0","shopPrice":"0.0",
         "vfoodId":"606979105"},
        {"fee":"2.00","id":"-70000","skuId":"-1","name":"餐盒","categoryId":"102",
         "userPrice":"0.0","shopPrice":"0.0","vfoodId":"0"},
        {"basket":"","name":"其它费用"}],
      "orderActivities":[{"id":"1"}]})"));
}

TEST(Samples, ConfirmedIsAccepted) {
  const auto facts = OnlyOrder(MapBody(ReadData("push_12_order_confirmed.json")));
  EXPECT_FALSE(facts.snapshot);
  ASSERT_EQ(facts.statuses.size(), 1U);
  EXPECT_EQ(facts.statuses[0].status, OrderStatus::kAccepted);
  EXPECT_EQ(facts.statuses[0].at, At(1700000010));
  EXPECT_EQ(facts.extra->event, "confirmed");
  EXPECT_EQ(ExtraOf(facts), json::parse(R"({"role":"3"})"));
}

TEST(Samples, CancelledByTheUserIsNoRejection) {
  const auto facts = OnlyOrder(MapBody(ReadData("push_14_order_cancelled.json")));
  ASSERT_EQ(facts.statuses.size(), 1U);
  EXPECT_EQ(facts.statuses[0].status, OrderStatus::kCancelled);
  EXPECT_EQ(facts.statuses[0].cause, model::CancelCause::kOther);
}

TEST(Samples, SettledIsCompleted) {
  const auto facts = OnlyOrder(MapBody(ReadData("push_18_order_settled.json")));
  ASSERT_EQ(facts.statuses.size(), 1U);
  EXPECT_EQ(facts.statuses[0].status, OrderStatus::kCompleted);
  EXPECT_EQ(facts.statuses[0].at, At(1700009999));
}

TEST(Samples, AskedCancelIsAnOpenRefundOfThatKind) {
  const auto facts = OnlyOrder(MapBody(ReadData("push_20_cancel_apply.json")));
  EXPECT_TRUE(facts.statuses.empty());
  ASSERT_EQ(facts.refunds.size(), 1U);
  const auto& refund = facts.refunds[0];
  EXPECT_EQ(refund.flow, "cancel");
  EXPECT_TRUE(refund.opens);
  EXPECT_EQ(refund.status, model::RefundStatus::kApplied);
  EXPECT_EQ(refund.kind, model::RefundKind::kCancel);
  EXPECT_EQ(refund.reason, "不想要了");
  EXPECT_EQ(refund.at, At(1700000100));
  EXPECT_FALSE(refund.amount);
}

TEST(Samples, AskedRefundNamesItsLines) {
  const auto facts = OnlyOrder(MapBody(ReadData("push_30_refund_apply.json")));
  ASSERT_EQ(facts.refunds.size(), 1U);
  const auto& refund = facts.refunds[0];
  EXPECT_EQ(refund.flow, "refund");
  EXPECT_EQ(refund.kind, model::RefundKind::kPartial);
  EXPECT_EQ(refund.amount, Fen(1500));
  EXPECT_EQ(refund.lines, (std::vector<model::RefundLine>{{.name = "红烧肉饭-大份[中辣]",
                                                           .platform_sku = "",
                                                           .quantity = "1",
                                                           .amount = Fen(1500)}}));
}

TEST(Samples, ReminderUrges) {
  const auto facts = OnlyOrder(MapBody(ReadData("push_45_reminder.json")));
  EXPECT_TRUE(facts.urged);
  EXPECT_TRUE(facts.statuses.empty());
  EXPECT_EQ(ExtraOf(facts), json::parse(R"({"remindId":"55001","userId":"66000001"})"));
}

TEST(Samples, DeliveringIsDispatchedWithItsRider) {
  const auto facts = OnlyOrder(MapBody(ReadData("push_55_delivering.json")));
  ASSERT_EQ(facts.deliveries.size(), 1U);
  EXPECT_EQ(facts.deliveries[0].status, model::ShipmentStatus::kPickedUp);
  EXPECT_EQ(facts.deliveries[0].at, At(1700000600));
  EXPECT_EQ(facts.deliveries[0].rider_name, "李骑手");
  EXPECT_EQ(facts.deliveries[0].rider_phone, "13900000000");
  ASSERT_EQ(facts.statuses.size(), 1U);
  EXPECT_EQ(facts.statuses[0].status, OrderStatus::kDispatched);
  EXPECT_EQ(facts.delivery_mode, model::DeliveryMode::kPlatform);
  EXPECT_EQ(ExtraOf(facts), json::parse(R"({"subState":"noSubstate"})"));
}

TEST(Samples, ClosedShopRests) {
  const auto mapped = MapBody(ReadData("push_91_shop_status.json"));
  ASSERT_EQ(mapped.stores.size(), 1U);
  EXPECT_EQ(mapped.stores[0].platform_shop, "10001");
  EXPECT_EQ(mapped.stores[0].state, "resting");
  EXPECT_EQ(mapped.stores[0].reason, "busyLevelClosed");
  EXPECT_EQ(mapped.stores[0].sent_at, SentAt());
}

TEST(Samples, RevocationIsOfTheConnection) {
  const auto mapped = MapBody(ReadData("push_100_oauth_revoked.json"));
  ASSERT_EQ(mapped.connections.size(), 1U);
  EXPECT_EQ(mapped.connections[0].kind, model::ConnectionFact::Kind::kAuthorizationRevoked);
  EXPECT_EQ(mapped.connections[0].platform_shop, "10001");
  EXPECT_EQ(mapped.connections[0].at, At(1700000000));
}

TEST(Samples, AnswersWithoutResultAreNoOrders) {
  for (const char* file : {"response_ok.json", "response_error.json"}) {
    const std::string body = ReadData(file);
    const auto mapped = Map({.pulled = true,
                             .dialect = kDialect,
                             .topic = "eleme.order.getOrder",
                             .bytes = body,
                             .received_at = At(kAskedAt)});
    ASSERT_TRUE(mapped.unmappable) << file;
    EXPECT_EQ(mapped.unmappable->reason, "malformed_payload");
  }
}

}  // namespace
}  // namespace weir::mapping::eleme
