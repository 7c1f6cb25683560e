// SPDX-License-Identifier: Apache-2.0
#include "mapping/douyin/reviews.hpp"

#include <algorithm>
#include <utility>

#include "mapping/content.hpp"
#include "mapping/douyin/event.hpp"
#include "mapping/rest.hpp"

namespace weir::mapping::douyin {
namespace {

constexpr NameTable kCommentNames({"comment_info", "poi_id", "reply_list"});
using Comment = Members<kCommentNames>;
constexpr NameTable kInfoNames({"create_time", "has_merchant_reply", "rate_id", "rate_score",
                                "rate_text"});
using Info = Members<kInfoNames>;
constexpr NameTable kReplyNames({"text"});
using Reply = Members<kReplyNames>;

/// Douyin writes stars as 1 to 5, 10 to 50 or 100 to 500; no page says which. 0 is not rated.
std::optional<model::Score> ScoreOf(FieldReader& reader, const Value& value) {
  constexpr std::int64_t kMostStars = 5;
  const auto told = reader.Integer("rate_score", value);
  if (!told || *told == 0) return std::nullopt;
  std::int64_t points = *told;
  if (points >= 1 && points <= kMostStars) {
    points *= model::kWorstScore;
  } else if (points > model::kBestScore) {
    points = points % 10 == 0 ? points / 10 : 0;
  }
  if (points < model::kWorstScore || points > model::kBestScore ||
      (*told > model::kBestScore && *told < 10 * model::kWorstScore)) {
    reader.Malformed("rate_score");
    return std::nullopt;
  }
  return static_cast<model::Score>(points);
}

/// The first of them; where there are more, all stay in `extra`.
std::optional<model::ReviewReply> TakeReply(Comment& comment, FieldReader& reader,
                                            const model::LookKey& key) {
  const auto list = reader.Array("reply_list", comment.Peek("reply_list"));
  if (!list || list->root().array().size() == 0) {
    comment.Take("reply_list");
    return std::nullopt;
  }
  const simdjson::dom::array replies = list->root().array();
  Reply first(Inside(reader, "reply_list", Value(replies.at(0).value_unsafe())));
  std::string text(first.Take("text").text());
  if (replies.size() == 1 && !first.has_rest()) comment.Take("reply_list");
  if (text.empty()) return std::nullopt;
  return model::ReviewReply{.key = key, .text = std::move(text), .at = {}};
}

std::string RestOf(const Comment& comment, const Info& info) {
  std::string rest;
  if (!comment.has_rest() && !info.has_rest()) return rest;
  JsonWriter json(rest);
  json.BeginObject();
  comment.WriteRest(json);
  if (info.has_rest()) {
    json.Key("comment_info").BeginObject();
    info.WriteRest(json);
    json.EndObject();
  }
  json.EndObject();
  return rest;
}

}  // namespace

std::optional<model::ReviewFacts> MapReview(const Value& object, Instant asked_at) {
  std::vector<Member> members = MembersOf(object.object());
  std::ranges::sort(members, {}, &Member::name);
  const ContentDigest digest = ContentOf(members);
  Comment comment(std::move(members));
  model::ReviewFacts facts;
  facts.platform = kPlatform;
  model::ReviewContent& content = facts.content;
  FieldReader reader(content.issues);
  Info info(Inside(reader, "comment_info", comment.Take("comment_info")));
  facts.platform_review_id = info.Take("rate_id").text();
  if (facts.platform_review_id.empty()) return std::nullopt;
  content.key = {.updated_at = {}, .asked_at = asked_at, .digest = digest};
  content.platform_shop = comment.Take("poi_id").text();
  content.rating = ScoreOf(reader, info.Take("rate_score"));
  content.text = info.Take("rate_text").text();
  content.posted_at = Moment(reader, "create_time", info.Take("create_time"));
  facts.reply = TakeReply(comment, reader, content.key);
  if (info.Peek("has_merchant_reply").text() == (facts.reply ? "true" : "false")) {
    info.Take("has_merchant_reply");
  }
  content.extra = RestOf(comment, info);
  return facts;
}

}  // namespace weir::mapping::douyin
