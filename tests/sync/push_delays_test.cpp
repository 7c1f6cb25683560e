// SPDX-License-Identifier: Apache-2.0
#include "sync/push_delays.hpp"

#include <gtest/gtest.h>

namespace weir::sync {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

constexpr Instant kNow{std::chrono::seconds(1'700'000'000)};

TEST(PushDelays, AreNothingWithoutAPush) {
  const PushDelays delays;
  EXPECT_EQ(delays.Summarise(kNow), std::nullopt);
}

TEST(PushDelays, AreRanked) {
  PushDelays delays;
  for (int i = 100; i >= 1; --i) delays.Note(kNow - milliseconds(i), kNow);
  EXPECT_EQ(delays.Summarise(kNow),
            (PushDelays::Summary{
                .least = milliseconds(1), .p50 = milliseconds(50), .p99 = milliseconds(99)}));
}

TEST(PushDelays, OneLatePushDoesNotMoveTheLeast) {
  PushDelays delays;
  delays.Note(kNow - milliseconds(20), kNow);
  delays.Note(kNow - minutes(30), kNow);
  EXPECT_EQ(delays.Summarise(kNow)->least, milliseconds(20));
}

TEST(PushDelays, AreNegativeWhileTheSendersClockIsAhead) {
  PushDelays delays;
  delays.Note(kNow + minutes(10), kNow);
  EXPECT_EQ(delays.Summarise(kNow)->least, -minutes(10));
}

TEST(PushDelays, AreForgottenAfterTenMinutes) {
  PushDelays delays;
  delays.Note(kNow, kNow);
  EXPECT_TRUE(delays.Summarise(kNow + minutes(10)));
  EXPECT_FALSE(delays.Summarise(kNow + minutes(11)));
}

TEST(PushDelays, OfBeforeOurClockWasSetBackAreForgotten) {
  PushDelays delays;
  delays.Note(kNow, kNow + minutes(10));
  EXPECT_FALSE(delays.Summarise(kNow));
}

TEST(PushDelays, KeepTheLatest) {
  PushDelays delays;
  delays.Note(kNow, kNow);
  for (std::size_t i = 0; i < PushDelays::kMost; ++i) delays.Note(kNow - milliseconds(5), kNow);
  EXPECT_EQ(delays.Summarise(kNow)->least, milliseconds(5));
}

TEST(PushDelays, BeyondAllMeasureAreCut) {
  PushDelays delays;
  delays.Note(Instant{}, kNow);
  EXPECT_EQ(delays.Summarise(kNow)->least, milliseconds(2'147'483'647));
}

}  // namespace
}  // namespace weir::sync
