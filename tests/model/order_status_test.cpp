// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/model/order_builders.hpp"

namespace weir::model::testing {
namespace {

struct Case {
  const char* name;
  std::vector<StatusFact> facts;
  OrderStatus expected;
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class OrderStatusRule : public ::testing::TestWithParam<Case> {};

TEST_P(OrderStatusRule, HoldsInAnyOrder) {
  const Case& c = GetParam();
  OrderFacts forwards;
  forwards.statuses = c.facts;
  OrderFacts backwards;
  backwards.statuses.assign(c.facts.rbegin(), c.facts.rend());
  OrderState state;
  state.Merge(forwards);
  EXPECT_EQ(state.status(), c.expected);
  OrderState other;
  other.Merge(backwards);
  EXPECT_EQ(other.status(), c.expected);
}

constexpr auto kPlaced = OrderStatus::kPlaced;
constexpr auto kAccepted = OrderStatus::kAccepted;
constexpr auto kReady = OrderStatus::kReady;
constexpr auto kCompleted = OrderStatus::kCompleted;
constexpr auto kExpired = OrderStatus::kExpired;
constexpr auto kRejected = OrderStatus::kRejected;
constexpr auto kCancelled = OrderStatus::kCancelled;
constexpr auto kInTime = CancelCause::kNotPaidOrAccepted;
constexpr auto kMerchant = CancelCause::kMerchant;
constexpr auto kOther = CancelCause::kOther;

INSTANTIATE_TEST_SUITE_P(
    Rules, OrderStatusRule,
    ::testing::Values(
        Case{"nothing_told_is_placed", {}, kPlaced},
        Case{"the_highest_wins", {Reached(kAccepted, 5), Reached(kPlaced, 9)}, kAccepted},
        Case{"pending_is_below_placed",
             {Reached(OrderStatus::kPendingPayment, 9), Reached(kPlaced, 1)},
             kPlaced},
        Case{"an_explicit_cancel_beats_completed",
             {Reached(kCompleted, 9), Cancelled(kOther, 1)},
             kCancelled},
        Case{
            "not_accepted_in_time_expires", {Reached(kPlaced, 1), Cancelled(kInTime, 2)}, kExpired},
        Case{"the_merchants_cancel_before_acceptance_rejects",
             {Reached(kPlaced, 1), Cancelled(kMerchant, 2)},
             kRejected},
        Case{"the_merchants_cancel_after_acceptance_cancels",
             {Reached(kAccepted, 1), Cancelled(kMerchant, 2)},
             kCancelled},
        Case{"readiness_shows_acceptance",
             {Reached(kReady, 1), Cancelled(kMerchant, 2)},
             kCancelled},
        Case{"completion_shows_acceptance",
             {Reached(kCompleted, 1), Cancelled(kMerchant, 2)},
             kCancelled},
        Case{"a_cancel_without_cause_cancels", {Cancelled(CancelCause::kNone, 1)}, kCancelled},
        Case{"a_cancel_without_cause_leaves_it_to_one_with_a_cause",
             {Cancelled(CancelCause::kNone, 2), Cancelled(kInTime, 1)},
             kExpired},
        Case{"a_plain_cancel_beats_expiry",
             {Cancelled(kInTime, 1), Cancelled(kOther, 2)},
             kCancelled},
        Case{
            "rejection_beats_expiry", {Cancelled(kInTime, 1), Cancelled(kMerchant, 2)}, kRejected}),
    [](const auto& test) { return std::string(test.param.name); });

/// "status@second" of each step, '~' before implied ones, '<' behind those only reads showed.
std::string Told(const nlohmann::json& history) {
  std::string text;
  for (const auto& step : history) {
    text += text.empty() ? "" : " ";
    text += step["implied"].get<bool>() ? "~" : "";
    text += step["status"].get<std::string>();
    text += "@";
    text += step["at"].is_null() ? "-" : step["at"].get<std::string>().substr(17, 2);
    text += step["source"] == "pull" ? "<" : "";
  }
  return text;
}

std::string HistoryOf(OrderKind kind, std::vector<StatusFact> statuses) {
  OrderFacts facts;
  facts.statuses = std::move(statuses);
  facts.snapshot = Bare(0);
  facts.snapshot->kind = kind;
  OrderState state;
  state.Merge(facts);
  return Told(Json(state)["history"]);
}

TEST(OrderHistory, KeepsTheEarliestTimeOfEachStatusByRank) {
  EXPECT_EQ(HistoryOf(OrderKind::kDelivery,
                      {Reached(kAccepted, 7), Reached(kPlaced, 3), Reached(kAccepted, 5)}),
            "placed@03 accepted@05");
}

TEST(OrderHistory, KeepsBothCompletedAndCancelled) {
  EXPECT_EQ(HistoryOf(OrderKind::kVoucher,
                      {Reached(kPlaced, 1), Reached(kCompleted, 2), Cancelled(kOther, 3)}),
            "placed@01 completed@02 cancelled@03");
}

TEST(OrderHistory, AFactWithoutTimeSetsOnlyWhatNoTimedFactHasSet) {
  const StatusFact untimed{.status = kPlaced, .at = {}, .sent_at = At(1)};
  EXPECT_EQ(HistoryOf(OrderKind::kVoucher, {untimed, Reached(kPlaced, 9)}), "placed@09");
  EXPECT_EQ(HistoryOf(OrderKind::kVoucher, {untimed}), "placed@01");
}

TEST(OrderHistory, TheSmallestSendingTimeOfItsCopiesIsAFactsTime) {
  EXPECT_EQ(HistoryOf(OrderKind::kVoucher, {{.status = kPlaced, .sent_at = At(6)},
                                            {.status = kPlaced, .sent_at = At(4)},
                                            {.status = kPlaced}}),
            "placed@04");
}

TEST(OrderHistory, IsAPushsIfAnyPushShowedIt) {
  EXPECT_EQ(HistoryOf(OrderKind::kVoucher,
                      {Reached(kPlaced, 1, Source::kPull), Reached(kPlaced, 2, Source::kPush),
                       Reached(kCompleted, 3, Source::kPull)}),
            "placed@01 completed@03<");
}

TEST(OrderHistory, ImpliesTheStepsBelowTheHighestOfEachKindsPath) {
  const std::vector completed{Reached(kCompleted, 9)};
  EXPECT_EQ(HistoryOf(OrderKind::kDelivery, completed),
            "~placed@09 ~accepted@09 ~dispatched@09 ~delivered@09 completed@09");
  EXPECT_EQ(HistoryOf(OrderKind::kPickup, completed), "~placed@09 ~accepted@09 completed@09");
  EXPECT_EQ(HistoryOf(OrderKind::kDineIn, completed), "~placed@09 ~accepted@09 completed@09");
  EXPECT_EQ(HistoryOf(OrderKind::kVoucher, completed), "~placed@09 completed@09");
  EXPECT_EQ(HistoryOf(OrderKind::kParcel, completed), "~placed@09 completed@09");
}

TEST(OrderHistory, AnImpliedStepTakesTheEarliestTimeAboveIt) {
  EXPECT_EQ(HistoryOf(OrderKind::kDelivery,
                      {Reached(OrderStatus::kDelivered, 8, Source::kPull), Reached(kReady, 4)}),
            "~placed@04 ~accepted@04 ready@04 ~dispatched@08< delivered@08<");
}

TEST(OrderHistory, AnEndImpliesOnlyPlacing) {
  EXPECT_EQ(HistoryOf(OrderKind::kDelivery, {Cancelled(kOther, 5)}), "~placed@05 cancelled@05");
  EXPECT_EQ(HistoryOf(OrderKind::kDelivery, {Cancelled(kInTime, 5)}), "~placed@05 expired@05");
  EXPECT_EQ(HistoryOf(OrderKind::kDelivery, {Cancelled(kOther, 2), Reached(kCompleted, 9)}),
            "~placed@02 ~accepted@09 ~dispatched@09 ~delivered@09 completed@09 cancelled@02");
}

TEST(OrderHistory, PendingPaymentIsNeverImplied) {
  EXPECT_EQ(HistoryOf(OrderKind::kVoucher, {Reached(kPlaced, 1)}), "placed@01");
}

TEST(OrderHistory, AMerchantsCancelStandsUnderItsProjectedStatus) {
  EXPECT_EQ(HistoryOf(OrderKind::kVoucher, {Reached(kPlaced, 1), Cancelled(kMerchant, 2)}),
            "placed@01 rejected@02");
  EXPECT_EQ(HistoryOf(OrderKind::kVoucher, {Reached(kPlaced, 1), Cancelled(kMerchant, 4),
                                            Cancelled(kOther, 3), Reached(kAccepted, 2)}),
            "placed@01 accepted@02 cancelled@03");
}

TEST(OrderHistory, ATimeNobodyToldIsNull) {
  EXPECT_EQ(HistoryOf(OrderKind::kVoucher, {{.status = kCompleted}}), "~placed@- completed@-");
}

}  // namespace
}  // namespace weir::model::testing
