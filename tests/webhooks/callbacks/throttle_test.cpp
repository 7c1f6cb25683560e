// SPDX-License-Identifier: Apache-2.0
#include "webhooks/callbacks/throttle.hpp"

#include <gtest/gtest.h>

#include "base/fake_time.hpp"
#include "base/seeded_random.hpp"

namespace weir::webhooks {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class ThrottleTest : public testing::Test {
 protected:
  /// How many may be sent at once.
  std::size_t EnterAll(Throttle& throttle) {
    std::size_t entered = 0;
    while (throttle.Enter()) ++entered;
    return entered;
  }
  void Fail(Throttle& throttle, const std::string& subject) {
    ASSERT_TRUE(throttle.Enter());
    throttle.Failed(subject);
  }
  void Open(Throttle& throttle) {
    for (const char* subject : {"a", "b", "c", "d", "e"}) Fail(throttle, subject);
    ASSERT_TRUE(throttle.is_open());
  }

  FakeClock clock_;
  SeededRandom random_{1};
  Throttle throttle_{std::nullopt, seconds(5), clock_, random_};
};

TEST_F(ThrottleTest, BoundsWhatIsUnderWay) {
  EXPECT_EQ(EnterAll(throttle_), Throttle::kMostAtOnce);
  throttle_.Delivered();
  EXPECT_TRUE(throttle_.Enter());
}

TEST_F(ThrottleTest, OneSubjectThatAlwaysFailsOpensNothing) {
  for (int i = 0; i < 100; ++i) Fail(throttle_, "a");
  EXPECT_FALSE(throttle_.is_open());
}

TEST_F(ThrottleTest, FiveSubjectsThatFailInARowOpenIt) {
  for (const char* subject : {"a", "b", "c", "d"}) Fail(throttle_, subject);
  EXPECT_FALSE(throttle_.is_open());
  ASSERT_TRUE(throttle_.Enter());
  EXPECT_TRUE(throttle_.Failed("e"));
  EXPECT_FALSE(throttle_.Enter());
}

TEST_F(ThrottleTest, ASuccessBetweenStartsTheRowAnew) {
  for (const char* subject : {"a", "b", "c", "d"}) Fail(throttle_, subject);
  ASSERT_TRUE(throttle_.Enter());
  throttle_.Delivered();
  Fail(throttle_, "e");
  EXPECT_FALSE(throttle_.is_open());
}

TEST_F(ThrottleTest, OneProbePassesAfterThePause) {
  Open(throttle_);
  clock_.Advance(milliseconds(3900));
  EXPECT_FALSE(throttle_.Enter());
  clock_.Advance(milliseconds(2200));
  EXPECT_EQ(EnterAll(throttle_), 1U);
}

TEST_F(ThrottleTest, AProbeThatFailsDoublesThePauseUpToAMinute) {
  Open(throttle_);
  for (const int pause : {5, 10, 20, 40, 60, 60}) {
    clock_.Advance(milliseconds(pause * 800 - 1));
    EXPECT_FALSE(throttle_.Enter()) << pause;
    clock_.Advance(milliseconds(pause * 400 + 1));
    ASSERT_TRUE(throttle_.Enter()) << pause;
    EXPECT_FALSE(throttle_.Failed("a"));
  }
}

TEST_F(ThrottleTest, AFailureThatWasUnderWayIsNoProbe) {
  ASSERT_TRUE(throttle_.Enter());
  Open(throttle_);
  throttle_.Failed("f");
  clock_.Advance(milliseconds(6001));
  EXPECT_TRUE(throttle_.Enter());
}

TEST_F(ThrottleTest, AProbeThatIsDeliveredClosesItAndMorePassesBitByBit) {
  Open(throttle_);
  clock_.Advance(seconds(7));
  ASSERT_TRUE(throttle_.Enter());
  throttle_.Delivered();
  EXPECT_FALSE(throttle_.is_open());
  EXPECT_EQ(EnterAll(throttle_), 2U);
  throttle_.Delivered();
  throttle_.Delivered();
  EXPECT_EQ(EnterAll(throttle_), 4U);
}

TEST_F(ThrottleTest, APauseHoldsEverybodyThenLetsOnePass) {
  ASSERT_TRUE(throttle_.Enter());
  throttle_.Paused(seconds(30));
  EXPECT_TRUE(throttle_.is_holding());
  clock_.Advance(milliseconds(29'999));
  EXPECT_FALSE(throttle_.Enter());
  clock_.Advance(milliseconds(1));
  EXPECT_EQ(EnterAll(throttle_), 1U);
}

TEST_F(ThrottleTest, KeepsTheDeclaredRate) {
  Throttle throttle(50, seconds(5), clock_, random_);
  int sent = 0;
  for (int tick = 0; tick < 100; ++tick) {
    while (throttle.Enter()) {
      throttle.Delivered();
      ++sent;
    }
    clock_.Advance(milliseconds(100));
  }
  EXPECT_GE(sent, 490);
  EXPECT_LE(sent, 500 + 10);
}

}  // namespace
}  // namespace weir::webhooks
