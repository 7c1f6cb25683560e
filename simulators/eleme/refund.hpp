// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.hpp"
#include "simulators/eleme/basket.hpp"

/// The cancel flow (20-26) and the refund flow (30-36), which take the same steps.
namespace weir::simulators::eleme {

/// The type of a flow's first message.
enum class RefundFlow { kCancel = 20, kRefund = 30 };

/// A step's distance from its flow's first type.
enum class RefundStep {
  kApplied = 0,
  kWithdrawn = 1,
  kRefused = 2,
  kAgreed = 3,
  kArbitration = 4,
  kDecidedForUser = 5,
  kDecidedAgainst = 6,
};

/// What is said of a step.
struct RefundWords {
  RefundStep step;
  std::string_view name;       ///< Ours, for the ledger.
  std::string_view status;     ///< refundStatus after it.
  std::string_view canonical;  ///< The canonical refund status after it.
};
[[nodiscard]] const RefundWords& WordsOf(RefundStep step);

struct RefundLine {
  std::size_t line = 0;  ///< Into Basket::lines.
  std::int64_t quantity = 0;
  Fen price = 0;  ///< Of one piece.
};

struct Refund {
  RefundFlow flow = RefundFlow::kRefund;
  bool partial = false;
  bool bare = false;  ///< Its messages say no amount.
  std::string reason;
  Fen amount = 0;
  std::vector<RefundLine> lines;
  std::int64_t opened = 0;          ///< updateTime of the first message.
  std::int64_t updated = 0;         ///< updateTime of the last one.
  std::vector<RefundStep> steps{};  ///< Taken so far.
  std::vector<RefundStep> plan{};   ///< Still to come, unless someone decides otherwise.

  [[nodiscard]] RefundStep last() const { return steps.back(); }
  [[nodiscard]] int type(RefundStep step) const {
    return static_cast<int>(flow) + static_cast<int>(step);
  }
  /// Waits for the shop's word.
  [[nodiscard]] bool open() const { return last() == RefundStep::kApplied; }
  /// Someone's word is still to come.
  [[nodiscard]] bool undecided() const { return open() || last() == RefundStep::kArbitration; }
  [[nodiscard]] bool granted() const {
    return last() == RefundStep::kAgreed || last() == RefundStep::kDecidedForUser;
  }
};

/// A complete course of steps, the first being kApplied.
[[nodiscard]] std::span<const RefundStep> DrawCourse(Random& random);

/// One or two lines of the basket to give back, never more than was paid.
[[nodiscard]] std::vector<RefundLine> DrawRefundLines(Random& random, const Basket& basket);

[[nodiscard]] Fen SumOf(const std::vector<RefundLine>& lines);

}  // namespace weir::simulators::eleme
