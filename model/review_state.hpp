// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "model/contributing_set.hpp"
#include "model/review_facts.hpp"

namespace weir::model {

/// Fields of a review that a lesser look may supply.
enum class ReviewField : unsigned {
  kPlatformShop,
  kOrder,
  kRating,
  kFood,
  kDelivery,
  kPackaging,
  kText,
  kPictures,
  kTags,
  kPostedAt,
};

// What ContributingSet asks of what it holds.
[[nodiscard]] bool Outranks(const ReviewContent& a, const ReviewContent& b);
[[nodiscard]] bool Replaces(const ReviewContent& a, const ReviewContent& b);
[[nodiscard]] Supply Supplied(const ReviewContent& content);

/// Everything known of one review: the join of all facts ever merged into it, as OrderState is.
///
/// Content, reply and each follow-up decide for themselves: the latest platform time wins, then the
/// latest look. A poorer look never erases what a richer one told.
class ReviewState {
 public:
  void Merge(ReviewFacts facts);

  /// Forgets who wrote it and what, for good: what is merged from now on is erased first. The same
  /// state as if all facts had been erased before they were merged; idempotent.
  void Erase();
  [[nodiscard]] bool erased() const { return erased_; }

  /// Whether `content` is what the record shows already: telling it again changes nothing that a
  /// reader sees.
  [[nodiscard]] bool Shows(const ContentDigest& content) const;
  [[nodiscard]] std::string_view platform_shop() const;
  [[nodiscard]] std::optional<Instant> posted_at() const;
  [[nodiscard]] std::optional<Score> rating() const;
  [[nodiscard]] bool replied() const { return reply_.has_value(); }

  struct Identity {
    std::string platform;
    std::string connection;
    std::string platform_review_id;
  };
  /// Appends the canonical record's members before the stamps, without braces; `store` is the
  /// linked one, empty when there is none.
  void AppendBody(std::string& out, const Identity& identity, std::string_view store) const;
  /// Appends "extra" and "issues", the members behind the stamps, likewise.
  void AppendTail(std::string& out, std::string_view store) const;

  /// The state as bytes, for storage, and back. Decode never trusts its input.
  void Encode(std::string& out) const;
  [[nodiscard]] static Result<ReviewState> Decode(std::string_view bytes);

  friend bool operator==(const ReviewState&, const ReviewState&) = default;

 private:
  /// The content whose value of `field` holds.
  [[nodiscard]] const ReviewContent& For(ReviewField field) const;

  ContributingSet<ReviewContent> contents_;
  std::optional<ReviewReply> reply_;
  std::vector<ReviewFollowUp> follow_ups_;  ///< Sorted by id.
  bool erased_ = false;
};

}  // namespace weir::model
