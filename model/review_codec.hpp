// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/look_codec.hpp"
#include "model/order_codec.hpp"
#include "model/review_facts.hpp"

/// What stands in a review's bytes; private to this module.
namespace weir::model {

constexpr Bounds<ReplyStatus> BoundsOf(ReplyStatus) {
  return {ReplyStatus::kUnknown, ReplyStatus::kPublished};
}

void Describe(auto& archive, Same<ReviewContent> auto& c) {
  archive(c.key, c.platform_shop, c.platform_order_id, c.rating, c.food, c.delivery, c.packaging,
          c.text, c.pictures, c.tags, c.posted_at, c.extra, c.issues);
}

void Describe(auto& archive, Same<ReviewReply> auto& r) { archive(r.key, r.text, r.at, r.status); }

void Describe(auto& archive, Same<ReviewFollowUp> auto& f) { archive(f.id, f.key, f.text, f.at); }

void Describe(auto& archive, Same<ReviewFacts> auto& f) {
  archive(f.platform, f.platform_review_id, f.content, f.reply, f.follow_ups, f.erased, f.effect);
}

}  // namespace weir::model
