// SPDX-License-Identifier: Apache-2.0
#include "sync/review_fold.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sync/fold_scene.hpp"

namespace weir::sync::testing {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ReviewFoldTest : public ::testing::Test {
 protected:
  static model::ReviewFacts Wrote(std::string text, std::uint64_t digest) {
    model::ReviewFacts facts;
    facts.platform = "meituan";
    facts.platform_review_id = "70001";
    facts.content.key = {.updated_at = {},
                         .asked_at = Instant(std::chrono::seconds(digest)),
                         .digest = {.high = 0, .low = digest}};
    facts.content.platform_shop = "shop_001";
    facts.content.text = std::move(text);
    return facts;
  }

  void Pull(const std::string& connection, model::ReviewFacts facts) {
    auto mapped = std::make_shared<mapping::Mapped>();
    mapped->reviews.push_back(std::move(facts));
    scene_.Append({.envelope = {.kind = storage::EntryKind::kPulled,
                                .merchant = "demo",
                                .connection = connection,
                                .platform = "meituan",
                                .dialect = "json",
                                .topic = "comment/query",
                                .received_at = scene_.clock.Now()},
                   .payload = "p",
                   .attachment = std::move(mapped)});
  }

  void Link() {
    scene_.Declare(ConnectionSetting{.id = "mt-main",
                                     .platform = "meituan",
                                     .stores = {{"shop_001", "sh-001"}},
                                     .accept_within = {}});
  }

  json Review() {
    scene_.FoldAll();
    const auto found = scene_.Must(scene_.Run(
        scene_.storage.ReadPublished(storage::RecordKind::kReview, "demo", "meituan-70001")));
    return found ? json::parse(found->json) : json();
  }

  std::vector<std::string> ChangeTypes() {
    scene_.FoldAll();
    const auto page = scene_.Must(scene_.Run(scene_.storage.ReadChanges("demo", 0, 100, {})));
    std::vector<std::string> types;
    for (const auto& change : page.changes) types.push_back(change.type);
    return types;
  }

  FoldScene scene_;
};

TEST_F(ReviewFoldTest, AFirstLookCreatesALaterOneUpdates) {
  Link();
  Pull("mt-main", Wrote("好吃", 1));
  Pull("mt-main", Wrote("很好吃", 2));
  EXPECT_THAT(ChangeTypes(), ElementsAre("review.created", "review.updated"));
  const json review = Review();
  EXPECT_EQ(review["id"], "meituan-70001");
  EXPECT_EQ(review["store"], "sh-001");
  EXPECT_EQ(review["text"], "很好吃");
  EXPECT_EQ(review["version"], 2);
  EXPECT_THAT(review["issues"], IsEmpty());
}

TEST_F(ReviewFoldTest, WhatNobodyCouldSeeMakesNoVersion) {
  Link();
  Pull("mt-main", Wrote("好吃", 1));
  Pull("mt-main", Wrote("好吃", 2));
  EXPECT_EQ(Review()["version"], 1);
}

TEST_F(ReviewFoldTest, AnUnlinkedShopIsAnIssueUntilItIsLinked) {
  Pull("mt-main", Wrote("好吃", 1));
  EXPECT_EQ(Review()["store"], nullptr);
  EXPECT_EQ(Review()["issues"][0]["code"], "unmapped_store");
  Link();
  EXPECT_EQ(Review()["store"], "sh-001");
  EXPECT_EQ(Review()["version"], 2);
}

TEST_F(ReviewFoldTest, TheSmallestOfItsConnectionsOwnsIt) {
  Link();
  Pull("mt-second", Wrote("好吃", 1));
  Pull("mt-main", Wrote("好吃", 1));
  EXPECT_EQ(Review()["connection"], "mt-main");
  EXPECT_EQ(Review()["store"], "sh-001");
}

TEST_F(ReviewFoldTest, KnowsWhichLooksTellNothingNew) {
  Pull("mt-main", Wrote("好吃", 1));
  scene_.FoldAll();
  const auto is_shown = [&](std::uint64_t digest) {
    return scene_.Must(scene_.Run(IsShown(scene_.storage, "demo", Wrote("好吃", digest))));
  };
  EXPECT_TRUE(is_shown(1));
  EXPECT_FALSE(is_shown(2));
}

TEST_F(ReviewFoldTest, AreListedByTheirRating) {
  model::ReviewFacts facts = Wrote("好吃", 1);
  facts.content.rating = 40;
  Pull("mt-main", std::move(facts));
  scene_.FoldAll();
  const auto count = [this](const std::string& from, const std::string& to) {
    storage::ListQuery query;
    query.kind = storage::RecordKind::kReview;
    query.merchant = "demo";
    query.display_range = storage::TextRange{.from = from, .to = to};
    return scene_.Must(scene_.Run(scene_.storage.List(query))).records.size();
  };
  EXPECT_EQ(count("40", "50"), 1U);
  EXPECT_EQ(count("10", "39"), 0U);
}

TEST_F(ReviewFoldTest, AreListedByTheirDayNewestFirst) {
  for (const int day : {1, 3, 2}) {
    auto facts = Wrote("好吃", 1);
    facts.platform_review_id = std::to_string(day);
    facts.content.posted_at = Instant(std::chrono::days(day));
    Pull("mt-main", std::move(facts));
  }
  scene_.FoldAll();
  storage::ListQuery query;
  query.kind = storage::RecordKind::kReview;
  query.merchant = "demo";
  std::vector<std::string> ids;
  for (const auto& found : scene_.Must(scene_.Run(scene_.storage.List(query))).records) {
    ids.push_back(found.id);
  }
  EXPECT_THAT(ids, ElementsAre("meituan-3", "meituan-2", "meituan-1"));
}

}  // namespace
}  // namespace weir::sync::testing
