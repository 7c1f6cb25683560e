// SPDX-License-Identifier: Apache-2.0
#include "model/review_state.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <utility>

#include "base/ids.hpp"
#include "base/json_writer.hpp"
#include "model/erasing.hpp"
#include "model/review_codec.hpp"

namespace weir::model {

namespace {

constexpr std::uint8_t kVersion = 1;
/// The same of an erased review.
constexpr std::uint8_t kErasedVersion = 2;

/// Equal keys nearly always mean equal content; where they do not, any fixed order will do.
template <typename T>
bool IsAbove(const T& a, const T& b) {
  return a.key != b.key ? a.key > b.key : a != b && EncodesAbove(a, b);
}

template <typename T>
void TakeGreater(T& kept, T told) {
  if (IsAbove(told, kept)) kept = std::move(told);
}

void WriteTexts(JsonWriter& json, std::string_view name,
                const std::optional<std::vector<std::string>>& texts) {
  json.Key(name).BeginArray();
  if (texts) {
    for (const std::string& text : *texts) json.String(text);
  }
  json.EndArray();
}

void WriteScore(JsonWriter& json, std::string_view name, std::optional<Score> score) {
  json.Member(name, score ? std::optional<std::uint64_t>(*score) : std::nullopt);
}

void WriteReply(JsonWriter& json, const std::optional<ReviewReply>& reply) {
  json.Key("reply");
  if (!reply) {
    json.Null();
    return;
  }
  json.BeginObject()
      .Member("text", reply->text)
      .Member("at", reply->at)
      .Member("status", reply->status == ReplyStatus::kPublished ? "published" : "unknown")
      .EndObject();
}

}  // namespace

bool Outranks(const ReviewContent& a, const ReviewContent& b) { return IsAbove(a, b); }

// The same look, read by a later map: what the earlier one made of it does not count.
bool Replaces(const ReviewContent& a, const ReviewContent& b) {
  return a.key.digest == b.key.digest && a.key.asked_at == b.key.asked_at &&
         a.key.generation > b.key.generation;
}

Supply Supplied(const ReviewContent& content) {
  Supply supply;
  const auto mark = [&supply](ReviewField field, bool given) {
    supply.Mark(std::to_underlying(field), given);
  };
  mark(ReviewField::kPlatformShop, !content.platform_shop.empty());
  mark(ReviewField::kOrder, !content.platform_order_id.empty());
  mark(ReviewField::kRating, content.rating.has_value());
  mark(ReviewField::kFood, content.food.has_value());
  mark(ReviewField::kDelivery, content.delivery.has_value());
  mark(ReviewField::kPackaging, content.packaging.has_value());
  mark(ReviewField::kText, !content.text.empty());
  mark(ReviewField::kPictures, content.pictures.has_value());
  mark(ReviewField::kTags, content.tags.has_value());
  mark(ReviewField::kPostedAt, content.posted_at.has_value());
  return supply;
}

const ReviewContent& ReviewState::For(ReviewField field) const {
  static const ReviewContent kNothing;
  return contents_.empty() ? kNothing : contents_.For(std::to_underlying(field));
}

void ReviewState::Merge(ReviewFacts facts) {
  if (facts.erased) {
    Erase();
  } else if (erased_) {
    model::Erase(facts);
  }
  contents_.Add(std::move(facts.content));
  if (facts.reply) {
    if (reply_) {
      TakeGreater(*reply_, *std::move(facts.reply));
    } else {
      reply_ = std::move(facts.reply);
    }
  }
  for (ReviewFollowUp& told : facts.follow_ups) {
    const auto at = std::ranges::lower_bound(follow_ups_, told.id, {}, &ReviewFollowUp::id);
    if (at != follow_ups_.end() && at->id == told.id) {
      TakeGreater(*at, std::move(told));
    } else {
      follow_ups_.insert(at, std::move(told));
    }
  }
}

// What is gone was given by none of them any more, so nothing that was pruned comes back.
void ReviewState::Erase() {
  ContributingSet<ReviewContent> erased;
  for (ReviewContent content : contents_.elements()) {
    model::Erase(content);
    erased.Add(std::move(content));
  }
  contents_ = std::move(erased);
  if (reply_) model::Erase(*reply_);
  for (ReviewFollowUp& told : follow_ups_) model::Erase(told);
  erased_ = true;
}

bool ReviewState::Shows(const ContentDigest& content) const {
  return !contents_.empty() && contents_.victor().key.digest == content;
}

std::string_view ReviewState::platform_shop() const {
  return For(ReviewField::kPlatformShop).platform_shop;
}

std::optional<Instant> ReviewState::posted_at() const {
  return For(ReviewField::kPostedAt).posted_at;
}

std::optional<Score> ReviewState::rating() const { return For(ReviewField::kRating).rating; }

void ReviewState::AppendBody(std::string& out, const Identity& identity,
                             std::string_view store) const {
  JsonWriter json(out);
  json.Member("platform", identity.platform)
      .Member("connection", identity.connection)
      .Member("store", store.empty() ? std::nullopt : std::optional(std::string(store)))
      .Member("platform_review_id", identity.platform_review_id)
      .Key("order");
  const std::string& order = For(ReviewField::kOrder).platform_order_id;
  if (order.empty()) {
    json.Null();
  } else {
    json.String(PlatformRecordId(identity.platform, order));
  }
  WriteScore(json, "rating", rating());
  json.Key("dimensions").BeginObject();
  WriteScore(json, "food", For(ReviewField::kFood).food);
  WriteScore(json, "delivery", For(ReviewField::kDelivery).delivery);
  WriteScore(json, "packaging", For(ReviewField::kPackaging).packaging);
  json.EndObject().Member("text", For(ReviewField::kText).text);
  WriteTexts(json, "pictures", For(ReviewField::kPictures).pictures);
  WriteTexts(json, "tags", For(ReviewField::kTags).tags);
  json.Member("posted_at", posted_at());
  WriteReply(json, reply_);
  json.Key("follow_ups").BeginArray();
  for (const ReviewFollowUp& told : follow_ups_) {
    json.BeginObject().Member("text", told.text).Member("at", told.at).EndObject();
  }
  json.EndArray();
}

void ReviewState::AppendTail(std::string& out, std::string_view store) const {
  JsonWriter json(out);
  json.Key("extra");
  if (contents_.empty() || contents_.victor().extra.empty()) {
    json.BeginObject().EndObject();
  } else {
    json.Raw(contents_.victor().extra);
  }
  std::vector<Issue> issues;
  // First, where AppendErased puts it.
  if (erased_) issues.push_back({.code = std::string(kErasedIssue), .detail = {}});
  if (!contents_.empty()) {
    std::ranges::copy(contents_.victor().issues, std::back_inserter(issues));
  }
  if (store.empty() && !platform_shop().empty()) {
    issues.push_back({.code = "unmapped_store", .detail = std::string(platform_shop())});
  }
  WriteIssues(json, issues);
}

void ReviewState::Encode(std::string& out) const {
  BinaryWriter(out).U8(erased_ ? kErasedVersion : kVersion);
  Encoder encode(out);
  encode(contents_, reply_, follow_ups_);
}

Result<ReviewState> ReviewState::Decode(std::string_view bytes) {
  const std::uint8_t version = bytes.empty() ? 0 : static_cast<std::uint8_t>(bytes.front());
  if (version != kVersion && version != kErasedVersion) {
    return Fail(ErrorKind::kMalformed, "A stored review is empty or of an unknown version.");
  }
  ReviewState state;
  state.erased_ = version == kErasedVersion;
  Decoder decoder(bytes.substr(1));
  decoder(state.contents_, state.reply_, state.follow_ups_);
  const bool ascends = std::ranges::adjacent_find(state.follow_ups_, std::ranges::greater_equal{},
                                                  &ReviewFollowUp::id) == state.follow_ups_.end();
  if (!decoder.done() || !ascends) {
    return Fail(ErrorKind::kMalformed, "A stored review is damaged.");
  }
  return state;
}

}  // namespace weir::model
