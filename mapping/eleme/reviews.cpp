// SPDX-License-Identifier: Apache-2.0
#include "mapping/eleme/reviews.hpp"

#include <algorithm>
#include <utility>

#include "mapping/content.hpp"
#include "mapping/local_time.hpp"
#include "mapping/members.hpp"
#include "mapping/review_words.hpp"

namespace weir::mapping::eleme {
namespace {

constexpr NameTable kReviewNames({
    "id",
    "itemRates",
    "orderRateReply",
    "rateContent",
    "rateTag",
    "ratedAt",
    "rating",
    "shopId",
});
using Review = Members<kReviewNames>;
constexpr NameTable kReplyNames({"content", "id", "rateId", "rateType", "replierName"});
using Reply = Members<kReplyNames>;
constexpr NameTable kTagNames({"orderId", "rateId", "tagList", "tags"});
using Tag = Members<kTagNames>;

/// The members of a nested object; none when the value is anything else.
std::vector<Member> Inside(const Value& value) {
  return value.is_object() ? MembersOf(value.object()) : std::vector<Member>();
}

std::vector<std::string> PicturesOf(const Value& item_rates) {
  std::vector<std::string> pictures;
  if (!item_rates.is_array()) return pictures;
  for (const simdjson::dom::element rate : item_rates.array()) {
    simdjson::dom::element list;
    if (rate["pictures"].get(list) != simdjson::SUCCESS) continue;
    for (std::string& one : TextList(Value(list)).value_or(std::vector<std::string>())) {
      if (std::ranges::find(pictures, one) == pictures.end()) pictures.push_back(std::move(one));
    }
  }
  return pictures;
}

std::optional<model::ReviewReply> TakeReply(Reply& reply, const model::LookKey& key) {
  std::string text(reply.Take("content").text());
  reply.Take("rateId");
  if (text.empty()) return std::nullopt;
  return model::ReviewReply{.key = key, .text = std::move(text), .at = {}};
}

/// The whole list where it is one of texts, else the text of it.
std::optional<std::vector<std::string>> TagsOf(Tag& tag) {
  auto list = TextList(tag.Peek("tagList"));
  if (!list || list->empty()) return TextList(tag.Take("tags"));
  tag.Take("tagList");
  tag.Take("tags");
  return list;
}

std::string RestOf(const Review& review, const Reply& reply, const Tag& tag) {
  std::string rest;
  if (!review.has_rest() && !reply.has_rest() && !tag.has_rest()) return rest;
  JsonWriter json(rest);
  json.BeginObject();
  review.WriteRest(json);
  if (reply.has_rest()) {
    json.Key("orderRateReply").BeginObject();
    reply.WriteRest(json);
    json.EndObject();
  }
  if (tag.has_rest()) {
    json.Key("rateTag").BeginObject();
    tag.WriteRest(json);
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
  Review review(std::move(members));
  model::ReviewFacts facts;
  facts.platform = "eleme";
  facts.platform_review_id = review.Take("id").text();
  if (facts.platform_review_id.empty()) return std::nullopt;
  model::ReviewContent& content = facts.content;
  content.key = {.updated_at = {}, .asked_at = asked_at, .digest = digest};
  content.platform_shop = review.Take("shopId").text();
  FieldReader reader(content.issues);
  content.rating = Stars(reader, "rating", review.Take("rating"));
  content.text = review.Take("rateContent").text();
  content.posted_at = DayOrTime(reader, "ratedAt", review.Take("ratedAt"), Zone::China());
  if (auto pictures = PicturesOf(review.Peek("itemRates")); !pictures.empty()) {
    content.pictures = std::move(pictures);
  }
  Tag tag(Inside(review.Take("rateTag")));
  content.platform_order_id = tag.Take("orderId").text();
  tag.Take("rateId");
  content.tags = TagsOf(tag);
  Reply reply(Inside(review.Take("orderRateReply")));
  facts.reply = TakeReply(reply, content.key);
  content.extra = RestOf(review, reply, tag);
  return facts;
}

}  // namespace weir::mapping::eleme
