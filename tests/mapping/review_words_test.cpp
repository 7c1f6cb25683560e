// SPDX-License-Identifier: Apache-2.0
#include "mapping/review_words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mapping/local_time.hpp"

namespace weir::mapping {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ReviewWords : public ::testing::Test {
 protected:
  std::optional<model::Score> StarsOf(std::string_view text) {
    return Stars(reader_, "score", Value(text));
  }
  std::optional<Instant> TimeOf(std::string_view text) {
    return DayOrTime(reader_, "time", Value(text), Zone::China());
  }
  std::vector<model::Issue> issues_;
  FieldReader reader_{issues_};
};

TEST_F(ReviewWords, StarsStandOnOurScale) {
  EXPECT_EQ(StarsOf("1"), model::kWorstScore);
  EXPECT_EQ(StarsOf("5"), model::kBestScore);
  EXPECT_EQ(StarsOf("4.0"), 40);
  EXPECT_THAT(issues_, IsEmpty());
}

TEST_F(ReviewWords, NoStarIsNoRating) {
  EXPECT_EQ(StarsOf("0"), std::nullopt);
  EXPECT_EQ(StarsOf(""), std::nullopt);
  EXPECT_THAT(issues_, IsEmpty());
}

TEST_F(ReviewWords, OtherStarsAreMalformed) {
  EXPECT_EQ(StarsOf("6"), std::nullopt);
  EXPECT_EQ(issues_, (std::vector<model::Issue>{{"malformed_field", "score"}}));
}

TEST_F(ReviewWords, ListsArePartedByEitherComma) {
  EXPECT_THAT(TextList(Value("准时, 好吃，干净,,")).value(), ElementsAre("准时", "好吃", "干净"));
  EXPECT_EQ(TextList(Value("")), std::nullopt);
}

TEST_F(ReviewWords, ADayIsItsBeginningInItsZone) {
  EXPECT_EQ(TimeOf("2023-11-15"), ParseRfc3339("2023-11-14T16:00:00Z").value());
  EXPECT_EQ(TimeOf("2023-11-15 08:00:01"), ParseRfc3339("2023-11-15T00:00:01Z").value());
  EXPECT_EQ(TimeOf("yesterday"), std::nullopt);
  EXPECT_EQ(issues_, (std::vector<model::Issue>{{"malformed_field", "time"}}));
}

}  // namespace
}  // namespace weir::mapping
