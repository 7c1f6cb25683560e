// SPDX-License-Identifier: Apache-2.0
#include "storage/embedded/due_cache.hpp"

#include <gtest/gtest.h>

namespace weir::storage {
namespace {

constexpr Instant kSoon{std::chrono::seconds(100)};

TEST(DueCache, GivesWhatWasKept) {
  DueCache dues;
  dues.Keep("reread", kSoon, dues.generation());
  EXPECT_EQ(dues.Find("reread"), DueCache::Due(kSoon));
}

TEST(DueCache, KnowsThatNothingIsPlanned) {
  DueCache dues;
  dues.Keep("reread", std::nullopt, dues.generation());
  ASSERT_TRUE(dues.Find("reread"));
  EXPECT_EQ(*dues.Find("reread"), std::nullopt);
  EXPECT_FALSE(dues.Find("pull"));
}

TEST(DueCache, ForgetsWithAChange) {
  DueCache dues;
  dues.Keep("reread", kSoon, dues.generation());
  dues.BeginChange();
  EXPECT_FALSE(dues.Find("reread"));
  dues.EndChange();
  EXPECT_FALSE(dues.Find("reread"));
}

TEST(DueCache, KeepsNoAnswerFromBeforeAChange) {
  DueCache dues;
  const auto asked = dues.generation();
  dues.BeginChange();
  dues.EndChange();
  dues.Keep("reread", kSoon, asked);
  EXPECT_FALSE(dues.Find("reread"));
}

TEST(DueCache, KeepsNoAnswerFromTheMidstOfAChange) {
  DueCache dues;
  dues.BeginChange();
  const auto asked = dues.generation();
  dues.Keep("reread", kSoon, asked);
  EXPECT_FALSE(dues.Find("reread"));
  dues.EndChange();
  dues.Keep("reread", kSoon, asked);
  EXPECT_FALSE(dues.Find("reread"));
}

}  // namespace
}  // namespace weir::storage
