// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "model/order_state.hpp"
#include "tests/mapping/eleme/samples.hpp"

namespace weir::mapping::eleme {
namespace {

using model::RefundKind;
using model::RefundStatus;

json Body(std::int64_t at, const char* word = "applied") {
  return {{"orderId", "1"}, {"shopId", 10001}, {"refundStatus", word}, {"updateTime", at}};
}

model::RefundFact Step(int type, const char* word = "applied") {
  return OnlyOrder(MapMessage(type, Body(1700000100, word))).refunds.at(0);
}

struct StepCase {
  int step;
  const char* word;
  RefundStatus status;
};

class RefundPush : public testing::TestWithParam<StepCase> {};

TEST_P(RefundPush, TellsItsStepInBothFlows) {
  for (const int flow : {20, 30}) {
    const auto fact = Step(flow + GetParam().step, GetParam().word);
    EXPECT_EQ(fact.status, GetParam().status);
    EXPECT_EQ(fact.step, GetParam().step);
    EXPECT_EQ(fact.opens, GetParam().step == 0);
  }
}

INSTANTIATE_TEST_SUITE_P(Steps, RefundPush,
                         testing::Values(StepCase{0, "applied", RefundStatus::kApplied},
                                         StepCase{1, "noRefund", RefundStatus::kWithdrawn},
                                         StepCase{2, "rejected", RefundStatus::kDeclined},
                                         StepCase{3, "applied", RefundStatus::kApproved},
                                         StepCase{3, "successful", RefundStatus::kRefunded},
                                         StepCase{3, "failed", RefundStatus::kFailed},
                                         StepCase{4, "arbitrating", RefundStatus::kAppealed},
                                         StepCase{5, "successful", RefundStatus::kRefunded},
                                         StepCase{6, "rejected", RefundStatus::kDeclined},
                                         StepCase{0, "successful", RefundStatus::kApplied}));

TEST(Refunds, TheKindIsTheFlowsOrTheBodys) {
  EXPECT_EQ(Step(20).kind, RefundKind::kCancel);
  EXPECT_FALSE(Step(30).kind);
  json body = Body(1);
  body["refundType"] = "normal";
  EXPECT_EQ(OnlyOrder(MapMessage(30, body)).refunds.at(0).kind, RefundKind::kFull);
}

TEST(Refunds, UnknownWordsAreKeptAndMoveNothing) {
  json body = Body(1, "melted");
  body["refundType"] = "double";
  const auto facts = OnlyOrder(MapMessage(33, body));
  EXPECT_EQ(facts.refunds.at(0).status, RefundStatus::kApproved);
  EXPECT_FALSE(facts.refunds.at(0).kind);
  EXPECT_EQ(facts.issues.size(), 2U);
  EXPECT_EQ(ExtraOf(facts), json::parse(R"({"refundStatus":"melted","refundType":"double"})"));
}

/// The record of an order after these messages.
json Record(const std::vector<std::pair<int, json>>& messages) {
  model::OrderState state;
  for (const auto& [type, message] : messages) {
    state.Merge(OnlyOrder(MapMessage(type, message)));
  }
  std::string body;
  state.AppendBody(body, {.platform_order_id = "1"}, {});
  return json::parse("{" + body + "}");
}

TEST(RefundFlow, TheIdIsTheTimeOfTheOpening) {
  const json refunds =
      Record({{20, Body(1700000100)}, {22, Body(1700000200, "rejected")}})["refunds"];
  ASSERT_EQ(refunds.size(), 1U);
  EXPECT_EQ(refunds[0]["id"], "cancel-1700000100");
  EXPECT_EQ(refunds[0]["status"], "declined");
  EXPECT_EQ(refunds[0]["kind"], "cancel");
}

TEST(RefundFlow, AStepJoinsTheNewestOpeningNotAfterIt) {
  const json refunds = Record({{31, Body(150)}, {30, Body(200)}, {30, Body(100)}})["refunds"];
  ASSERT_EQ(refunds.size(), 2U);
  EXPECT_EQ(refunds[0]["id"], "refund-100");
  EXPECT_EQ(refunds[0]["status"], "withdrawn");
  EXPECT_EQ(refunds[1]["id"], "refund-200");
  EXPECT_EQ(refunds[1]["status"], "applied");
}

TEST(RefundFlow, StepsWithoutTheirOpeningWaitForIt) {
  EXPECT_EQ(Record({{32, Body(150)}})["refunds"][0]["id"], "refund-0");
  EXPECT_EQ(Record({{32, Body(150)}, {30, Body(100)}})["refunds"][0]["id"], "refund-100");
}

TEST(RefundFlow, TheLatestStepDecidesWhateverItsNumber) {
  const json refunds = Record({{30, Body(100)}, {36, Body(150)}, {34, Body(200)}})["refunds"];
  EXPECT_EQ(refunds[0]["status"], "appealed");
}

TEST(RefundFlow, OfOneSecondTheHigherStepDecides) {
  EXPECT_EQ(Record({{31, Body(100)}, {30, Body(100)}})["refunds"][0]["status"], "withdrawn");
}

TEST(RefundFlow, BothFlowsStandBesideEachOther) {
  EXPECT_EQ(Record({{20, Body(100)}, {30, Body(100)}})["refunds"].size(), 2U);
}

TEST(RefundFlow, WhatIsRefundedIsSummed) {
  json body = Body(200, "successful");
  body["totalPrice"] = 15.0;
  const json record = Record({{30, Body(100)}, {33, body}});
  EXPECT_EQ(record["totals"]["refunded"], 1500);
  EXPECT_EQ(record["refund_open"], false);
}

TEST(RefundFlow, AnOpenCancelIsAsked) {
  EXPECT_EQ(Record({{20, Body(100)}})["cancel_requested"], true);
  EXPECT_EQ(Record({{20, Body(100)}, {21, Body(110)}})["cancel_requested"], false);
}

}  // namespace
}  // namespace weir::mapping::eleme
