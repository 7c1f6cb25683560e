// SPDX-License-Identifier: Apache-2.0
#include "mapping/doudian/status.hpp"

#include <gtest/gtest.h>

#include "tests/mapping/doudian/samples.hpp"

namespace weir::mapping::doudian {
namespace {

using model::OrderStatus;
using model::RefundStatus;
using model::ShipmentStatus;

/// The last status a detail of this code says; nothing where it says none.
std::optional<OrderStatus> StatusOf(const json& changes) {
  const auto facts = MapDetail(changes);
  return facts.statuses.empty() ? std::nullopt : std::optional(facts.statuses.back().status);
}

TEST(Status, OfADetailIsItsCode) {
  EXPECT_EQ(StatusOf({{"order_status", 1}}), OrderStatus::kPendingPayment);
  EXPECT_EQ(StatusOf({{"order_status", 105}}), OrderStatus::kPendingPayment);
  EXPECT_EQ(StatusOf({{"order_status", 2}}), OrderStatus::kPlaced);
  EXPECT_EQ(StatusOf({{"order_status", 2}, {"accept_order_status", 1}}), OrderStatus::kAccepted);
  EXPECT_EQ(StatusOf({{"order_status", 2}, {"accept_order_status", 2}}), OrderStatus::kPlaced);
  EXPECT_EQ(StatusOf({{"order_status", 101}}), OrderStatus::kDispatched);
  EXPECT_EQ(StatusOf({{"order_status", 3}}), OrderStatus::kDispatched);
  EXPECT_EQ(StatusOf({{"order_status", 5}}), OrderStatus::kCompleted);
  EXPECT_EQ(StatusOf({{"order_status", 4}}), OrderStatus::kCancelled);
}

TEST(Status, UnknownMovesNothing) {
  const auto facts = MapDetail({{"order_status", 77}});
  EXPECT_TRUE(facts.statuses.empty());
  ASSERT_EQ(facts.issues.size(), 1U);
  EXPECT_EQ(facts.issues[0], (model::Issue{"unknown_status", "order_status 77"}));
  EXPECT_EQ(ExtraOf(facts)["order_status"], "77");
}

TEST(Status, IsDatedByItsOwnMoment) {
  const auto facts = MapDetail({{"order_status", 5},
                                {"accept_order_status", 1},
                                {"ship_time", 1700000900},
                                {"finish_time", 1700002000}});
  ASSERT_EQ(facts.statuses.size(), 4U);
  EXPECT_EQ(facts.statuses[0].at, At(1700000005));
  EXPECT_FALSE(facts.statuses[1].at);
  EXPECT_EQ(facts.statuses[2].at, At(1700000900));
  EXPECT_EQ(facts.statuses[3].at, At(1700002000));
}

struct TagCase {
  int tag;
  const char* time;
  std::optional<OrderStatus> status;
};
class OrderTags : public testing::TestWithParam<TagCase> {};

TEST_P(OrderTags, SayTheirStatusAndAskForTheOrder) {
  const auto facts =
      OnlyOrder(MapMessage(GetParam().tag, TradeData({{GetParam().time, 1700000100}})));
  EXPECT_TRUE(facts.wants_reread);
  ASSERT_EQ(facts.statuses.size(), GetParam().status ? 1U : 0U);
  if (GetParam().status) {
    EXPECT_EQ(facts.statuses[0].status, *GetParam().status);
    EXPECT_EQ(facts.statuses[0].source, model::Source::kPush);
  }
}

INSTANTIATE_TEST_SUITE_P(Tags, OrderTags,
                         testing::Values(TagCase{100, "create_time", OrderStatus::kPendingPayment},
                                         TagCase{101, "pay_time", OrderStatus::kPendingPayment},
                                         TagCase{110, "pay_time", OrderStatus::kPlaced},
                                         TagCase{102, "update_time", OrderStatus::kDispatched},
                                         TagCase{108, "update_time", OrderStatus::kDispatched},
                                         TagCase{103, "complete_time", OrderStatus::kCompleted},
                                         TagCase{106, "cancel_time", OrderStatus::kCancelled},
                                         TagCase{104, "update_time", std::nullopt},
                                         TagCase{105, "update_time", std::nullopt},
                                         TagCase{109, "update_time", std::nullopt},
                                         TagCase{111, "update_time", std::nullopt},
                                         TagCase{112, "update_time", std::nullopt},
                                         TagCase{113, "update_time", std::nullopt},
                                         TagCase{126, "update_time", std::nullopt}));

TEST(Status, OfAnOrderWhoseMoneyIsCheckedHasNoTime) {
  const auto facts = OnlyOrder(MapMessage(101, TradeData({{"pay_time", 1700000100}})));
  EXPECT_FALSE(facts.statuses[0].at);
}

TEST(Status, BesideATagIsToldWhereItDiffers) {
  EXPECT_FALSE(ExtraOf(OnlyOrder(MapMessage(110, TradeData({{"order_status", 2}}))))
                   .contains("order_status"));
  const auto facts = OnlyOrder(MapMessage(110, TradeData({{"order_status", 99}})));
  EXPECT_EQ(ExtraOf(facts)["order_status"], "99");
  ASSERT_EQ(facts.issues.size(), 1U);
  EXPECT_EQ(facts.issues[0].code, "unknown_status");
}

struct RefundCase {
  int tag;
  std::optional<RefundStatus> status;
};
class RefundTags : public testing::TestWithParam<RefundCase> {};

TEST_P(RefundTags, SayTheirStep) {
  const auto facts =
      OnlyOrder(MapMessage(GetParam().tag, RefundData({{"update_time", 1700000100}})));
  EXPECT_TRUE(facts.wants_reread);
  ASSERT_EQ(facts.refunds.size(), GetParam().status ? 1U : 0U);
  if (GetParam().status) {
    EXPECT_EQ(facts.refunds[0].status, *GetParam().status);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Tags, RefundTags,
    testing::Values(
        RefundCase{200, RefundStatus::kApplied}, RefundCase{201, RefundStatus::kApproved},
        RefundCase{202, RefundStatus::kApproved}, RefundCase{203, RefundStatus::kApproved},
        RefundCase{204, RefundStatus::kDeclined}, RefundCase{205, RefundStatus::kDeclined},
        RefundCase{206, RefundStatus::kRefunded}, RefundCase{207, RefundStatus::kWithdrawn},
        RefundCase{208, RefundStatus::kApplied}, RefundCase{209, std::nullopt},
        RefundCase{211, RefundStatus::kApproved}, RefundCase{212, RefundStatus::kAppealed},
        RefundCase{218, RefundStatus::kAppealed}, RefundCase{224, std::nullopt},
        RefundCase{227, std::nullopt}));

TEST(Refunds, AMessageOfNoStepIsKeptUnderItsTag) {
  const auto facts = OnlyOrder(MapMessage(225, RefundData({{"reason_code", 7}})));
  EXPECT_EQ(facts.extra->event, "refund_225");
  EXPECT_EQ(ExtraOf(facts)["reason_code"], "7");
}

TEST(Refunds, OfOneLineAreInPart) {
  const auto kind = [](const json& more) {
    return OnlyOrder(MapMessage(200, RefundData(more))).refunds[0].kind;
  };
  EXPECT_EQ(kind(json::object()), model::RefundKind::kFull);
  EXPECT_EQ(kind({{"s_id", 6900000000000000002}}), model::RefundKind::kPartial);
  EXPECT_EQ(kind({{"aftersale_type", 6}}), model::RefundKind::kPriceDifference);
}

TEST(Shipments, HaveOurWords) {
  const auto map = [](int status) {
    return OnlyOrder(MapAnswer("superm.getShipmentInfo", AnswerOf(ShipmentAnswer(status))));
  };
  const std::vector<std::pair<int, ShipmentStatus>> expected = {
      {1, ShipmentStatus::kSearching}, {2, ShipmentStatus::kAssigned},
      {3, ShipmentStatus::kAtPickup},  {4, ShipmentStatus::kPickedUp},
      {5, ShipmentStatus::kPickedUp},  {6, ShipmentStatus::kException},
      {7, ShipmentStatus::kReturning}, {8, ShipmentStatus::kReturned},
      {9, ShipmentStatus::kDelivered}};
  for (const auto& [code, status] : expected) {
    EXPECT_EQ(map(code).deliveries.at(0).status, status) << code;
  }
  EXPECT_EQ(map(9).statuses.at(0).status, OrderStatus::kDelivered);
  EXPECT_TRUE(map(2).statuses.empty());
  EXPECT_TRUE(map(0).deliveries.empty());
}

TEST(Shipments, UnknownMoveNothing) {
  const auto facts = OnlyOrder(MapAnswer("superm.getShipmentInfo", AnswerOf(ShipmentAnswer(42))));
  EXPECT_TRUE(facts.deliveries.empty());
  EXPECT_EQ(facts.issues.at(0).detail, "shipment_status 42");
  EXPECT_EQ(ExtraOf(facts)["shipment_info"]["shipment_status"], "42");
}

}  // namespace
}  // namespace weir::mapping::doudian
