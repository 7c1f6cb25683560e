// SPDX-License-Identifier: Apache-2.0
#include "simulators/courier_fate.hpp"

#include <gtest/gtest.h>

#include "base/seeded_random.hpp"

namespace weir::simulators {
namespace {

using End = CourierFate::End;

constexpr CourierTraffic kCalm{.unaccepted = 0,
                               .cancelled = 0,
                               .given_up = 0,
                               .failed = 0,
                               .stuck = 0,
                               .handed_on = 0,
                               .troubled = 0};

CourierFate Drawn(const CourierTraffic& traffic) {
  SeededRandom random(1);
  return DrawFate(random, traffic);
}

TEST(CourierFate, IsADeliveryWithoutSwitches) {
  const CourierFate fate = Drawn(kCalm);
  EXPECT_EQ(fate.end, End::kDelivered);
  EXPECT_FALSE(fate.given_up_in || fate.stuck_in || fate.handed_on || fate.troubled ||
               fate.asks_off);
}

TEST(CourierFate, FollowsItsSwitches) {
  const auto end_with = [](double CourierTraffic::* share) {
    CourierTraffic traffic = kCalm;
    traffic.*share = 1;
    return Drawn(traffic).end;
  };
  EXPECT_EQ(end_with(&CourierTraffic::unaccepted), End::kUnaccepted);
  EXPECT_EQ(end_with(&CourierTraffic::cancelled), End::kCancelled);
  EXPECT_EQ(end_with(&CourierTraffic::failed), End::kReturned);
  EXPECT_EQ(end_with(&CourierTraffic::stillborn), End::kStillborn);
}

TEST(CourierFate, MakesTheSameDrawsWhateverTheSwitchesSay) {
  SeededRandom calm(1);
  SeededRandom wild(1);
  (void)DrawFate(calm, kCalm);
  (void)DrawFate(wild, {.unaccepted = 1,
                        .cancelled = 1,
                        .given_up = 1,
                        .failed = 1,
                        .stuck = 1,
                        .handed_on = 1,
                        .troubled = 1,
                        .asks_off = 1,
                        .stillborn = 1});
  EXPECT_EQ(calm.Below(1'000'000), wild.Below(1'000'000));
}

}  // namespace
}  // namespace weir::simulators
