// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <limits>

#include "tests/model/order_builders.hpp"

namespace weir::model::testing {
namespace {

using nlohmann::json;

RefundFact Refunded(std::string id, std::int64_t fen) {
  RefundFact fact = Step(9, RefundStatus::kRefunded);
  fact.id = std::move(id);
  fact.amount = Fen(fen);
  return fact;
}

json Refund(const OrderState& state) { return Json(state)["refunds"][0]; }

TEST(OrderRefunds, TheGreatestStepDecides) {
  const auto applied = Step(1, RefundStatus::kApplied);
  const auto declined = Step(2, RefundStatus::kDeclined);
  EXPECT_EQ(Refund(Merged(declined, applied))["status"], "declined");
  EXPECT_EQ(Merged(declined, applied), Merged(applied, declined));
}

TEST(OrderRefunds, TheLaterOfEqualStepsDecides) {
  auto declined = Step(1, RefundStatus::kDeclined);
  declined.at = At(700);
  declined.digest = Digest(9);
  auto applied = Step(1, RefundStatus::kApplied);
  applied.at = At(701);
  applied.digest = Digest(1);
  EXPECT_EQ(Refund(Merged(applied, declined))["status"], "applied");
  EXPECT_EQ(Refund(Merged(declined, applied))["status"], "applied");
}

TEST(OrderRefunds, TheDigestBreaksATieOfSteps) {
  auto one = Step(5, RefundStatus::kWithdrawn);
  auto two = Step(5, RefundStatus::kApproved);
  two.digest = Digest(6);
  EXPECT_EQ(Refund(Merged(two, one))["status"], "approved");
}

TEST(OrderRefunds, EachHasItsIdAndStandsInItsOrder) {
  const json refunds = Json(Merged(Refunded("b", 1), Refunded("a", 2)))["refunds"];
  EXPECT_EQ(refunds[0]["id"], "a");
  EXPECT_EQ(refunds[1]["id"], "b");
}

TEST(OrderRefunds, LaterStepsEraseNothingEarlierOnesTold) {
  auto applied = Step(1, RefundStatus::kApplied);
  applied.kind = RefundKind::kPartial;
  applied.amount = Fen(1500);
  applied.reason = "送错了";
  applied.lines = {
      {.name = "牛肉饭", .platform_sku = "F001-L", .quantity = "1", .amount = Fen(1500)}};
  applied.applied_at = At(3);
  EXPECT_EQ(Refund(Merged(Step(9, RefundStatus::kRefunded), applied)), json::parse(R"({
      "id":"7001","kind":"partial","status":"refunded","amount":1500,"reason":"送错了",
      "lines":[{"name":"牛肉饭","platform_sku":"F001-L","sku":"ERP-1001","quantity":1,"amount":1500}],
      "at":"2026-11-22T03:00:03.000Z"})"));
}

TEST(OrderRefunds, AnAmountNobodyStatedIsNull) {
  EXPECT_EQ(Refund(Merged(Step(1, RefundStatus::kApplied)))["amount"], nullptr);
}

TEST(OrderRefunds, TheSmallestTimeOfApplyingIsItsTime) {
  auto one = Step(1, RefundStatus::kApplied);
  one.applied_at = At(7);
  auto two = Step(2, RefundStatus::kDeclined);
  two.applied_at = At(5);
  two.at = At(1);
  EXPECT_EQ(Refund(Merged(one, two))["at"], ToRfc3339(At(5)));
}

TEST(OrderRefunds, WithoutItTheStepsTimeStands) {
  auto step = Step(2, RefundStatus::kDeclined);
  step.at = At(8);
  EXPECT_EQ(Refund(Merged(step))["at"], ToRfc3339(At(8)));
}

TEST(OrderRefunds, TheKindIsReadOffTheLinesWhereNobodyStatesIt) {
  auto with_lines = Step(1, RefundStatus::kApplied);
  with_lines.lines.emplace(1);
  EXPECT_EQ(Refund(Merged(Step(1, RefundStatus::kApplied)))["kind"], "full");
  EXPECT_EQ(Refund(Merged(with_lines))["kind"], "partial");
  auto stated = Step(2, RefundStatus::kDeclined);
  stated.kind = RefundKind::kFull;
  EXPECT_EQ(Refund(Merged(with_lines, stated))["kind"], "full");
}

TEST(OrderRefunds, ALineWithoutCodeIsMatchedByName) {
  OrderSnapshot snapshot = Bare(0);
  Item rice;
  rice.name = "牛肉饭";
  rice.platform_sku = "F001-L";
  Item soup;
  soup.name = "汤";
  soup.platform_sku = "F002";
  Item big_soup = soup;
  big_soup.platform_sku = "F003";
  snapshot.items = {rice, soup, big_soup};
  auto refund = Step(1, RefundStatus::kApplied);
  refund.lines = {{.name = "牛肉饭", .platform_sku = "", .quantity = "1", .amount = {}}};
  EXPECT_EQ(Refund(Merged(snapshot, refund))["lines"][0]["sku"], "ERP-1001");

  refund.step = 2;
  refund.lines->front().name = "汤";
  const json record = Json(Merged(snapshot, refund));
  EXPECT_EQ(record["refunds"][0]["lines"][0]["sku"], nullptr);
  EXPECT_EQ(record["issues"][0], json::parse(R"({"code":"unknown_refund_line","detail":"7001"})"));
}

TEST(OrderRefunds, MoneyBackAloneNeverCancels) {
  auto full = Refunded("7001", 3200);
  full.kind = RefundKind::kFull;
  OrderState state = Merged(full);
  state.Merge(Facts(Reached(OrderStatus::kAccepted, 1)));
  EXPECT_EQ(state.status(), OrderStatus::kAccepted);
}

TEST(OrderRefunds, OnlyWhatIsRefundedIsSummed) {
  auto open = Refunded("c", 7);
  open.status = RefundStatus::kApproved;
  EXPECT_EQ(Json(Merged(Refunded("a", 100), Refunded("b", 23), open))["totals"]["refunded"], 123);
}

TEST(OrderRefunds, TotalsStayThoseOfTheSale) {
  OrderSnapshot snapshot = Bare(0);
  snapshot.totals.paid = Fen(3200);
  EXPECT_EQ(Json(Merged(snapshot, Refunded("a", 100)))["totals"]["paid"], 3200);
}

TEST(OrderRefunds, ASumThatDoesNotFitIsAnIssue) {
  const json record =
      Json(Merged(Refunded("a", std::numeric_limits<std::int64_t>::max()), Refunded("b", 1)));
  EXPECT_EQ(record["issues"][0], json::parse(R"({"code":"refunded_overflow","detail":"b"})"));
}

struct OverlayCase {
  RefundStatus status;
  RefundKind kind;
  bool refund_open;
  bool cancel_requested;
};

TEST(OrderRefunds, OverlaysFollowWhatIsOpen) {
  constexpr OverlayCase kCases[] = {
      {RefundStatus::kApplied, RefundKind::kPartial, true, false},
      {RefundStatus::kAppealed, RefundKind::kFull, true, false},
      {RefundStatus::kApplied, RefundKind::kCancel, true, true},
      {RefundStatus::kDeclined, RefundKind::kCancel, false, false},
      {RefundStatus::kRefunded, RefundKind::kFull, false, false},
  };
  for (const auto& [status, kind, refund_open, cancel_requested] : kCases) {
    RefundFact fact = Step(1, status);
    fact.kind = kind;
    const json record = Json(Merged(fact));
    EXPECT_EQ(record["refund_open"], refund_open) << Name(status) << Name(kind);
    EXPECT_EQ(record["cancel_requested"], cancel_requested) << Name(status) << Name(kind);
  }
}

}  // namespace
}  // namespace weir::model::testing
