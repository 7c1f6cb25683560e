// SPDX-License-Identifier: Apache-2.0
#include "mapping/eleme/status.hpp"

#include <gtest/gtest.h>

#include "tests/mapping/eleme/samples.hpp"

namespace weir::mapping::eleme {
namespace {

using model::CancelCause;
using model::OrderStatus;
using model::ShipmentStatus;

json StateBody(int role = 1) {
  return {{"orderId", "1"}, {"shopId", 10001}, {"updateTime", 1700000010}, {"role", role}};
}

struct OrderCase {
  int type;
  int role;
  OrderStatus status;
  CancelCause cause;
};

class OrderPush : public testing::TestWithParam<OrderCase> {};

TEST_P(OrderPush, MovesTheOrderByItsType) {
  const auto facts = OnlyOrder(MapMessage(GetParam().type, StateBody(GetParam().role)));
  ASSERT_EQ(facts.statuses.size(), 1U);
  EXPECT_EQ(facts.statuses[0].status, GetParam().status);
  EXPECT_EQ(facts.statuses[0].cause, GetParam().cause);
}

INSTANTIATE_TEST_SUITE_P(
    Types, OrderPush,
    testing::Values(OrderCase{12, 3, OrderStatus::kAccepted, CancelCause::kNone},
                    OrderCase{14, 1, OrderStatus::kCancelled, CancelCause::kOther},
                    OrderCase{14, 2, OrderStatus::kCancelled, CancelCause::kOther},
                    OrderCase{14, 3, OrderStatus::kCancelled, CancelCause::kMerchant},
                    OrderCase{15, 3, OrderStatus::kCancelled, CancelCause::kOther},
                    OrderCase{17, 3, OrderStatus::kCancelled, CancelCause::kOther},
                    OrderCase{18, 9, OrderStatus::kCompleted, CancelCause::kNone}));

TEST(OrderPushes, TheStateWordDecidesNothing) {
  json body = StateBody();
  body["state"] = "settled";
  const auto facts = OnlyOrder(MapMessage(12, body));
  EXPECT_EQ(facts.statuses.at(0).status, OrderStatus::kAccepted);
  EXPECT_TRUE(facts.issues.empty());
  EXPECT_EQ(ExtraOf(facts).at("state"), "settled");
}

TEST(OrderPushes, ANewOrderWithoutItsContentAsksForIt) {
  const auto facts = OnlyOrder(MapMessage(10, {{"orderId", "1"}}));
  EXPECT_FALSE(facts.snapshot);
  EXPECT_TRUE(facts.wants_reread);
  EXPECT_EQ(facts.statuses.at(0).status, OrderStatus::kPlaced);
}

struct DeliveryCase {
  int type;
  ShipmentStatus status;
  std::optional<OrderStatus> order;
};

class WaybillPush : public testing::TestWithParam<DeliveryCase> {};

TEST_P(WaybillPush, MovesTheDeliveryByItsType) {
  const auto facts = OnlyOrder(MapMessage(
      GetParam().type, {{"orderId", "1"}, {"state", "exception"}, {"updateAt", 1700000600123}}));
  ASSERT_EQ(facts.deliveries.size(), 1U);
  EXPECT_EQ(facts.deliveries[0].status, GetParam().status);
  EXPECT_EQ(facts.deliveries[0].at, Instant(std::chrono::milliseconds(1700000600123)));
  ASSERT_EQ(facts.statuses.size(), GetParam().order ? 1U : 0U);
  if (GetParam().order) {
    EXPECT_EQ(facts.statuses[0].status, *GetParam().order);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Types, WaybillPush,
    testing::Values(DeliveryCase{51, ShipmentStatus::kCreated, {}},
                    DeliveryCase{52, ShipmentStatus::kSearching, {}},
                    DeliveryCase{53, ShipmentStatus::kAssigned, {}},
                    DeliveryCase{54, ShipmentStatus::kAtPickup, {}},
                    DeliveryCase{55, ShipmentStatus::kPickedUp, OrderStatus::kDispatched},
                    DeliveryCase{56, ShipmentStatus::kDelivered, OrderStatus::kDelivered},
                    DeliveryCase{57, ShipmentStatus::kCancelled, {}},
                    DeliveryCase{58, ShipmentStatus::kCancelled, {}},
                    DeliveryCase{59, ShipmentStatus::kCancelled, {}}));

TEST(WaybillPushes, TroubleIsAnException) {
  for (int type = 60; type <= 70; ++type) {
    const auto facts = OnlyOrder(MapMessage(type, {{"orderId", "1"}, {"updateAt", 1700000600123}}));
    ASSERT_EQ(facts.deliveries.size(), 1U) << type;
    EXPECT_EQ(facts.deliveries[0].status, ShipmentStatus::kException) << type;
  }
}

TEST(WaybillPushes, RefusedOrGivenUpIsFailed) {
  for (int type = 72; type <= 76; ++type) {
    const auto facts = OnlyOrder(MapMessage(type, {{"orderId", "1"}, {"updateAt", 1700000600123}}));
    ASSERT_EQ(facts.deliveries.size(), 1U) << type;
    EXPECT_EQ(facts.deliveries[0].status, ShipmentStatus::kFailed) << type;
  }
}

TEST(WaybillPushes, SelfDeliveryIsTheMerchants) {
  const auto facts = OnlyOrder(MapMessage(71, {{"orderId", "1"}, {"updateAt", 1700000600123}}));
  EXPECT_TRUE(facts.deliveries.empty());
  EXPECT_EQ(facts.delivery_mode, model::DeliveryMode::kMerchant);
}

struct ReadCase {
  const char* word;
  std::optional<OrderStatus> status;
};

class ReadOrder : public testing::TestWithParam<ReadCase> {};

TEST_P(ReadOrder, HasTheStatusOfItsWord) {
  json order = Placed();
  order["status"] = GetParam().word;
  const auto facts = OnlyOrder(MapAnswer(order));
  ASSERT_TRUE(facts.snapshot);
  EXPECT_EQ(facts.snapshot->key.klass, model::SnapshotKey::Class::kDetailRead);
  EXPECT_EQ(facts.snapshot->key.asked_at, At(kAskedAt));
  ASSERT_FALSE(facts.statuses.empty());
  EXPECT_EQ(facts.statuses.back().status, GetParam().status);
  EXPECT_EQ(facts.statuses.back().source, model::Source::kPull);
}

INSTANTIATE_TEST_SUITE_P(Words, ReadOrder,
                         testing::Values(ReadCase{"pending", OrderStatus::kPendingPayment},
                                         ReadCase{"unprocessed", OrderStatus::kPlaced},
                                         ReadCase{"valid", OrderStatus::kAccepted},
                                         ReadCase{"refunding", OrderStatus::kAccepted},
                                         ReadCase{"settled", OrderStatus::kCompleted},
                                         ReadCase{"invalid", OrderStatus::kCancelled}));

TEST(ReadOrders, AnUnknownWordMovesNothing) {
  json order = Placed();
  order["status"] = "teleported";
  const auto facts = OnlyOrder(MapAnswer(order));
  EXPECT_TRUE(facts.statuses.empty());
  EXPECT_EQ(facts.issues,
            (std::vector<model::Issue>{{.code = "unknown_status", .detail = "status"}}));
  EXPECT_EQ(ExtraOf(facts).at("status"), "teleported");
}

TEST(ReadWaybills, TellTheirStateAndRider) {
  const auto facts = OnlyOrder(MapAnswer({{"orderId", "1"},
                                          {"state", "delivering"},
                                          {"subState", "noSubstate"},
                                          {"deliverName", "李骑手"},
                                          {"deliverPhone", "13900000000"},
                                          {"createdAt", "2023-11-15T06:23:20"}},
                                         "eleme.order.getDeliveryStateRecord"));
  EXPECT_FALSE(facts.snapshot);
  ASSERT_EQ(facts.deliveries.size(), 1U);
  EXPECT_EQ(facts.deliveries[0].status, ShipmentStatus::kPickedUp);
  EXPECT_EQ(facts.deliveries[0].at, At(1700000600));
  EXPECT_EQ(facts.deliveries[0].rider_name, "李骑手");
}

}  // namespace
}  // namespace weir::mapping::eleme
