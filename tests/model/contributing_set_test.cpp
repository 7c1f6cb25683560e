// SPDX-License-Identifier: Apache-2.0
#include "model/contributing_set.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <ostream>
#include <set>
#include <vector>

namespace weir::model {

/// An element is its rank and what it supplies.
struct Sample {
  std::uint8_t rank = 0;
  std::uint8_t any = 0;
  std::uint8_t full = 0;
  friend auto operator<=>(const Sample&, const Sample&) = default;
};

bool Outranks(const Sample& a, const Sample& b) { return a > b; }

Supply Supplied(const Sample& sample) {
  return {.any = static_cast<std::uint32_t>(sample.any | sample.full), .full = sample.full};
}

bool Replaces(const Sample&, const Sample&) { return false; }

std::ostream& operator<<(std::ostream& out, const Sample& s) {
  return out << int{s.rank} << '/' << int{s.any} << '/' << int{s.full};
}

namespace {

std::vector<Sample> SomeSamples() {
  const auto bits = rc::gen::resize(rc::kNominalSize, rc::gen::arbitrary<std::uint8_t>());
  return *rc::gen::resize(
      12, rc::gen::container<std::vector<Sample>>(
              rc::gen::map(rc::gen::tuple(bits, bits, bits, bits), [](const auto& drawn) {
                const auto& [rank, any, full, fewer] = drawn;
                return Sample{.rank = static_cast<std::uint8_t>(rank % 8),
                              .any = static_cast<std::uint8_t>(any & fewer),
                              .full = static_cast<std::uint8_t>(full & fewer & 0x33)};
              })));
}

/// The rule word by word, over all elements at once.
std::vector<Sample> Contributing(const std::set<Sample>& all) {
  std::vector<Sample> kept;
  for (const Sample& sample : all) {
    Supply greater;
    bool is_victor = true;
    for (const Sample& other : all) {
      if (other > sample) {
        greater |= Supplied(other);
        is_victor = false;
      }
    }
    if (is_victor || greater.LessThanWith(Supplied(sample))) {
      kept.insert(kept.begin(), sample);
    }
  }
  return kept;
}

RC_GTEST_PROP(ContributingSet, KeepsWhatContributesWhateverCameFirst, ()) {
  const auto samples = SomeSamples();
  ContributingSet<Sample> set;
  for (const Sample& sample : samples) {
    set.Add(sample);
  }
  RC_ASSERT(set.elements() == Contributing({samples.begin(), samples.end()}));
}

RC_GTEST_PROP(ContributingSet, PruningLosesNoFieldsValue, ()) {
  const auto samples = SomeSamples();
  RC_PRE(!samples.empty());
  ContributingSet<Sample> set;
  for (const Sample& sample : samples) {
    set.Add(sample);
  }
  const std::set<Sample> all(samples.begin(), samples.end());
  for (unsigned field = 0; field < 8; ++field) {
    const auto greatest = [&](auto has) { return std::find_if(all.rbegin(), all.rend(), has); };
    auto expected = greatest([&](const Sample& s) { return Supplied(s).HasFull(field); });
    if (expected == all.rend()) {
      expected = greatest([&](const Sample& s) { return Supplied(s).Has(field); });
    }
    if (expected == all.rend()) {
      expected = all.rbegin();
    }
    RC_ASSERT(set.For(field) == *expected);
  }
}

TEST(ContributingSet, RestoresOnlyWhatItOnceHeld) {
  const Sample victor{.rank = 3, .any = 1, .full = 1};
  const Sample richer{.rank = 2, .any = 2, .full = 2};
  const Sample poorer{.rank = 1, .any = 1, .full = 1};
  ContributingSet<Sample> set;
  EXPECT_TRUE(set.Restore({victor, richer}));
  EXPECT_FALSE(set.Restore({richer, victor}));
  EXPECT_FALSE(set.Restore({victor, victor}));
  EXPECT_FALSE(set.Restore({victor, poorer}));
  EXPECT_EQ(set.elements(), (std::vector{victor, richer}));
}

}  // namespace
}  // namespace weir::model
