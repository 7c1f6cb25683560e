// SPDX-License-Identifier: Apache-2.0
#include "mapping/meituan/reviews.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/mapping/meituan/samples.hpp"

namespace weir::mapping::meituan {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::string_view kTopic = "comment/query?app_poi_code=shop_001";

model::ReviewFacts OnlyReview(Mapped mapped) {
  if (mapped.reviews.size() != 1 || mapped.unmappable) {
    throw std::runtime_error("not exactly one review");
  }
  return std::move(mapped.reviews.front());
}

/// The sample's review with members changed, as one pulled item.
model::ReviewFacts MapChanged(const nlohmann::json& changes) {
  auto item = nlohmann::json::parse(ReadData("response_comment_query.json"))["data"][0];
  item.update(changes);
  return OnlyReview(MapAnswer(item.dump(), kTopic));
}

TEST(Reviews, TheSampleMapsExactly) {
  const auto facts = OnlyReview(MapAnswer(ReadData("response_comment_query.json"), kTopic));
  EXPECT_EQ(facts.platform, "meituan");
  EXPECT_EQ(facts.platform_review_id, "70001");
  EXPECT_EQ(facts.content.platform_shop, "shop_001");
  EXPECT_EQ(facts.content.platform_order_id, "");
  EXPECT_EQ(facts.content.rating, 40);
  EXPECT_EQ(facts.content.food, 50);
  EXPECT_EQ(facts.content.delivery, 50);
  EXPECT_EQ(facts.content.packaging, 50);
  EXPECT_EQ(facts.content.text, "好吃");
  EXPECT_EQ(facts.content.pictures, std::nullopt);
  EXPECT_THAT(facts.content.tags.value(), ElementsAre("准时"));
  EXPECT_EQ(facts.content.posted_at, ParseRfc3339("2023-11-14T16:00:00Z").value());
  EXPECT_EQ(facts.content.key.asked_at, At(kAskedAt));
  EXPECT_EQ(nlohmann::json::parse(facts.content.extra),
            nlohmann::json::parse(R"({"ship_time":"32","praise_food_list":"红烧肉饭"})"));
  EXPECT_THAT(facts.content.issues, IsEmpty());
  EXPECT_FALSE(facts.reply);
  EXPECT_THAT(facts.follow_ups, IsEmpty());
}

TEST(Reviews, AnItemSaysWhatItsAnswerSays) {
  const auto alone = MapChanged(nlohmann::json::object());
  const auto listed = OnlyReview(MapAnswer(ReadData("response_comment_query.json"), kTopic));
  EXPECT_EQ(alone.content, listed.content);
}

TEST(Reviews, TellTheMerchantsReply) {
  const auto facts = MapChanged(
      {{"reply_status", 1}, {"e_reply_content", "谢谢"}, {"e_reply_time", "2023-11-16 10:00:00"}});
  ASSERT_TRUE(facts.reply);
  EXPECT_EQ(facts.reply->text, "谢谢");
  EXPECT_EQ(facts.reply->at, ParseRfc3339("2023-11-16T02:00:00Z").value());
  EXPECT_EQ(facts.reply->key.updated_at, *facts.reply->at);
  EXPECT_EQ(facts.reply->status, model::ReplyStatus::kPublished);
}

TEST(Reviews, AnUnknownReplyStatusIsKeptRaw) {
  const auto facts = MapChanged({{"reply_status", 7}, {"e_reply_content", "谢谢"}});
  EXPECT_EQ(facts.reply.value().status, model::ReplyStatus::kUnknown);
  EXPECT_EQ(nlohmann::json::parse(facts.content.extra)["reply_status"], "7");
}

TEST(Reviews, TellWhatTheCustomerAddedLater) {
  const auto facts = MapChanged({{"add_comment", "再来"}, {"add_comment_time", "2023-11-17"}});
  ASSERT_THAT(facts.follow_ups, SizeIs(1));
  EXPECT_EQ(facts.follow_ups[0].text, "再来");
  EXPECT_EQ(facts.follow_ups[0].at, ParseRfc3339("2023-11-16T16:00:00Z").value());
}

TEST(Reviews, KeepMembersThatNobodyKnows) {
  const auto facts = MapChanged({{"over_delivery_time", {{"minutes", 3}}}});
  EXPECT_EQ(nlohmann::json::parse(facts.content.extra)["over_delivery_time"]["minutes"], "3");
}

TEST(Reviews, ABrokenFieldCostsOnlyItself) {
  const auto facts = MapChanged({{"food_comment_score", "good"}, {"comment_time", 5}});
  EXPECT_EQ(facts.content.rating, std::nullopt);
  EXPECT_EQ(facts.content.posted_at, std::nullopt);
  EXPECT_THAT(facts.content.issues, SizeIs(2));
  EXPECT_EQ(facts.content.text, "好吃");
}

TEST(Reviews, WithoutAnIdCannotBeMapped) {
  const auto mapped = MapAnswer(R"({"comment_content":"x"})", kTopic);
  EXPECT_EQ(mapped.unmappable.value().reason, "missing_subject");
}

TEST(Reviews, DecodeTheShopTheyWereAskedOf) {
  const auto facts =
      OnlyReview(MapAnswer(R"({"comment_id":1})", "comment/query?app_poi_code=%E5%BA%97%2F1"));
  EXPECT_EQ(facts.content.platform_shop, "店/1");
}

}  // namespace
}  // namespace weir::mapping::meituan
