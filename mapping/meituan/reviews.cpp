// SPDX-License-Identifier: Apache-2.0
#include "mapping/meituan/reviews.hpp"

#include <algorithm>
#include <utility>

#include "mapping/content.hpp"
#include "mapping/local_time.hpp"
#include "mapping/meituan/event.hpp"
#include "mapping/members.hpp"
#include "mapping/review_words.hpp"

namespace weir::mapping::meituan {
namespace {

/// Members of an item. food_comment_score is the overall one, order_comment_score that of quality;
/// `result` says how the call went.
constexpr NameTable kReviewNames({
    "add_comment",
    "add_comment_time",
    "comment_content",
    "comment_id",
    "comment_lables",
    "comment_pictures",
    "comment_time",
    "delivery_comment_score",
    "e_reply_content",
    "e_reply_time",
    "food_comment_score",
    "order_comment_score",
    "packing_score",
    "reply_status",
    "result",
});
using Review = Members<kReviewNames>;

std::optional<Instant> TakeTime(Review& review, FieldReader& reader, Review::Name name) {
  return DayOrTime(reader, name.text, review.Take(name), Zone::China());
}

std::optional<model::Score> TakeStars(Review& review, FieldReader& reader, Review::Name name) {
  return Stars(reader, name.text, review.Take(name));
}

model::LookKey Look(const model::LookKey& key, std::optional<Instant> told) {
  model::LookKey look = key;
  look.updated_at = told.value_or(Instant{});
  return look;
}

std::optional<model::ReviewReply> TakeReply(Review& review, FieldReader& reader,
                                            const model::LookKey& key) {
  constexpr std::string_view kUnreplied = "0";
  constexpr std::string_view kReplied = "1";
  const std::string_view status = review.Peek("reply_status").text();
  const std::string text(review.Take("e_reply_content").text());
  const auto at = TakeTime(review, reader, "e_reply_time");
  const bool known = status.empty() || status == kUnreplied || status == kReplied;
  if (known) review.Take("reply_status");
  if (text.empty() && (status.empty() || status == kUnreplied)) return std::nullopt;
  return model::ReviewReply{
      .key = Look(key, at),
      .text = text,
      .at = at,
      .status = known ? model::ReplyStatus::kPublished : model::ReplyStatus::kUnknown};
}

void TakeFollowUp(Review& review, FieldReader& reader, const model::LookKey& key,
                  std::vector<model::ReviewFollowUp>& follow_ups) {
  std::string text(review.Take("add_comment").text());
  const auto at = TakeTime(review, reader, "add_comment_time");
  if (text.empty()) return;
  follow_ups.push_back({.id = "1", .key = Look(key, at), .text = std::move(text), .at = at});
}

}  // namespace

std::optional<model::ReviewFacts> MapReview(const Value& object, std::string_view shop,
                                            Instant asked_at) {
  std::vector<Member> members = MembersOf(object.object());
  std::ranges::sort(members, {}, &Member::name);
  const ContentDigest digest = ContentOf(members);
  Review review(std::move(members));
  model::ReviewFacts facts;
  facts.platform = kPlatform;
  facts.platform_review_id = review.Take("comment_id").text();
  if (facts.platform_review_id.empty()) return std::nullopt;
  review.Take("result");
  model::ReviewContent& content = facts.content;
  content.key = {.updated_at = {}, .asked_at = asked_at, .digest = digest};
  content.platform_shop = shop;
  FieldReader reader(content.issues);
  content.rating = TakeStars(review, reader, "food_comment_score");
  content.food = TakeStars(review, reader, "order_comment_score");
  content.delivery = TakeStars(review, reader, "delivery_comment_score");
  content.packaging = TakeStars(review, reader, "packing_score");
  content.text = review.Take("comment_content").text();
  content.pictures = TextList(review.Take("comment_pictures"));
  content.tags = TextList(review.Take("comment_lables"));
  content.posted_at = TakeTime(review, reader, "comment_time");
  facts.reply = TakeReply(review, reader, content.key);
  TakeFollowUp(review, reader, content.key, facts.follow_ups);
  if (review.has_rest()) {
    JsonWriter json(content.extra);
    json.BeginObject();
    review.WriteRest(json);
    json.EndObject();
  }
  return facts;
}

}  // namespace weir::mapping::meituan
