// SPDX-License-Identifier: Apache-2.0
#include "app/bench/histogram.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace weir::app::bench {
namespace {

using std::chrono::nanoseconds;

TEST(Histogram, HoldsNothingAtFirst) {
  const Histogram histogram;
  EXPECT_EQ(histogram.count(), 0U);
  EXPECT_EQ(histogram.Within(0.99), nanoseconds(0));
}

TEST(Histogram, TellsEachDurationWithinOnePerCent) {
  for (std::int64_t value = 1; value < 3'000'000'000'000; value = value * 21 / 20 + 1) {
    Histogram histogram;
    histogram.Note(nanoseconds(value));
    histogram.Note(nanoseconds(3'600'000'000'000));
    const auto told = histogram.Within(0.5).count();
    EXPECT_GE(told, value);
    EXPECT_LE(told - value, value / 100);
  }
}

TEST(Histogram, CountsSharesFromTheShortest) {
  Histogram histogram;
  for (int value = 1; value <= 100; ++value) histogram.Note(nanoseconds(value));
  EXPECT_EQ(histogram.Within(0.5), nanoseconds(50));
  EXPECT_EQ(histogram.Within(0.99), nanoseconds(99));
  EXPECT_EQ(histogram.Within(1), nanoseconds(100));
}

TEST(Histogram, NeverTellsMoreThanTheLongest) {
  Histogram histogram;
  histogram.Note(nanoseconds(1'000'001));
  EXPECT_EQ(histogram.Within(1), nanoseconds(1'000'001));
  EXPECT_EQ(histogram.longest(), nanoseconds(1'000'001));
}

TEST(Histogram, TakesAnHourForAnythingLonger) {
  Histogram histogram;
  histogram.Note(std::chrono::hours(30));
  EXPECT_EQ(histogram.Within(1), std::chrono::hours(1));
}

TEST(Histogram, TakesATimeBeforeTheScheduleAsNone) {
  Histogram histogram;
  histogram.Note(nanoseconds(-5));
  EXPECT_EQ(histogram.Within(1), nanoseconds(0));
}

}  // namespace
}  // namespace weir::app::bench
