// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "mapping/meituan/status.hpp"
#include "tests/mapping/meituan/samples.hpp"

namespace weir::mapping::meituan {
namespace {

using model::RefundKind;
using model::RefundStatus;

model::RefundFact MapRefund(FieldMap fields, std::string_view topic = "refund") {
  fields.emplace("order_id", "1");
  fields.emplace("refund_id", "5001");
  const auto facts = OnlyOrder(MapPush(fields, topic));
  EXPECT_EQ(facts.refunds.size(), 1U);
  EXPECT_FALSE(facts.snapshot);
  return facts.refunds.at(0);
}

struct Step {
  FieldMap fields;
  RefundStep step;
};

class RefundPush : public testing::TestWithParam<Step> {};

TEST_P(RefundPush, TellsItsStep) {
  const auto fact = MapRefund(GetParam().fields);
  EXPECT_EQ(fact.status, GetParam().step.status);
  EXPECT_EQ(fact.step, GetParam().step.rank);
}

INSTANTIATE_TEST_SUITE_P(
    ResType, RefundPush,
    testing::Values(Step{{{"res_type", "0"}, {"is_appeal", "0"}}, kRefundApplied},
                    Step{{{"res_type", "0"}, {"is_appeal", "1"}}, kRefundAppealed},
                    Step{{{"res_type", "1"}}, kRefundDeclined},
                    Step{{{"res_type", "2"}, {"notify_type", "reject"}}, kRefundApproved},
                    Step{{{"res_type", "3"}, {"is_appeal", "1"}}, kRefundDeclinedBySupport},
                    Step{{{"res_type", "4"}}, kRefundApproved},
                    Step{{{"res_type", "5"}}, kRefundApproved},
                    Step{{{"res_type", "6"}}, kRefundApproved},
                    Step{{{"res_type", "7"}}, kRefundWithdrawn},
                    Step{{{"res_type", "8"}}, kRefundWithdrawn}));

INSTANTIATE_TEST_SUITE_P(
    NotifyType, RefundPush,
    testing::Values(Step{{{"notify_type", "apply"}}, kRefundApplied},
                    Step{{{"notify_type", "apply"}, {"is_appeal", "1"}}, kRefundAppealed},
                    Step{{{"notify_type", "part"}}, kRefundApplied},
                    Step{{{"notify_type", "agree"}}, kRefundApproved},
                    Step{{{"notify_type", "reject"}}, kRefundDeclined},
                    Step{{{"notify_type", "cancelRefund"}}, kRefundWithdrawn},
                    Step{{{"notify_type", "cancelRefundComplaint"}}, kRefundWithdrawn},
                    Step{{{"notify_type", "agree"}, {"res_type", "99"}}, kRefundApproved}));

INSTANTIATE_TEST_SUITE_P(
    ReturnedGoods, RefundPush,
    testing::Values(Step{{{"status", "1"}, {"service_type", "2"}}, kRefundApplied},
                    Step{{{"status", "20"}}, {43, RefundStatus::kApplied}},
                    Step{{{"status", "21"}}, kRefundApproved},
                    Step{{{"status", "30"}}, kRefundWithdrawn},
                    Step{{{"status", "21"}, {"res_type", "1"}}, kRefundDeclined}));

INSTANTIATE_TEST_SUITE_P(Outcome, RefundPush,
                         testing::Values(Step{{{"refund_status", "3"}}, kRefundRefunded},
                                         Step{{{"refund_status", "4"}}, kRefundFailed},
                                         Step{{{"refund_status", "13"}}, kRefundRefunded},
                                         Step{{{"refund_status", "14"}}, kRefundFailed}));

TEST(Refunds, KindComesFromTheContent) {
  EXPECT_EQ(MapRefund({{"notify_type", "apply"}}).kind, RefundKind::kFull);
  EXPECT_EQ(MapRefund({{"notify_type", "part"}}).kind, RefundKind::kPartial);
  EXPECT_EQ(MapRefund({{"notify_type", "agree"}, {"money", "1"}}).kind, RefundKind::kPartial);
  EXPECT_EQ(MapRefund({{"status", "1"}}, "refund/partial").kind, RefundKind::kPartial);
  EXPECT_EQ(MapRefund({{"refund_status", "14"}}).kind, RefundKind::kPartial);
  EXPECT_EQ(MapRefund({{"refund_status", "3"}}).kind, RefundKind::kFull);
  EXPECT_EQ(MapRefund({{"refund_type", "3"}, {"res_type", "0"}}).kind,
            RefundKind::kPriceDifference);
}

TEST(Refunds, AmountIsUnknownUntilStated) {
  EXPECT_FALSE(MapRefund({{"notify_type", "apply"}}).amount);
  EXPECT_EQ(MapRefund({{"notify_type", "part"}, {"money", "14.0"}}).amount, Money::FromFen(1400));
}

TEST(Refunds, LinesCountPiecesTimesPrice) {
  const auto fact = MapRefund(
      {{"notify_type", "part"},
       {"food", R"([{"app_food_code":"F1","food_name":"饭","count":3,"refund_price":2.5},{}])"}});
  ASSERT_TRUE(fact.lines);
  ASSERT_EQ(fact.lines->size(), 1U);
  EXPECT_EQ(fact.lines->at(0).platform_sku, "F1");
  EXPECT_EQ(fact.lines->at(0).quantity, "3");
  EXPECT_EQ(fact.lines->at(0).amount, Money::FromFen(750));
}

TEST(Refunds, WithoutAnIdAreOneOfAKind) {
  const auto facts = OnlyOrder(MapPush({{"order_id", "1"}, {"notify_type", "apply"}}));
  EXPECT_EQ(facts.refunds.at(0).id, "full");
}

TEST(Refunds, AnUnknownCodeIsKeptAndBelowAllSteps) {
  const auto facts =
      OnlyOrder(MapPush({{"order_id", "1"}, {"refund_id", "2"}, {"res_type", "42"}}));
  EXPECT_EQ(facts.refunds.at(0).step, 0);
  ASSERT_EQ(facts.issues.size(), 1U);
  EXPECT_EQ(facts.issues[0].code, "unknown_status");
  EXPECT_EQ(ExtraOf(facts).at("res_type"), "42");
}

TEST(Refunds, ABrokenListCostsOnlyTheLines) {
  const auto facts = OnlyOrder(
      MapPush({{"order_id", "1"}, {"refund_id", "2"}, {"notify_type", "part"}, {"food", "[{"}}));
  EXPECT_FALSE(facts.refunds.at(0).lines);
  ASSERT_EQ(facts.issues.size(), 1U);
  EXPECT_EQ(facts.issues[0], (model::Issue{.code = "malformed_field", .detail = "food"}));
}

TEST(Refunds, NeverMoveTheOrder) {
  const auto facts = OnlyOrder(
      MapPush({{"order_id", "1"}, {"refund_id", "2"}, {"status", "9"}, {"notify_type", "agree"}}));
  EXPECT_TRUE(facts.statuses.empty());
}

}  // namespace
}  // namespace weir::mapping::meituan
