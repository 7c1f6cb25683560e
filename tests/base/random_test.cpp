// SPDX-License-Identifier: Apache-2.0
#include "base/random.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <limits>
#include <vector>

#include "base/seeded_random.hpp"

namespace weir {
namespace {

std::vector<std::byte> Bytes(Random& random, std::size_t size) {
  std::vector<std::byte> bytes(size);
  random.Fill(bytes);
  return bytes;
}

/// Gives chosen 64-bit values, to see what Below makes of them.
class ScriptedRandom final : public Random {
 public:
  explicit ScriptedRandom(std::vector<std::uint64_t> values) : values_(std::move(values)) {}
  void Fill(std::span<std::byte> out) override {
    const std::uint64_t value = values_.at(next_++);
    std::memcpy(out.data(), &value, out.size());
  }

 private:
  std::vector<std::uint64_t> values_;
  std::size_t next_ = 0;
};

TEST(Random, BelowStaysBelow) {
  SeededRandom random(1);
  for (const std::uint64_t bound : {std::uint64_t{1}, std::uint64_t{3}, std::uint64_t{1} << 63,
                                    std::numeric_limits<std::uint64_t>::max()}) {
    for (int i = 0; i < 100; ++i) {
      EXPECT_LT(random.Below(bound), bound);
    }
  }
}

TEST(Random, BelowDrawsAgainWhatWouldBeUneven) {
  // 2^64 mod 3 is 1: the value 0 would give one remainder an extra chance.
  ScriptedRandom random({0, 4});
  EXPECT_EQ(random.Below(3), 1U);
}

TEST(Random, BelowReachesEachValue) {
  SeededRandom random(2);
  std::array<int, 6> seen{};
  for (int i = 0; i < 600; ++i) {
    ++seen.at(random.Below(seen.size()));
  }
  for (const int count : seen) {
    EXPECT_GT(count, 50);
  }
}

TEST(SeededRandom, RepeatsItsSeed) {
  SeededRandom first(7);
  SeededRandom second(7);
  EXPECT_EQ(Bytes(first, 100), Bytes(second, 100));
}

TEST(SeededRandom, DiffersByItsSeed) {
  SeededRandom first(7);
  SeededRandom second(8);
  EXPECT_NE(Bytes(first, 100), Bytes(second, 100));
}

// xoshiro256** from the SplitMix64 state of seed 0.
TEST(SeededRandom, GivesTheSameOnEveryMachine) {
  SeededRandom random(0);
  EXPECT_EQ(random.Below(std::numeric_limits<std::uint64_t>::max()), 0x99EC5F36CB75F2B4U);
}

TEST(SystemRandom, DoesNotRepeatItself) {
  SystemRandom random;
  EXPECT_NE(Bytes(random, 32), Bytes(random, 32));
}

}  // namespace
}  // namespace weir
