// SPDX-License-Identifier: Apache-2.0
#include "model/review_state.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <random>

#include "model/erasing.hpp"
#include "tests/model/order_builders.hpp"
#include "tests/model/order_stories.hpp"

namespace weir::model::testing {
namespace {

using ::testing::SizeIs;

LookKey Look(int updated, int asked, std::uint64_t digest) {
  return {.updated_at = At(updated), .asked_at = At(asked), .digest = Digest(digest)};
}

ReviewFacts Wrote(LookKey key, std::string text) {
  ReviewFacts facts;
  facts.content.key = key;
  facts.content.text = std::move(text);
  return facts;
}

template <typename T>
std::optional<T> Perhaps(T value) {
  return *rc::gen::arbitrary<bool>() ? std::optional<T>(std::move(value)) : std::nullopt;
}

/// Few values of everything, so that looks tie, repeat and contradict each other.
ReviewFacts AnyFacts() {
  const auto small = [](int below) { return *rc::gen::inRange(0, below); };
  const auto key = [&] {
    // What one content says of its time, all copies of it say.
    const int content = small(4);
    return Look(content / 2, small(3), static_cast<std::uint64_t>(content));
  };
  const auto word = [&] { return std::string(static_cast<std::size_t>(small(3)), 'a'); };
  ReviewFacts facts;
  facts.content = {.key = key(),
                   .platform_shop = word(),
                   .platform_order_id = word(),
                   .rating = Perhaps(static_cast<Score>(10 + small(3))),
                   .food = Perhaps(static_cast<Score>(10 + small(3))),
                   .delivery = {},
                   .packaging = {},
                   .text = word(),
                   .pictures = Perhaps(std::vector<std::string>{word()}),
                   .tags = {},
                   .posted_at = Perhaps(At(small(3))),
                   .extra = {},
                   .issues = {}};
  if (*rc::gen::arbitrary<bool>()) {
    facts.reply = ReviewReply{.key = key(), .text = word(), .at = Perhaps(At(small(3)))};
  }
  if (*rc::gen::arbitrary<bool>()) {
    facts.follow_ups.push_back({.id = word(), .key = key(), .text = word(), .at = {}});
  }
  return facts;
}

std::vector<ReviewFacts> AnyStory() {
  std::vector<ReviewFacts> story(static_cast<std::size_t>(*rc::gen::inRange(0, 8)));
  std::ranges::generate(story, AnyFacts);
  // One payload read by one program says one thing.
  std::map<LookKey, ReviewContent> said;
  for (ReviewFacts& facts : story) {
    facts.content = said.try_emplace(facts.content.key, facts.content).first->second;
  }
  return story;
}

ReviewState MergedInOrder(const std::vector<ReviewFacts>& story) {
  ReviewState state;
  for (const ReviewFacts& facts : story) state.Merge(facts);
  return state;
}

nlohmann::json Shown(const ReviewState& state, const std::string& store = "sh-001") {
  std::string out = "{";
  state.AppendBody(
      out, {.platform = "meituan", .connection = "mt-main", .platform_review_id = "70001"}, store);
  out.push_back(',');
  state.AppendTail(out, store);
  return nlohmann::json::parse(out + "}");
}

std::string Bytes(const ReviewState& state) {
  std::string bytes;
  state.Encode(bytes);
  return bytes;
}

TEST(ReviewMerge, NeitherOrderNorRepetitionMatters) {
  CheckMany(5'000, [] {
    const auto story = AnyStory();
    auto again = story;
    again.insert(again.end(), story.begin(), story.end());
    std::ranges::shuffle(again, std::mt19937(*rc::gen::arbitrary<std::uint32_t>()));
    const ReviewState a = MergedInOrder(story);
    const ReviewState b = MergedInOrder(again);
    RC_ASSERT(Shown(a).dump() == Shown(b).dump());
    RC_ASSERT(Bytes(a) == Bytes(b));
  });
}

TEST(ReviewMerge, StoringBetweenMergesChangesNothing) {
  CheckMany(2'000, [] {
    const auto story = AnyStory();
    ReviewState state;
    for (const ReviewFacts& facts : story) {
      state.Merge(facts);
      auto loaded = ReviewState::Decode(Bytes(state));
      RC_ASSERT(loaded.has_value());
      state = std::move(*loaded);
    }
    RC_ASSERT(state == MergedInOrder(story));
  });
}

/// A story in which no two payloads are the same, so that nothing is decided by what they say.
std::vector<ReviewFacts> AnyStoryOfKeys() {
  auto story = AnyStory();
  std::uint64_t number = 0;
  for (ReviewFacts& facts : story) {
    facts.content.key.digest = Digest(++number);
    facts.content.extra = R"({"user_name":"secret"})";
    if (facts.reply) facts.reply->key.digest = Digest(number);
    for (ReviewFollowUp& told : facts.follow_ups) told.key.digest = Digest(number);
  }
  return story;
}

TEST(ReviewErasing, AStateErasedIsOneOfErasedFacts) {
  CheckMany(2'000, [] {
    ReviewState state;
    ReviewState expected;
    for (const ReviewFacts& facts : AnyStoryOfKeys()) {
      ReviewFacts erased = facts;
      Erase(erased);
      state.Merge(facts);
      expected.Merge(std::move(erased));
    }
    state.Erase();
    expected.Erase();  // a story may be empty
    RC_ASSERT(Bytes(state) == Bytes(expected));
  });
}

