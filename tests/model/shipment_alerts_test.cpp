// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/shipment_state.hpp"
#include "tests/model/order_builders.hpp"

namespace weir::model::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr int kMinute = 60;

void Tell(ShipmentState& state, ShipmentStatus status, int second) {
  ShipmentFacts facts;
  TrackingNode& node = facts.nodes.emplace_back();
  node.key = std::to_string(second) + std::string(Name(status));
  node.at = At(second);
  node.status = status;
  state.Merge(std::move(facts));
}

void Promise(ShipmentState& state, int second) {
  ShipmentIntent intent;
  intent.consignment.deliver_at = At(second);
  state.Create(std::move(intent));
}

std::vector<std::string> Reasons(const ShipmentState& state) {
  std::vector<std::string> reasons;
  for (const ShipmentAlert& alert : state.alerts()) reasons.emplace_back(Name(alert.reason));
  return reasons;
}

TEST(ShipmentAlerts, OneThatHasNotArrivedInTimeIsLate) {
  ShipmentState state;
  Promise(state, 10 * kMinute);
  EXPECT_EQ(state.NextAlert(At(0)), At(10 * kMinute));
  state.RaiseAlerts(At(0), At(10 * kMinute - 1));
  EXPECT_THAT(Reasons(state), IsEmpty());
  state.RaiseAlerts(At(0), At(10 * kMinute));
  EXPECT_THAT(Reasons(state), ElementsAre("late"));
  EXPECT_EQ(state.alerts()[0].at, At(10 * kMinute));
  state.RaiseAlerts(At(0), At(11 * kMinute));
  EXPECT_THAT(Reasons(state), ElementsAre("late"));
}

TEST(ShipmentAlerts, TheCourierMayExpectItEarlier) {
  ShipmentState state;
  Promise(state, 10 * kMinute);
  ShipmentFacts facts;
  facts.look.emplace().expected_at = At(5 * kMinute);
  state.Merge(std::move(facts));
  EXPECT_EQ(state.NextAlert(At(0)), At(5 * kMinute));
}

TEST(ShipmentAlerts, SilenceIsToldOnceForEachTimeItWasLastHeardOf) {
  ShipmentState state;
  Tell(state, ShipmentStatus::kAssigned, 0);
  EXPECT_EQ(state.NextAlert(At(0)), At(30 * kMinute));
  state.RaiseAlerts(At(0), At(31 * kMinute));
  EXPECT_THAT(Reasons(state), ElementsAre("stuck"));
  EXPECT_EQ(state.NextAlert(At(0)), std::nullopt);
  Tell(state, ShipmentStatus::kAtPickup, 40 * kMinute);
  EXPECT_EQ(state.NextAlert(At(0)), At(70 * kMinute));
  state.RaiseAlerts(At(0), At(70 * kMinute));
  EXPECT_THAT(Reasons(state), ElementsAre("stuck", "stuck"));
}

TEST(ShipmentAlerts, AParcelMayBeSilentForADay) {
  ShipmentState state;
  state.Choose({.platform = "sf_express", .connection = "sf-main", .quote = {}});
  EXPECT_EQ(state.NextAlert(At(0)), At(24 * 60 * kMinute));
}

TEST(ShipmentAlerts, HowLongIsForWhoeverOrderedItToSay) {
  ShipmentState state;
  ShipmentIntent intent;
  intent.stuck_after_minutes = 5;
  state.Create(std::move(intent));
  EXPECT_EQ(state.NextAlert(At(0)), At(5 * kMinute));
}

TEST(ShipmentAlerts, WhatHasEndedRaisesNone) {
  ShipmentState state;
  Promise(state, kMinute);
  Tell(state, ShipmentStatus::kDelivered, 30);
  EXPECT_EQ(state.NextAlert(At(0)), std::nullopt);
  state.RaiseAlerts(At(0), At(100 * kMinute));
  EXPECT_THAT(Reasons(state), IsEmpty());
}

TEST(ShipmentAlerts, WhatTheCourierTellsIsThereAtOnce) {
  ShipmentState state;
  Tell(state, ShipmentStatus::kFailed, 1);
  EXPECT_THAT(Reasons(state), IsEmpty());  // Nobody ever had it.
  Tell(state, ShipmentStatus::kAssigned, 0);
  Tell(state, ShipmentStatus::kException, 2);
  Tell(state, ShipmentStatus::kException, 3);
  Tell(state, ShipmentStatus::kReturning, 4);
  EXPECT_THAT(Reasons(state), ElementsAre("failed", "exception", "returning"));
}

TEST(ShipmentAlerts, AreKeptWithTheState) {
  ShipmentState state;
  Promise(state, 1);
  for (int i = 0; i < 20; ++i) {
    Tell(state, ShipmentStatus::kAssigned, i * 60 * kMinute);
    state.RaiseAlerts(At(0), At((i * 60 + 59) * kMinute));
  }
  EXPECT_EQ(state.alerts().size(), ShipmentState::kMaxAlerts);
  EXPECT_EQ(Reasons(state).front(), "late");
  std::string bytes;
  state.Encode(bytes);
  EXPECT_EQ(ShipmentState::Decode(bytes).value(), state);
}

}  // namespace
}  // namespace weir::model::testing
