// SPDX-License-Identifier: Apache-2.0
#include "storage/entry.hpp"

#include <gtest/gtest.h>

#include <set>

#include "storage/batch.hpp"

namespace weir::storage {
namespace {

TEST(PositionTest, TextComesBack) {
  const Position position{.shard = 3, .offset = 18446744073709551615U};
  EXPECT_EQ(position.ToText(), "3-18446744073709551615");
  EXPECT_EQ(Position::Parse(position.ToText()), position);
}

class BadPositionTest : public ::testing::TestWithParam<const char*> {};

TEST_P(BadPositionTest, IsRefused) { EXPECT_FALSE(Position::Parse(GetParam())); }

INSTANTIATE_TEST_SUITE_P(All, BadPositionTest,
                         ::testing::Values("", "-", "0-", "-1", "1", "0-01", "00-1", "0--1",
                                           "0-1-2", "4294967296-1", "0-18446744073709551616",
                                           " 0-1", "0-1 ", "0-+1", "a-b"));

TEST(EntryKindTest, EachHasItsOwnWord) {
  std::set<std::string_view> words;
  for (int kind = 1; kind <= 12; ++kind) words.insert(Name(static_cast<EntryKind>(kind)));
  EXPECT_EQ(words.size(), 12U);
  EXPECT_FALSE(words.contains("unknown"));
  EXPECT_EQ(Name(EntryKind::kPush), "push");
}

TEST(ChangeRowTest, IdNamesCauseAndOrdinal) {
  const ChangeRow change{.cause = {.offset = 33}, .ordinal = 2};
  EXPECT_EQ(change.Id(), "chg-11-2");
}

}  // namespace
}  // namespace weir::storage
