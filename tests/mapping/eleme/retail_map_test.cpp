// SPDX-License-Identifier: Apache-2.0
#include "mapping/eleme/retail/map.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <random>

#include "model/order_state.hpp"
#include "tests/mapping/eleme/retail_samples.hpp"

namespace weir::mapping::eleme::retail {
namespace {

using model::OrderStatus;

model::OrderFacts Pushed(const std::string& cmd, json body = json::object()) {
  body["order_id"] = kOrderId;
  return OnlyOrder(MapBody(cmd, body));
}
model::OrderFacts Read(const json& changes = json::object()) {
  return OnlyOrder(MapRead(WholeOrder(changes)));
}

std::vector<OrderStatus> StatusesOf(const model::OrderFacts& facts) {
  std::vector<OrderStatus> statuses;
  for (const auto& fact : facts.statuses) statuses.push_back(fact.status);
  return statuses;
}

std::string ReasonOf(const Mapped& mapped) {
  return mapped.unmappable ? mapped.unmappable->reason : "";
}

TEST(RetailRead, IsTheWholeOrder) {
  const auto facts = Read();
  EXPECT_EQ(facts.platform, "eleme");
  EXPECT_EQ(facts.platform_order_id, kOrderId);
  EXPECT_EQ(facts.platform_display_id, "8000000000000000001");
  ASSERT_TRUE(facts.snapshot);
  const auto& snapshot = *facts.snapshot;
  EXPECT_EQ(snapshot.platform_shop, "shop_001");
  EXPECT_EQ(snapshot.display_no, "7");
  EXPECT_EQ(snapshot.placed_at, At(1700000000));
  EXPECT_EQ(snapshot.expected, (model::Expected{.asap = true, .from = {}, .to = {}}));
  EXPECT_EQ(snapshot.remark, "少冰");
  EXPECT_EQ(snapshot.invoice, (model::Invoice{.title = "示例公司", .tax_id = "91310000TEST"}));
  EXPECT_EQ(snapshot.delivery_mode, model::DeliveryMode::kPlatform);
  EXPECT_EQ(snapshot.customer, (model::Customer{.name = "张",
                                                .phone = "13800000000",
                                                .phone_extension = "1234",
                                                .phone_kind = "virtual",
                                                .address = "示例路1号",
                                                .latitude = "",
                                                .longitude = "",
                                                .coordinate_system = ""}));
  EXPECT_EQ(snapshot.key.klass, model::SnapshotKey::Class::kDetailRead);
  EXPECT_EQ(snapshot.key.asked_at, At(kAskedAt));
}

TEST(RetailRead, AddsUpToTheFen) {
  const auto facts = Read();
  const auto& snapshot = facts.snapshot.value();
  EXPECT_EQ(snapshot.totals, (model::Totals{.items = Fen(6000),
                                            .charges = Fen(800),
                                            .discounts = Fen(800),
                                            .paid = Fen(6000),
                                            .commission = Fen(400),
                                            .merchant_income = Fen(5600)}));
  EXPECT_EQ(snapshot.charges,
            (std::vector<model::Charge>{{.kind = "delivery", .amount = Fen(500)},
                                        {.kind = "packaging", .amount = Fen(300)}}));
  EXPECT_EQ(snapshot.discounts, (std::vector<model::Discount>{{.kind = "other",
                                                               .name = "满50减8 (jian)",
                                                               .amount = Fen(800),
                                                               .platform_share = Fen(300),
                                                               .merchant_share = Fen(400),
                                                               .other_share = Fen(100)}}));
  EXPECT_TRUE(snapshot.issues.empty());
  EXPECT_TRUE(facts.issues.empty());
}

TEST(RetailRead, KnowsBasketsSetsAndGifts) {
  const auto facts = Read();
  const auto& items = facts.snapshot->items.value();
  ASSERT_EQ(items.size(), 3U);
  EXPECT_EQ(items[0].platform_sku, "SKU-1");
  EXPECT_EQ(items[0].product_id, "501");
  EXPECT_EQ(items[0].merchant_code, "6900000000001");
  EXPECT_EQ(items[0].spec, "大盒");
  EXPECT_EQ(items[0].quantity, "2");
  EXPECT_EQ(items[0].unit_price, Fen(1500));
  EXPECT_EQ(items[0].options,
            (std::vector<model::Option>{{.group = "温度", .name = "常温", .price = {}}}));
  EXPECT_EQ(items[0].basket, "1");
  EXPECT_EQ(items[1].basket, "2");
  EXPECT_EQ(items[1].platform_sku, "SET-1");
  ASSERT_EQ(items[1].components.size(), 1U);
  EXPECT_EQ(items[1].components[0].group, "主食");
  EXPECT_EQ(items[1].components[0].platform_sku, "503");
  EXPECT_EQ(items[1].components[0].unit_price, Fen(1000));
  EXPECT_TRUE(items[2].gift);
}

TEST(RetailRead, WhatHasNoFieldIsInExtra) {
  const json extra = ExtraOf(Read());
  EXPECT_EQ(extra.at("order"), json::parse(R"({"pay_type":"2","pay_status":"2","meal_num":"2"})"));
  EXPECT_EQ(extra.at("shop"), json::parse(R"({"name":"示例超市","baidu_shop_id":"2200000001"})"));
  EXPECT_EQ(extra.at("user").at("coord").at("longitude"), "121.473701");
  EXPECT_EQ(extra.at("products").at(0).at("line"), "1");
  EXPECT_EQ(extra.at("products").at(0).at("package_fee"), "200");
  EXPECT_EQ(extra.at("discount").at(0).at("activity_id"), "77");
  EXPECT_FALSE(extra.contains("source"));
}

TEST(RetailRead, HasTheStatusesThatHappened) {
  EXPECT_EQ(StatusesOf(Read()), (std::vector{OrderStatus::kPlaced, OrderStatus::kAccepted}));
  const auto done = Read({{"status", 9},
                          {"atshop_time", 1700000100},
                          {"pickup_time", 1700000200},
                          {"finished_time", "1700000900"},
                          {"delivery_phone", "13900000000"}});
  EXPECT_EQ(StatusesOf(done), (std::vector{OrderStatus::kPlaced, OrderStatus::kAccepted,
                                           OrderStatus::kDispatched, OrderStatus::kCompleted}));
  EXPECT_EQ(done.statuses.back().at, At(1700000900));
  ASSERT_EQ(done.deliveries.size(), 2U);
  EXPECT_EQ(done.deliveries[0].status, model::ShipmentStatus::kAtPickup);
  EXPECT_EQ(done.deliveries[1].status, model::ShipmentStatus::kPickedUp);
  EXPECT_EQ(done.deliveries[1].at, At(1700000200));
  EXPECT_EQ(done.deliveries[1].rider_phone, "13900000000");
  EXPECT_EQ(StatusesOf(Read({{"status", 10}, {"cancel_time", "1700000050"}})).back(),
            OrderStatus::kCancelled);
}

TEST(RetailRead, ABookedOrderHasItsTime) {
  EXPECT_EQ(Read({{"send_immediately", 2}, {"send_time", "1700003600"}}).snapshot->expected,
            (model::Expected{.asap = false, .from = At(1700003600), .to = At(1700003600)}));
}

TEST(RetailRead, AStrangeStatusMovesNothing) {
  const auto facts = Read({{"status", 77}});
  EXPECT_EQ(StatusesOf(facts), StatusesOf(Read()));
  EXPECT_EQ(ExtraOf(facts).at("order").at("status"), "77");
  EXPECT_EQ(facts.issues, (std::vector<model::Issue>{{"unknown_status", "status 77"}}));
}

TEST(RetailRead, AStrangePartyIsKeptRaw) {
  const auto facts = Read({{"delivery_party", 6}});
  EXPECT_EQ(facts.snapshot->delivery_mode, model::DeliveryMode::kUnknown);
  EXPECT_EQ(ExtraOf(facts).at("order").at("delivery_party"), "6");
}

TEST(RetailRead, SumsThatBreakAreIssues) {
  EXPECT_EQ(Read({{"user_fee", 6001}}).snapshot->issues,
            (std::vector<model::Issue>{
                {"totals_mismatch", "user_fee 60.01 != total_fee 68.00 - discount_fee 8.00"}}));
  EXPECT_EQ(Read({{"send_fee", 499}}).snapshot->issues,
            (std::vector<model::Issue>{
                {"totals_mismatch",
                 "total_fee 68.00 != products 60.00 + send_fee 4.99 + package_fee 3.00"}}));
}

TEST(RetailRead, ADegradedOrderIsNoWholeOne) {
  const auto facts = Read({{"down_flag", 1}, {"total_fee", 0}, {"user_fee", 0}});
  EXPECT_FALSE(facts.snapshot->key.complete);
  EXPECT_TRUE(facts.snapshot->issues.empty());
  EXPECT_FALSE(facts.snapshot->charges);
}

TEST(RetailRead, BrokenFieldsCostOnlyThemselves) {
  json data = WholeOrder();
  data["products"] = json::parse(R"([[1],2,[{"product_name":"x","product_price":"a"}]])");
  data["discount"] = "no list";
  data["user"] = 5;
  const auto facts = OnlyOrder(MapRead(data));
  ASSERT_EQ(facts.snapshot->items->size(), 1U);
  EXPECT_FALSE(facts.snapshot->totals.items);
  EXPECT_EQ(facts.snapshot->totals.paid, Fen(6000));
}

TEST(RetailCreate, WithoutTheOrderAsksForIt) {
  const auto facts = Pushed("order.create");
  EXPECT_FALSE(facts.snapshot);
  EXPECT_TRUE(facts.wants_reread);
  EXPECT_EQ(StatusesOf(facts), std::vector{OrderStatus::kPlaced});
  EXPECT_EQ(facts.sent_at, At(1700000000));
}

TEST(RetailCreate, WithTheOrderIsItsBirth) {
  const auto facts = OnlyOrder(MapBody("order.create", WholeOrder({{"status", 1}})));
  ASSERT_TRUE(facts.snapshot);
  EXPECT_EQ(facts.snapshot->key.klass, model::SnapshotKey::Class::kBirthPush);
  EXPECT_EQ(facts.extra->event, "placed");
  EXPECT_FALSE(facts.wants_reread);
}

TEST(RetailStatus, MovesTheOrder) {
  EXPECT_EQ(StatusesOf(Pushed("order.status.push", {{"status", 5}})),
            std::vector{OrderStatus::kAccepted});
  EXPECT_EQ(StatusesOf(Pushed("order.status.push", {{"status", "9"}})),
            std::vector{OrderStatus::kCompleted});
  const auto picked_up = Pushed("order.status.push", {{"status", 8}});
  EXPECT_EQ(StatusesOf(picked_up), std::vector{OrderStatus::kDispatched});
  EXPECT_EQ(picked_up.deliveries.at(0).status, model::ShipmentStatus::kPickedUp);
  const auto cancelled = Pushed("order.status.push", {{"status", 10}, {"reason", "商家太忙"}});
  EXPECT_EQ(StatusesOf(cancelled), std::vector{OrderStatus::kCancelled});
  EXPECT_EQ(cancelled.extra->event, "cancelled");
  EXPECT_EQ(ExtraOf(cancelled), json::parse(R"({"reason":"商家太忙"})"));
}

TEST(RetailStatus, AStrangeOneAsksForTheOrder) {
  const auto facts = Pushed("order.status.push", {{"status", 15}});
  EXPECT_TRUE(facts.statuses.empty());
  EXPECT_TRUE(facts.wants_reread);
  EXPECT_EQ(ExtraOf(facts), json::parse(R"({"status":"15"})"));
  EXPECT_EQ(facts.issues, (std::vector<model::Issue>{{"unknown_status", "status 15"}}));
}

TEST(RetailCancel, IsARefundOfThatKind) {
  const auto facts = Pushed("order.user.cancel", {{"type", 10},
                                                  {"cancel_type", 1},
                                                  {"cancel_reason", "不想要了"},
                                                  {"refund_order_id", "9001"}});
  ASSERT_EQ(facts.refunds.size(), 1U);
  EXPECT_EQ(facts.refunds[0].id, "9001");
  EXPECT_EQ(facts.refunds[0].status, model::RefundStatus::kApplied);
  EXPECT_EQ(facts.refunds[0].kind, model::RefundKind::kCancel);
  EXPECT_EQ(facts.refunds[0].reason, "不想要了");
  EXPECT_EQ(ExtraOf(facts), json::parse(R"({"cancel_type":"1"})"));
  EXPECT_EQ(Pushed("order.user.cancel", {{"type", 60}}).refunds.at(0).id, "cancel");
}

TEST(RetailCancel, AStrangeStepAsksForTheOrder) {
  const auto facts = Pushed("order.user.cancel", {{"type", 99}, {"refund_order_id", "9001"}});
  EXPECT_TRUE(facts.refunds.empty());
  EXPECT_TRUE(facts.wants_reread);
  EXPECT_EQ(ExtraOf(facts).at("type"), "99");
}

TEST(RetailPartRefund, NamesItsLinesInFen) {
  const auto facts = Pushed("order.partrefund.push",
                            {{"status", 20},
                             {"type", 2},
                             {"reason", "缺货"},
                             {"refund_id", "9002"},
                             {"refund_price", 1500},
                             {"refund_products", json::parse(R"([{"name":"牛奶_大盒","number":1,
                               "custom_sku_id":"SKU-1","sku_id":"501","total_refund":1500}])")}});
  ASSERT_EQ(facts.refunds.size(), 1U);
  EXPECT_EQ(facts.refunds[0].id, "9002");
  EXPECT_EQ(facts.refunds[0].status, model::RefundStatus::kApproved);
  EXPECT_EQ(facts.refunds[0].kind, model::RefundKind::kPartial);
  EXPECT_EQ(facts.refunds[0].amount, Fen(1500));
  EXPECT_EQ(
      facts.refunds[0].lines,
      (std::vector<model::RefundLine>{
          {.name = "牛奶_大盒", .platform_sku = "SKU-1", .quantity = "1", .amount = Fen(1500)}}));
}

TEST(RetailPush, OthersOfAnOrderUrgeOrAskForIt) {
  EXPECT_TRUE(Pushed("order.remind.push").urged);
  for (const char* cmd : {"order.deliveryStatus.push", "order.reverse.push"}) {
    EXPECT_TRUE(Pushed(cmd, {{"status", 3}}).wants_reread) << cmd;
  }
}

TEST(RetailPush, AnUnknownMemberIsKeptInExtra) {
  for (const char* cmd : {"order.create", "order.status.push", "order.user.cancel",
                          "order.partrefund.push", "order.remind.push"}) {
    const auto facts = Pushed(cmd, {{"status", 5}, {"newMember", {{"deep", {1, "二"}}}}});
    EXPECT_EQ(ExtraOf(facts).at("newMember"), json::parse(R"({"deep":["1","二"]})")) << cmd;
  }
}

TEST(RetailShop, OpensAndRests) {
  const auto state = [](int code) {
    return MapBody("shop.msg.push",
                   {{"shop_id", "shop_001"}, {"msg_type", "shop_close"}, {"business_ele", code}})
        .stores.at(0);
  };
  EXPECT_EQ(state(1).state, "open");
  EXPECT_EQ(state(3).state, "resting");
  EXPECT_EQ(state(3).platform_shop, "shop_001");
  EXPECT_EQ(state(42).state, "42");
  EXPECT_EQ(state(42).aspect, model::StoreAspect::kOther);
}

TEST(RetailPush, WhatCannotBeMappedSaysWhy) {
  EXPECT_EQ(ReasonOf(MapBody("order.create", json::object())), "missing_subject");
  EXPECT_EQ(ReasonOf(MapBody("order.create", {{"order", {{"status", 1}}}})), "missing_subject");
  EXPECT_EQ(ReasonOf(MapBody("shop.msg.push", {{"shop_id", "1"}})), "missing_subject");
  EXPECT_EQ(ReasonOf(MapBody("order.create", json::array())), "malformed_payload");
  EXPECT_EQ(ReasonOf(MapBody("sku.update.push", {{"order_id", "1"}})), "unknown_topic");
  EXPECT_EQ(ReasonOf(MapForm("body=%4")), "malformed_payload");
  EXPECT_EQ(ReasonOf(MapRead(WholeOrder(), "sku.list")), "unknown_topic");
  EXPECT_EQ(ReasonOf(MapRead(json::array())), "malformed_payload");
  EXPECT_EQ(ReasonOf(MapRead({{"order_id", "1"}})), "missing_subject");
  std::string form = PushOf("order.create", {{"order_id", "1"}});
  form.replace(form.find("encrypt="), 8, "encrypt=aes");
  EXPECT_EQ(ReasonOf(MapForm(form)), "malformed_payload");
}

using Story = std::vector<model::OrderFacts>;

model::OrderFacts AnyPayload() {
  const std::int64_t at = 1700000000 + *rc::gen::inRange<std::int64_t>(0, 8);
  const int status = *rc::gen::element(1, 5, 7, 8, 9, 10, 77);
  switch (*rc::gen::inRange(0, 6)) {
    case 0:
      return Pushed("order.create");
    case 1:
      return OnlyOrder(MapBody("order.create", WholeOrder({{"status", status}})));
    case 2:
      return OnlyOrder(MapRead(
          WholeOrder(
              {{"status", status}, {"pickup_time", at}, {"down_flag", *rc::gen::inRange(0, 2)}}),
          "order.get", at));
    case 3:
      return Pushed("order.status.push", {{"status", status}});
    case 4:
      return Pushed("order.user.cancel", {{"type", *rc::gen::element(10, 40, 60, 99)},
                                          {"refund_order_id", *rc::gen::element("", "1", "2")}});
    default:
      return Pushed("order.partrefund.push", {{"status", *rc::gen::element(10, 20, 50)},
                                              {"refund_id", *rc::gen::element("1", "2")},
                                              {"refund_price", at % 7}});
  }
}

std::string Body(const Story& story) {
  model::OrderState state;
  for (const model::OrderFacts& facts : story) state.Merge(facts);
  std::string body;
  state.AppendBody(body, {.platform_order_id = "1"}, {});
  return body;
}

RC_GTEST_PROP(RetailArrival, NeitherOrderNorCopiesMatter, ()) {
  Story story;
  const int size = *rc::gen::inRange(1, 12);
  for (int i = 0; i < size; ++i) story.push_back(AnyPayload());
  Story shuffled = story;
  const auto copies = *rc::gen::inRange<std::size_t>(0, story.size() + 1);
  shuffled.insert(shuffled.end(), story.begin(),
                  story.begin() + static_cast<std::ptrdiff_t>(copies));
  std::ranges::shuffle(shuffled, std::mt19937(*rc::gen::arbitrary<std::uint32_t>()));
  RC_ASSERT(Body(story) == Body(shuffled));
}

}  // namespace
}  // namespace weir::mapping::eleme::retail
