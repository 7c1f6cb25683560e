// SPDX-License-Identifier: Apache-2.0
#include "mapping/douyin/status.hpp"

#include <gtest/gtest.h>

#include "tests/mapping/douyin/samples.hpp"

namespace weir::mapping::douyin {
namespace {

using model::CancelCause;
using model::OrderStatus;
using model::RefundStatus;

json Told(std::int64_t at) {
  return {{"order_id", kOrder}, {"poi_id", "7000000000000000001"}, {"update_time", at}};
}

model::OrderFacts Tell(const std::string& event, const json& more = json::object()) {
  json content = Told(1700000100);
  content.update(more);
  return OnlyOrder(MapEvent(event, content));
}

struct StatusRule {
  const char* event;
  OrderStatus status;
  CancelCause cause;
};

class StatusEvent : public testing::TestWithParam<StatusRule> {};

TEST_P(StatusEvent, MovesTheOrder) {
  const auto facts = Tell(GetParam().event);
  ASSERT_EQ(facts.statuses.size(), 1U);
  EXPECT_EQ(facts.statuses[0].status, GetParam().status);
  EXPECT_EQ(facts.statuses[0].cause, GetParam().cause);
  EXPECT_EQ(facts.statuses[0].at, At(1700000100));
  EXPECT_FALSE(facts.extra);
}

INSTANTIATE_TEST_SUITE_P(
    Events, StatusEvent,
    testing::Values(
        StatusRule{"life_takeout_order_merchant_receive", OrderStatus::kAccepted,
                   CancelCause::kNone},
        StatusRule{"life_takeout_order_merchant_refuse", OrderStatus::kCancelled,
                   CancelCause::kMerchant},
        StatusRule{"life_takeout_order_pay_close", OrderStatus::kCancelled,
                   CancelCause::kNotPaidOrAccepted},
        StatusRule{"life_trade_takeout_order_finish", OrderStatus::kCompleted, CancelCause::kNone},
        StatusRule{"life_trade_refund_complete", OrderStatus::kCancelled, CancelCause::kRefunded}));

struct DeliveryRule {
  int code;
  model::ShipmentStatus status;
  std::optional<OrderStatus> order;
};

class DeliveryEvent : public testing::TestWithParam<DeliveryRule> {};

TEST_P(DeliveryEvent, MovesTheRider) {
  const auto facts = Tell("life_takeout_delivery_change", {{"delivery_status", GetParam().code}});
  ASSERT_EQ(facts.deliveries.size(), 1U);
  EXPECT_EQ(facts.deliveries[0].status, GetParam().status);
  EXPECT_EQ(facts.statuses.empty(), !GetParam().order);
  if (GetParam().order) EXPECT_EQ(facts.statuses.at(0).status, *GetParam().order);
}

INSTANTIATE_TEST_SUITE_P(
    Codes, DeliveryEvent,
    testing::Values(DeliveryRule{102, model::ShipmentStatus::kAssigned, std::nullopt},
                    DeliveryRule{103, model::ShipmentStatus::kAtPickup, std::nullopt},
                    DeliveryRule{104, model::ShipmentStatus::kPickedUp, OrderStatus::kDispatched},
                    DeliveryRule{200, model::ShipmentStatus::kDelivered, OrderStatus::kDelivered},
                    DeliveryRule{300, model::ShipmentStatus::kCancelled, std::nullopt}));

TEST(Status, TimesAreSecondsOrMillisecondsByTheirSize) {
  EXPECT_EQ(
      Tell("life_trade_takeout_order_finish", {{"update_time", 1700000100123}}).statuses.at(0).at,
      Instant(std::chrono::milliseconds(1700000100123)));
  EXPECT_EQ(
      Tell("life_trade_takeout_order_finish", {{"update_time", "1700000100"}}).statuses.at(0).at,
      At(1700000100));
}

TEST(Status, AnUnknownRiderCodeMovesNothing) {
  const auto facts = Tell("life_takeout_delivery_change", {{"delivery_status", 999}});
  EXPECT_TRUE(facts.deliveries.empty());
  EXPECT_TRUE(facts.statuses.empty());
  EXPECT_EQ(
      facts.issues,
      (std::vector<model::Issue>{{.code = "unknown_status", .detail = "delivery_status 999"}}));
  EXPECT_EQ(ExtraOf(facts).at("delivery_status"), "999");
}

TEST(Status, AnEditIsReadAgain) {
  EXPECT_TRUE(Tell("life_trade_takeout_order_modify").wants_reread);
  EXPECT_FALSE(Tell("life_trade_takeout_order_modify").snapshot);
  const auto whole = OnlyOrder(MapEvent("life_trade_takeout_order_modify", Placed()));
  EXPECT_EQ(whole.snapshot->key.klass, model::SnapshotKey::Class::kEdit);
}

TEST(Status, AReminderUrges) { EXPECT_TRUE(Tell("life_trade_takeout_delivery_notice").urged); }

TEST(Status, ABillIsKeptInExtra) {
  const auto facts = Tell("life_takeout_bill_ledger_create", {{"ledger_id", 9007199254740993}});
  EXPECT_EQ(facts.extra->event, "bill");
  EXPECT_EQ(ExtraOf(facts).at("ledger_id"), "9007199254740993");
}

TEST(Status, APlacedOrderWithoutTheOrderIsReadAgain) {
  const auto facts =
      OnlyOrder(MapEvent("life_takeout_order_pay_success", {{"order", {{"order_id", kOrder}}}}));
  EXPECT_FALSE(facts.snapshot);
  EXPECT_TRUE(facts.wants_reread);
  EXPECT_EQ(facts.statuses.at(0).status, OrderStatus::kPlaced);
}

TEST(Status, IdsBeyondTwoToThe53StayWhole) {
  for (const json& id : {json(18446744073709551615U), json("18446744073709551615")}) {
    const auto facts = OnlyOrder(
        MapEvent("life_trade_takeout_order_finish", {{"order_id", id}, {"update_time", 1}}));
    EXPECT_EQ(facts.platform_order_id, "18446744073709551615");
  }
}

TEST(Status, UnknownEventsAreUnmappable) {
  for (const char* event : {"life_event_of_tomorrow", ""}) {
    const Mapped mapped = MapEvent(event, Told(1));
    ASSERT_TRUE(mapped.unmappable);
    EXPECT_EQ(mapped.unmappable->reason, "unknown_topic");
  }
}

TEST(Status, AMessageWithoutItsSubjectIsUnmappable) {
  for (const char* event : {"life_trade_takeout_order_finish", "life_shop_order_receive_change",
                            "life_trade_certificate_notify"}) {
    const Mapped mapped = MapEvent(event, json::object({{"a", 1}}));
    ASSERT_TRUE(mapped.unmappable) << event;
    EXPECT_EQ(mapped.unmappable->reason, "missing_subject");
  }
}

TEST(Refunds, StepByStep) {
  const json id = {{"after_sale_id", "8001"}};
  json no = id;
  no["pass"] = false;
  json yes = id;
  yes["pass"] = true;
  json done = id;
  done["refund_amount"] = 1200;
  const auto declined = Tell("life_trade_refund_audit", no).refunds.at(0);
  const auto approved = Tell("life_trade_refund_audit", yes).refunds.at(0);
  const auto partly = Tell("life_trade_part_refund_complete", done).refunds.at(0);
  const auto full = Tell("life_trade_refund_complete", done).refunds.at(0);
  EXPECT_EQ(declined.status, RefundStatus::kDeclined);
  EXPECT_EQ(approved.status, RefundStatus::kApproved);
  EXPECT_EQ(partly.status, RefundStatus::kRefunded);
  EXPECT_EQ(partly.kind, model::RefundKind::kPartial);
  EXPECT_EQ(partly.amount, Fen(1200));
  EXPECT_EQ(full.kind, model::RefundKind::kFull);
  EXPECT_LT(declined.step, approved.step);
  EXPECT_LT(approved.step, full.step);
  EXPECT_EQ(full.id, "8001");
}

TEST(Refunds, APartEndsNoOrder) {
  EXPECT_TRUE(Tell("life_trade_part_refund_complete", {{"after_sale_id", "1"}}).statuses.empty());
}

TEST(Refunds, WithoutANumberTheyMakeAFlow) {
  const auto refund = Tell("life_trade_refund_complete").refunds.at(0);
  EXPECT_EQ(refund.flow, "refund");
  EXPECT_TRUE(refund.id.empty());
}

TEST(Refunds, AnUnknownDecisionMovesNothing) {
  const auto facts = Tell("life_trade_refund_audit", {{"after_sale_id", "1"}, {"pass", "maybe"}});
  EXPECT_TRUE(facts.refunds.empty());
  EXPECT_EQ(facts.issues.at(0).detail, "pass");
}

TEST(Refunds, AnSpiCallThatIsNoneIsUnmappable) {
  for (const char* body : {"", "x", "[]", "{}", R"({"order_id":"1"})"}) {
    EXPECT_TRUE(MapSpiBody(body).unmappable) << body;
  }
}

}  // namespace
}  // namespace weir::mapping::douyin
