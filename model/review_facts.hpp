// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/digest.hpp"
#include "base/instant.hpp"
#include "model/order_facts.hpp"

/// What one payload says of one review, in the platform's words. Mapping makes these; the fold
/// merges them into model/review_state.hpp.
namespace weir::model {

/// Which of two looks at the same thing decides (the greater one): the platform's own time of what
/// it saw, else when it was asked for.
struct LookKey {
  Instant updated_at{};  ///< The platform's time; zero where it sends none.
  Instant asked_at{};    ///< Reads: when the request was sent; pushes: when it was sent.
  ContentDigest digest;  ///< Of the content without transport fields.
  /// The fold version whose map read the payload, as in SnapshotKey.
  std::uint32_t generation = 0;
  friend auto operator<=>(const LookKey&, const LookKey&) = default;
};

/// Points of one scale, whatever the platform's: 10 (worst) to 50 (best).
using Score = std::uint8_t;
inline constexpr Score kWorstScore = 10;
inline constexpr Score kBestScore = 50;

/// What the customer wrote. Lists are absent (not empty) where the payload lacks them.
struct ReviewContent {
  LookKey key;
  std::string platform_shop;      ///< As in a connection's `stores`.
  std::string platform_order_id;  ///< Empty where the platform does not say.
  std::optional<Score> rating;    ///< Overall.
  std::optional<Score> food;
  std::optional<Score> delivery;
  std::optional<Score> packaging;
  std::string text;
  std::optional<std::vector<std::string>> pictures;  ///< URLs.
  std::optional<std::vector<std::string>> tags;
  std::optional<Instant> posted_at;
  std::string extra;          ///< Members that no field above took, a JSON object; may be empty.
  std::vector<Issue> issues;  ///< Found while mapping.
  friend bool operator==(const ReviewContent&, const ReviewContent&) = default;
};

enum class ReplyStatus : std::uint8_t { kUnknown = 0, kPublished = 1 };

/// What the merchant answered. A payload that says of no reply makes no fact: a reply once seen is
/// not taken back by a look that misses it.
struct ReviewReply {
  LookKey key;
  std::string text;
  std::optional<Instant> at;
  ReplyStatus status = ReplyStatus::kPublished;
  friend bool operator==(const ReviewReply&, const ReviewReply&) = default;
};

/// What the customer added later.
struct ReviewFollowUp {
  std::string id;  ///< Within the review; "1" where the platform has one at most.
  LookKey key;
  std::string text;
  std::optional<Instant> at;
  friend bool operator==(const ReviewFollowUp&, const ReviewFollowUp&) = default;
};

/// All that one payload says of one review.
struct ReviewFacts {
  std::string platform;
  std::string platform_review_id;
  ReviewContent content;
  std::optional<ReviewReply> reply;
  std::vector<ReviewFollowUp> follow_ups;
  bool erased = false;  ///< Whoever wrote it is forgotten, and so is what was written.
  /// Of an erased entry, as in OrderFacts.
  std::optional<Effect> effect;
};

}  // namespace weir::model
