// SPDX-License-Identifier: Apache-2.0
#include "app/bench/report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace weir::app::bench {
namespace {

using std::chrono::seconds;
using testing::HasSubstr;
using testing::Not;

LoadResult Answered(std::uint64_t ok, std::uint64_t other = 0) {
  LoadResult load;
  load.sent = ok + other;
  load.statuses[200] = ok;
  if (other > 0) load.statuses[503] = other;
  load.began = seconds(1);
  load.ended = seconds(11);
  return load;
}

Bare Ceiling(std::uint64_t orders) { return {.load = Answered(orders), .usage = {}}; }

Sustained InFeed(std::uint64_t orders) {
  Sustained round;
  round.load = Answered(orders);
  round.in_feed = orders;
  round.per_second = static_cast<double>(orders) / 20;
  round.ended_well = true;
  return round;
}

TEST(Report, StatesTheRatioOfTheMedians) {
  const Findings findings{.bare = {Ceiling(900), Ceiling(1000), Ceiling(5000)},
                          .sustained = {InFeed(1000)},
                          .latency = {}};
  EXPECT_TRUE(findings.clean());
  EXPECT_THAT(ReportText(findings), HasSubstr("0.500"));
  EXPECT_THAT(ReportText(findings), Not(HasSubstr("FAILED")));
}

TEST(Report, NamesWhatWasNotAnsweredWell) {
  Sustained round = InFeed(100);
  round.load = Answered(100, 3);
  const Findings findings{.bare = {}, .sustained = {round}, .latency = {}};
  EXPECT_FALSE(findings.clean());
  EXPECT_THAT(ReportText(findings), HasSubstr("503 x 3"));
}

TEST(Report, NamesWhatIsMissingFromTheFeed) {
  Sustained round = InFeed(100);
  round.in_feed = 99;
  const Findings findings{.bare = {}, .sustained = {round}, .latency = {}};
  EXPECT_FALSE(findings.clean());
  EXPECT_THAT(ReportText(findings), HasSubstr("99 in the feed"));
}

TEST(Report, CountsALateOrderOfTheOpenLoopAsMissing) {
  Latency latency;
  latency.load = Answered(100);
  latency.ended_well = true;
  latency.missing = 1;
  const Findings findings{.bare = {}, .sustained = {}, .latency = latency};
  EXPECT_FALSE(findings.clean());
  EXPECT_THAT(ReportText(findings), HasSubstr("1 not in the feed"));
}

TEST(Report, FailsWhereAReplayOfManyOrdersFoundADifference) {
  Stored stored;
  stored.loaded = true;
  const Findings findings{.bare = {}, .sustained = {}, .latency = {}, .stored = stored};
  EXPECT_FALSE(findings.clean());
  EXPECT_THAT(ReportText(findings), HasSubstr("replay identical: false"));
}

}  // namespace
}  // namespace weir::app::bench