TEST(ReviewErasing, JsonErasedIsThatOfTheErasedState) {
  CheckMany(2'000, [] {
    const auto whole = [](const ReviewState& state) {
      std::string out = "{";
      state.AppendBody(out, {.platform = "meituan", .connection = {}, .platform_review_id = "7"},
                       "sh-001");
      out.push_back(',');
      state.AppendTail(out, "sh-001");
      return out + "}";
    };
    ReviewState state = MergedInOrder(AnyStory());
    std::string erased;
    RC_ASSERT(AppendErased(erased, whole(state)));
    state.Erase();
    RC_ASSERT(erased == whole(state));
  });
}

TEST(ReviewErasing, WhatComesLaterIsErasedToo) {
  ReviewState state;
  state.Merge(Wrote(Look(1, 1, 1), "secret"));
  state.Erase();
  state.Merge(Wrote(Look(2, 2, 2), "secret again"));
  EXPECT_EQ(Shown(state)["text"], "");
  EXPECT_EQ(Shown(state)["issues"][0]["code"], "erased");
  const auto read = ReviewState::Decode(Bytes(state));
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->erased());
}

TEST(ReviewErasing, ScoresTimesAndTheOrderStay) {
  ReviewFacts facts = Wrote(Look(1, 1, 1), "secret");
  facts.content.rating = 40;
  facts.content.platform_order_id = "17";
  facts.content.pictures = {"https://example.com/secret.jpg"};
  facts.reply = ReviewReply{.key = Look(1, 1, 2), .text = "dear secret", .at = At(3)};
  ReviewState state;
  state.Merge(std::move(facts));
  state.Erase();
  const auto shown = Shown(state);
  EXPECT_EQ(shown["rating"], 40);
  EXPECT_EQ(shown["order"], "meituan-17");
  EXPECT_NE(shown["reply"]["at"], nullptr);
  EXPECT_EQ(Bytes(state).find("secret"), std::string::npos);
}

TEST(ReviewMerge, TheLatestPlatformTimeWins) {
  ReviewState state;
  state.Merge(Wrote(Look(2, 1, 1), "later"));
  state.Merge(Wrote(Look(1, 9, 2), "earlier"));
  EXPECT_EQ(Shown(state)["text"], "later");
}

TEST(ReviewMerge, WithoutPlatformTimeTheLatestLookWins) {
  ReviewState state;
  state.Merge(Wrote(Look(0, 5, 1), "new"));
  state.Merge(Wrote(Look(0, 4, 9), "old"));
  EXPECT_EQ(Shown(state)["text"], "new");
}

TEST(ReviewMerge, APoorerLookErasesNothing) {
  ReviewState state;
  ReviewFacts rich = Wrote(Look(0, 1, 1), "好吃");
  rich.content.rating = 40;
  state.Merge(std::move(rich));
  state.Merge(Wrote(Look(0, 2, 2), ""));
  EXPECT_EQ(Shown(state)["text"], "好吃");
  EXPECT_EQ(Shown(state)["rating"], 40);
}

TEST(ReviewMerge, AReplyStaysWhenALaterLookMissesIt) {
  ReviewState state;
  ReviewFacts replied = Wrote(Look(0, 1, 1), "好吃");
  replied.reply = ReviewReply{.key = Look(0, 1, 1), .text = "谢谢", .at = At(1)};
  state.Merge(std::move(replied));
  state.Merge(Wrote(Look(0, 2, 2), "好吃"));
  EXPECT_EQ(Shown(state)["reply"]["text"], "谢谢");
  EXPECT_EQ(Shown(state)["reply"]["status"], "published");
}

TEST(ReviewMerge, ALaterMapsReadingReplacesTheEarlierOne) {
  ReviewState state;
  state.Merge(Wrote(Look(0, 1, 1), "misread"));
  ReviewFacts again = Wrote(Look(0, 1, 1), "");
  again.content.key.generation = 1;
  state.Merge(std::move(again));
  EXPECT_EQ(Shown(state)["text"], "");
}

TEST(ReviewMerge, KnowsWhatItShowsAlready) {
  ReviewState state;
  state.Merge(Wrote(Look(0, 1, 1), "a"));
  EXPECT_TRUE(state.Shows(Digest(1)));
  state.Merge(Wrote(Look(0, 2, 2), "b"));
  EXPECT_FALSE(state.Shows(Digest(1)));
  EXPECT_TRUE(state.Shows(Digest(2)));
}

TEST(ReviewJson, LinksTheOrderWhereThePlatformNamesOne) {
  ReviewState state;
  ReviewFacts facts = Wrote(Look(0, 1, 1), "a");
  facts.content.platform_order_id = "12";
  state.Merge(std::move(facts));
  EXPECT_EQ(Shown(state)["order"], "meituan-12");
}

TEST(ReviewJson, NamesAShopThatIsNotLinked) {
  ReviewState state;
  ReviewFacts facts = Wrote(Look(0, 1, 1), "a");
  facts.content.platform_shop = "shop_009";
  state.Merge(std::move(facts));
  const nlohmann::json shown = Shown(state, "");
  EXPECT_EQ(shown["store"], nullptr);
  ASSERT_THAT(shown["issues"], SizeIs(1));
  EXPECT_EQ(shown["issues"][0]["code"], "unmapped_store");
}

TEST(ReviewCodec, TakesNoOtherBytes) {
  EXPECT_FALSE(ReviewState::Decode(""));
  EXPECT_FALSE(ReviewState::Decode("\x09"));
  ReviewState state;
  state.Merge(Wrote(Look(0, 1, 1), "a"));
  const std::string bytes = Bytes(state);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(ReviewState::Decode(std::string_view(bytes).substr(0, size))) << size;
  }
}

}  // namespace
}  // namespace weir::model::testing
