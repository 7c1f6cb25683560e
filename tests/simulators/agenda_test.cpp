// SPDX-License-Identifier: Apache-2.0
#include "simulators/agenda.hpp"

#include <gtest/gtest.h>

#include <string>

namespace weir::simulators {
namespace {

using std::chrono::seconds;

constexpr Instant kStart{seconds(1'700'000'000)};

TEST(Agenda, GivesWhatIsDueInOrder) {
  Agenda<std::string> agenda;
  agenda.Add(kStart + seconds(2), "later");
  agenda.Add(kStart, "first");
  agenda.Add(kStart, "second");
  EXPECT_EQ(agenda.NextDue(), kStart);
  EXPECT_EQ(agenda.Take(kStart + seconds(1))->item, "first");
  EXPECT_EQ(agenda.Take(kStart + seconds(1))->item, "second");
  EXPECT_FALSE(agenda.Take(kStart + seconds(1)).has_value());
  EXPECT_EQ(agenda.Take(kStart + seconds(9))->at, kStart + seconds(2));
  EXPECT_FALSE(agenda.NextDue().has_value());
}

TEST(Arrivals, ComeAtAnEvenDistanceFromTheFirstTimeOn) {
  Arrivals arrivals(seconds(10));
  EXPECT_FALSE(arrivals.NextDue().has_value());
  EXPECT_EQ(arrivals.Take(kStart), kStart);
  EXPECT_FALSE(arrivals.Take(kStart + seconds(9)).has_value());
  EXPECT_EQ(arrivals.Take(kStart + seconds(25)), kStart + seconds(10));
  EXPECT_EQ(arrivals.Take(kStart + seconds(25)), kStart + seconds(20));
  EXPECT_FALSE(arrivals.Take(kStart + seconds(25)).has_value());
  EXPECT_EQ(arrivals.NextDue(), kStart + seconds(30));
}

TEST(Arrivals, EndWhenTheyAreStopped) {
  Arrivals arrivals(seconds(10));
  (void)arrivals.Take(kStart);
  arrivals.Stop();
  EXPECT_FALSE(arrivals.NextDue().has_value());
  EXPECT_FALSE(arrivals.Take(kStart + seconds(60)).has_value());
}

TEST(Arrivals, WithoutADistanceNeverCome) {
  Arrivals arrivals{seconds(0)};
  EXPECT_FALSE(arrivals.Take(kStart).has_value());
}

TEST(Earlier, TakesTheOneThatIsThere) {
  EXPECT_EQ(Earlier(kStart, std::nullopt), kStart);
  EXPECT_EQ(Earlier(std::nullopt, kStart), kStart);
  EXPECT_EQ(Earlier(kStart + seconds(1), kStart), kStart);
}

}  // namespace
}  // namespace weir::simulators
