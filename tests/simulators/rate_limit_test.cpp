// SPDX-License-Identifier: Apache-2.0
#include "simulators/rate_limit.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace weir::simulators {
namespace {

constexpr Instant kStart{std::chrono::seconds(1'700'000'000)};
using std::chrono::milliseconds;

TEST(RateLimit, AdmitsSoManyInOneSecond) {
  RateLimit limit(2);
  EXPECT_TRUE(limit.Admit("a", kStart));
  EXPECT_TRUE(limit.Admit("a", kStart + milliseconds(500)));
  EXPECT_FALSE(limit.Admit("a", kStart + milliseconds(999)));
}

TEST(RateLimit, StartsAnewWithTheNextSecond) {
  RateLimit limit(1);
  EXPECT_TRUE(limit.Admit("a", kStart));
  EXPECT_TRUE(limit.Admit("a", kStart + milliseconds(1000)));
}

TEST(RateLimit, CountsEachKeyByItself) {
  RateLimit limit(1);
  EXPECT_TRUE(limit.Admit("a", kStart));
  EXPECT_TRUE(limit.Admit("b", kStart));
}

TEST(RateLimit, ZeroIsNoLimit) {
  RateLimit limit(0);
  for (int i = 0; i < 1000; ++i) {
    EXPECT_TRUE(limit.Admit("a", kStart));
  }
}

}  // namespace
}  // namespace weir::simulators
