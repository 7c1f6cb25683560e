// SPDX-License-Identifier: Apache-2.0
#include "mapping/meituan/status.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "tests/mapping/meituan/samples.hpp"

namespace weir::mapping::meituan {
namespace {

using model::CancelCause;
using model::OrderStatus;
using model::RefundStatus;
using model::ShipmentStatus;

TEST(OrderStatuses, AreThoseOfTheRules) {
  const std::vector<std::pair<int, OrderStatus>> expected{
      {1, OrderStatus::kPendingPayment}, {2, OrderStatus::kPlaced},
      {3, OrderStatus::kPlaced},         {4, OrderStatus::kAccepted},
      {6, OrderStatus::kDispatched},     {8, OrderStatus::kCompleted},
      {9, OrderStatus::kCancelled}};
  for (const auto& [code, status] : expected) {
    const auto* const row = FindCode(kOrderStatuses, code);
    ASSERT_NE(row, nullptr) << code;
    EXPECT_EQ(row->status, status) << code;
  }
  for (const int code : {0, 5, 7, 10, -1}) {
    EXPECT_EQ(FindCode(kOrderStatuses, code), nullptr) << code;
  }
}

TEST(OrderStatuses, GoBackToTheCurrentCode) {
  EXPECT_EQ(CodeOf(kOrderStatuses, OrderStatus::kPlaced), 2);
  EXPECT_EQ(CodeOf(kOrderStatuses, OrderStatus::kCancelled), 9);
  EXPECT_EQ(CodeOf(kOrderStatuses, OrderStatus::kPreparing), std::nullopt);
}

struct Delivery {
  int code;
  ShipmentStatus status;
  std::optional<OrderStatus> order;
};

class DeliveryStatuses : public testing::TestWithParam<Delivery> {};

TEST_P(DeliveryStatuses, TellTheDeliveryAndTheOrder) {
  const auto facts = OnlyOrder(MapPush({{"order_id", "1"},
                                        {"logistics_status", std::to_string(GetParam().code)},
                                        {"time", "1700000600"}}));
  ASSERT_EQ(facts.deliveries.size(), 1U);
  EXPECT_EQ(facts.deliveries[0].status, GetParam().status);
  EXPECT_EQ(facts.deliveries[0].at, At(1700000600));
  ASSERT_EQ(facts.statuses.size(), GetParam().order ? 1U : 0U);
  if (GetParam().order) {
    EXPECT_EQ(facts.statuses[0].status, GetParam().order);
    EXPECT_EQ(facts.statuses[0].at, At(1700000600));
  }
}

INSTANTIATE_TEST_SUITE_P(
    Table, DeliveryStatuses,
    testing::Values(Delivery{0, ShipmentStatus::kSearching, {}},
                    Delivery{5, ShipmentStatus::kException, {}},
                    Delivery{10, ShipmentStatus::kAssigned, {}},
                    Delivery{15, ShipmentStatus::kAtPickup, {}},
                    Delivery{20, ShipmentStatus::kPickedUp, OrderStatus::kDispatched},
                    Delivery{30, ShipmentStatus::kInTransit, OrderStatus::kDispatched},
                    Delivery{40, ShipmentStatus::kDelivered, OrderStatus::kDelivered},
                    Delivery{100, ShipmentStatus::kCancelled, {}}));

TEST(DeliveryStatuses, AreNotToldByAReadOfWhatWasNeverSent) {
  const auto facts = OnlyOrder(MapAnswer(
      R"({"data":{"order_id":1,"status":9,"total":2,"logistics_status":0,"logistics_send_time":0}})"));
  EXPECT_TRUE(facts.deliveries.empty());
}

TEST(DeliveryStatuses, GoBack) {
  EXPECT_EQ(CodeOf(kDeliveryStatuses, ShipmentStatus::kPickedUp), 20);
  EXPECT_EQ(CodeOf(kDeliveryStatuses, ShipmentStatus::kReturned), std::nullopt);
}

TEST(CancelCauses, FollowReasonThenActor) {
  EXPECT_EQ(CauseOf(1001, 5), CancelCause::kNotPaidOrAccepted);
  EXPECT_EQ(CauseOf(1002, 2), CancelCause::kNotPaidOrAccepted);
  EXPECT_EQ(CauseOf(2007, {}), CancelCause::kMerchant);
  EXPECT_EQ(CauseOf(2016, 6), CancelCause::kMerchant);
  EXPECT_EQ(CauseOf({}, 2), CancelCause::kMerchant);
  EXPECT_EQ(CauseOf(1103, 1), CancelCause::kOther);
  EXPECT_EQ(CauseOf(1301, {}), CancelCause::kOther);
  EXPECT_EQ(CauseOf({}, 3), CancelCause::kOther);
  EXPECT_EQ(CauseOf({}, {}), CancelCause::kNone);
}

std::uint16_t RankOfReturn(int code) { return FindCode(kReturnGoodsSteps, code)->step.rank; }

TEST(RefundSteps, OfThePlainFlowRise) {
  const std::vector<RefundStep> order{
      kUnknownRefundStep,       kRefundApplied,   kRefundDeclined, kRefundAppealed,
      kRefundDeclinedBySupport, kRefundWithdrawn, kRefundApproved, kRefundFailed,
      kRefundRefunded};
  for (std::size_t i = 1; i < order.size(); ++i) {
    EXPECT_LT(order[i - 1].rank, order[i].rank) << i;
  }
}

TEST(RefundSteps, OfReturnedGoodsRiseInTheFlowsOrder) {
  const std::vector<int> order{1, 11, 16, 18, 10, 17, 20, 22, 26, 28, 30, 21, 27};
  for (std::size_t i = 1; i < order.size(); ++i) {
    EXPECT_LT(RankOfReturn(order[i - 1]), RankOfReturn(order[i])) << order[i];
  }
  EXPECT_LT(RankOfReturn(27), kRefundFailed.rank);
}

TEST(RefundSteps, OfReturnedGoodsAreOurWords) {
  const std::vector<std::pair<RefundStatus, std::vector<int>>> words{
      {RefundStatus::kApplied, {1, 10, 17, 20}},
      {RefundStatus::kDeclined, {11, 18, 22, 28}},
      {RefundStatus::kAppealed, {16, 26}},
      {RefundStatus::kWithdrawn, {30}},
      {RefundStatus::kApproved, {21, 27}}};
  for (const auto& [word, codes] : words) {
    for (const int code : codes) {
      EXPECT_EQ(FindCode(kReturnGoodsSteps, code)->step.status, word) << code;
    }
  }
}

TEST(DeliveryModes, FollowLogisticsCode) {
  EXPECT_EQ(DeliveryModeOf(""), model::DeliveryMode::kUnknown);
  EXPECT_EQ(DeliveryModeOf("0000"), model::DeliveryMode::kMerchant);
  EXPECT_EQ(DeliveryModeOf("0016"), model::DeliveryMode::kThirdParty);
  EXPECT_EQ(DeliveryModeOf("1002"), model::DeliveryMode::kPlatform);
  EXPECT_EQ(DeliveryModeOf("30011002"), model::DeliveryMode::kPlatform);
}

}  // namespace
}  // namespace weir::mapping::meituan
