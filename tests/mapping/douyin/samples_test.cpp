// SPDX-License-Identifier: Apache-2.0
#include "tests/mapping/douyin/samples.hpp"

#include <gtest/gtest.h>

/// The protocol's own samples, exactly.
namespace weir::mapping::douyin {
namespace {

using model::OrderStatus;

TEST(Samples, EachMapsToSomething) {
  for (const char* file : kWebhookSamples) {
    const Mapped mapped = MapBody(ReadData(file));
    EXPECT_FALSE(mapped.unmappable) << file;
    EXPECT_EQ(mapped.orders.size() + mapped.stores.size(), 1U) << file;
  }
}

TEST(Samples, OfProductsAndChallengesNothingIsKept) {
  for (const char* file : {"webhook_life_product_audit.json", "webhook_verify.json"}) {
    const Mapped mapped = MapBody(ReadData(file));
    EXPECT_FALSE(mapped.unmappable) << file;
    EXPECT_TRUE(mapped.orders.empty() && mapped.stores.empty()) << file;
  }
}

TEST(Samples, TheContentIsTheOneThatStandsBesideIt) {
  EXPECT_EQ(Placed(),
            json::parse(ReadData("webhook_life_takeout_order_pay_success.content_decoded.json")));
}

TEST(Samples, PlacedIsTheWholeOrder) {
  const auto facts = OnlyOrder(MapBody(ReadData("webhook_life_takeout_order_pay_success.json")));
  EXPECT_EQ(facts.platform, "douyin");
  EXPECT_EQ(facts.platform_order_id, kOrder);
  ASSERT_TRUE(facts.snapshot);
  const auto& snapshot = *facts.snapshot;
  EXPECT_EQ(snapshot.kind, model::OrderKind::kDelivery);
  EXPECT_EQ(snapshot.platform_shop, "7000000000000000001");
  EXPECT_EQ(snapshot.display_no, "12");
  EXPECT_EQ(snapshot.placed_at, At(1699999990));
  EXPECT_FALSE(snapshot.paid_at);
  EXPECT_EQ(snapshot.expected,
            (model::Expected{.asap = true, .from = At(1700001800), .to = At(1700003000)}));
  EXPECT_EQ(snapshot.delivery_mode, model::DeliveryMode::kMerchant);
  EXPECT_EQ(snapshot.remark, "少辣");
  EXPECT_EQ(snapshot.key.klass, model::SnapshotKey::Class::kBirthPush);
  EXPECT_EQ(snapshot.key.updated_at, Instant());
  EXPECT_EQ(snapshot.customer,
            (model::Customer{.name = "张**",
                             .phone = "17264842068",
                             .phone_extension = "9936",
                             .phone_kind = "virtual",
                             .address = "上海市浦东新区花木街道 世纪大道1号 示例大厦 1002",
                             .latitude = "31.2304",
                             .longitude = "121.4737",
                             .coordinate_system = ""}));
  ASSERT_EQ(facts.statuses.size(), 1U);
  EXPECT_EQ(facts.statuses[0].status, OrderStatus::kPlaced);
  EXPECT_EQ(facts.statuses[0].at, At(1699999990));
}

TEST(Samples, PlacedAddsUpToTheFen) {
  const auto facts = OnlyOrder(MapBody(ReadData("webhook_life_takeout_order_pay_success.json")));
  const auto& snapshot = facts.snapshot.value();
  EXPECT_EQ(snapshot.charges,
            (std::vector<model::Charge>{{.kind = "delivery", .amount = Fen(500)}}));
  EXPECT_EQ(snapshot.discounts, (std::vector<model::Discount>{{.kind = "other",
                                                               .name = "",
                                                               .amount = Fen(500),
                                                               .platform_share = Fen(200),
                                                               .merchant_share = Fen(300),
                                                               .other_share = Fen(0)}}));
  EXPECT_EQ(snapshot.totals, (model::Totals{.items = Fen(2980),
                                            .charges = Fen(500),
                                            .discounts = Fen(500),
                                            .paid = Fen(2980),
                                            .commission = Fen(180),
                                            .merchant_income = Fen(2500)}));
  EXPECT_TRUE(snapshot.issues.empty());
  EXPECT_TRUE(facts.issues.empty());
}

TEST(Samples, ASetIsALineOfItsComponents) {
  const auto facts = OnlyOrder(MapBody(ReadData("webhook_life_takeout_order_pay_success.json")));
  ASSERT_EQ(facts.snapshot->items->size(), 1U);
  const model::Item& item = facts.snapshot->items->front();
  EXPECT_EQ(item.name, "双人套餐");
  EXPECT_EQ(item.platform_sku, "ERP-SET-1");
  EXPECT_EQ(item.product_id, "1730000000000001");
  EXPECT_EQ(item.amount, Fen(2980));
  EXPECT_EQ(item.unit_price, Fen(2980));
  EXPECT_EQ(item.components,
            (std::vector<model::Component>{
                {.group = "主食",
                 .name = "牛肉饭",
                 .platform_sku = "ERP-1",
                 .quantity = "1",
                 .unit_price = Fen(1800),
                 .options = {{.group = "", .name = "标准", .price = {}, .quantity = 1}}},
                {.group = "饮料",
                 .name = "可乐",
                 .platform_sku = "ERP-2",
                 .quantity = "2",
                 .unit_price = Fen(590),
                 .options = {{.group = "", .name = "去冰", .price = {}, .quantity = 1}}}}));
}

TEST(Samples, WhatHasNoFieldIsInExtra) {
  const auto facts = OnlyOrder(MapBody(ReadData("webhook_life_takeout_order_pay_success.json")));
  EXPECT_EQ(facts.extra->event, "placed");
  EXPECT_EQ(ExtraOf(facts), json::parse(R"({
      "poi":{"poi_name":"示例门店"},
      "receiver_info":{"receiver_phone":"187****2278"},
      "amount_info":{"freight_pay_amount":"500"},
      "products":[
        {"line":"1","component":"牛肉饭","product_id":"1730000000000011","unit":"份"},
        {"line":"1","component":"可乐","product_id":"1730000000000012","unit":"杯"},
        {"line":"1","sku_id":"1730000000000001"}]})"));
}

TEST(Samples, ARiderIsAssigned) {
  const auto facts = OnlyOrder(MapBody(ReadData("webhook_life_takeout_delivery_change.json")));
  ASSERT_EQ(facts.deliveries.size(), 1U);
  EXPECT_EQ(facts.deliveries[0].status, model::ShipmentStatus::kAssigned);
  EXPECT_EQ(facts.deliveries[0].at, At(1700000100));
  EXPECT_EQ(facts.deliveries[0].rider_name, "王师傅");
  EXPECT_EQ(facts.deliveries[0].rider_phone, "13800000000");
  EXPECT_TRUE(facts.statuses.empty());
  EXPECT_EQ(ExtraOf(facts), json::parse(R"({"from_third":"true"})"));
}

TEST(Samples, APaidVoucherIsPlacedAndReadAgain) {
  const auto facts = OnlyOrder(MapBody(ReadData("webhook_life_trade_order_notify.json")));
  EXPECT_EQ(facts.platform_order_id, "123");
  EXPECT_FALSE(facts.snapshot);
  EXPECT_TRUE(facts.wants_reread);
  ASSERT_EQ(facts.statuses.size(), 1U);
  EXPECT_EQ(facts.statuses[0].status, OrderStatus::kPlaced);
  EXPECT_EQ(facts.statuses[0].at, At(1665991178));
}

TEST(Samples, AVerifiedCouponIsUsed) {
  const auto facts = OnlyOrder(MapBody(ReadData("webhook_life_trade_certificate_notify.json")));
  EXPECT_EQ(facts.platform_order_id, "123");
  EXPECT_TRUE(facts.wants_reread);
  ASSERT_EQ(facts.certificates.size(), 1U);
  EXPECT_EQ(facts.certificates[0].id, "456");
  EXPECT_EQ(facts.certificates[0].status, model::CertificateStatus::kUsed);
  EXPECT_EQ(facts.certificates[0].verified_at, At(1665991178));
}

TEST(Samples, AChangeOfAShopNamesWhoMadeIt) {
  const auto mapped = MapBody(ReadData("webhook_life_shop_order_receive_change.json"));
  ASSERT_EQ(mapped.stores.size(), 1U);
  EXPECT_EQ(mapped.stores[0].platform_shop, "1234567889");
  EXPECT_EQ(mapped.stores[0].aspect, model::StoreAspect::kOther);
  EXPECT_EQ(mapped.stores[0].state, "order_receive_change");
  EXPECT_EQ(mapped.stores[0].cause, "merchant");
  EXPECT_EQ(mapped.stores[0].at, At(1676885816));
}

TEST(Samples, ARefundIsAskedFor) {
  const auto facts = OnlyOrder(MapSpiBody(ReadData("spi_refund_apply_request.json")));
  EXPECT_EQ(facts.platform_order_id, kOrder);
  ASSERT_EQ(facts.refunds.size(), 1U);
  EXPECT_EQ(facts.refunds[0].id, "8000001745679682306");
  EXPECT_EQ(facts.refunds[0].status, model::RefundStatus::kApplied);
  EXPECT_EQ(facts.refunds[0].reason, "我不想要了");
  EXPECT_FALSE(facts.refunds[0].amount);
  EXPECT_EQ(facts.extra->event, "refund");
  EXPECT_EQ(ExtraOf(facts).at("after_sale_type"), "2");
}

}  // namespace
}  // namespace weir::mapping::douyin
