// SPDX-License-Identifier: Apache-2.0
#include "net/token_bucket.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "base/fake_time.hpp"

namespace weir::net {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;

class TokenBucketTest : public testing::Test {
 protected:
  FakeClock clock_;
  TokenBucket bucket_{milliseconds(100), 3, clock_};

  void Empty() {
    while (bucket_.Take() == nanoseconds(0)) {
    }
  }
};

TEST_F(TokenBucketTest, GivesABurstAndNoMore) {
  EXPECT_EQ(bucket_.Take(), nanoseconds(0));
  EXPECT_EQ(bucket_.Take(), nanoseconds(0));
  EXPECT_EQ(bucket_.Take(), nanoseconds(0));
  EXPECT_EQ(bucket_.Take(), milliseconds(100));
}

TEST_F(TokenBucketTest, RefillsWithTime) {
  Empty();
  clock_.Advance(milliseconds(99));
  EXPECT_EQ(bucket_.Take(), milliseconds(1));
  clock_.Advance(milliseconds(1));
  EXPECT_EQ(bucket_.Take(), nanoseconds(0));
}

TEST_F(TokenBucketTest, HoldsNoMoreThanItsBurst) {
  clock_.Advance(std::chrono::hours(24));
  EXPECT_EQ(bucket_.available(), 3U);
  EXPECT_EQ(bucket_.Take(3), nanoseconds(0));
  EXPECT_GT(bucket_.Take(), nanoseconds(0));
}

TEST_F(TokenBucketTest, TakesSeveralOrNone) {
  EXPECT_EQ(bucket_.Take(2), nanoseconds(0));
  EXPECT_EQ(bucket_.Take(2), milliseconds(100));
  EXPECT_EQ(bucket_.available(), 1U);
  EXPECT_EQ(bucket_.Take(1), nanoseconds(0));
}

TEST_F(TokenBucketTest, CountsWholeTokens) {
  Empty();
  EXPECT_EQ(bucket_.available(), 0U);
  clock_.Advance(milliseconds(250));
  EXPECT_EQ(bucket_.available(), 2U);
}

TEST_F(TokenBucketTest, GivesNoTokenTwiceToTwoThreads) {
  TokenBucket bucket(milliseconds(1), 1000, clock_);
  std::atomic<int> taken{0};
  const auto take = [&] {
    for (int i = 0; i < 1000; ++i) {
      taken += bucket.Take() == nanoseconds(0) ? 1 : 0;
    }
  };
  std::thread other(take);
  take();
  other.join();
  EXPECT_EQ(taken, 1000);
}

}  // namespace
}  // namespace weir::net
