// SPDX-License-Identifier: Apache-2.0
#include "simulators/chance.hpp"

#include <gtest/gtest.h>

#include <array>

#include "base/seeded_random.hpp"

namespace weir::simulators {
namespace {

TEST(Chance, NeverAtZeroAndAlwaysAtOne) {
  SeededRandom random(1);
  for (int i = 0; i < 1000; ++i) {
    EXPECT_FALSE(Chance(random, 0));
    EXPECT_TRUE(Chance(random, 1));
  }
}

TEST(Chance, ComesAboutAsOftenAsItsProbability) {
  SeededRandom random(1);
  int hits = 0;
  for (int i = 0; i < 10'000; ++i) {
    hits += Chance(random, 0.25) ? 1 : 0;
  }
  EXPECT_NEAR(hits, 2500, 200);
}

TEST(Chance, DrawsOnceWhateverTheProbability) {
  SeededRandom switched_off(7);
  SeededRandom switched_on(7);
  (void)Chance(switched_off, 0);
  (void)Chance(switched_on, 0.5);
  EXPECT_EQ(switched_off.Below(1'000'000), switched_on.Below(1'000'000));
}

TEST(Between, ReachesBothEndsAndNothingBeyond) {
  SeededRandom random(1);
  std::array<int, 3> seen{};
  for (int i = 0; i < 300; ++i) {
    ++seen.at(static_cast<std::size_t>(Between(random, -1, 1) + 1));
  }
  EXPECT_GT(seen[0], 0);
  EXPECT_GT(seen[2], 0);
}

TEST(Between, IsTheLowEndOfAnEmptyRange) {
  SeededRandom random(1);
  EXPECT_EQ(Between(random, 5, 4), 5);
}

}  // namespace
}  // namespace weir::simulators
