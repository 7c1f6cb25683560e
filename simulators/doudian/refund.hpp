// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "base/random.hpp"
#include "simulators/yuan.hpp"

/// After-sales (protocol notes B7, tags 200-209).
namespace weir::simulators::doudian {

/// aftersale_type.
enum class RefundType { kReturn = 0, kShippedRefund = 1, kUnshippedRefund = 2 };

/// A step is the tag of its message.
enum class RefundStep {
  kApplied = 200,
  kAgreed = 201,
  kReturnAgreed = 202,
  kReturned = 203,
  kRefused = 204,
  kReturnRefused = 205,
  kPaidOut = 206,
  kClosed = 207,
  kModified = 208,
  kDeadlineChanged = 209,
};

/// What is said of a step.
struct RefundWords {
  RefundStep step;
  std::string_view name;       ///< Ours, for the ledger.
  int status = 0;              ///< after_sale_status after it.
  int refund_status = 0;       ///< 1 pending, 3 done.
  std::string_view canonical;  ///< The canonical refund status after it.
};
/// Of kDeadlineChanged only the name means anything: it changes no status.
[[nodiscard]] const RefundWords& WordsOf(RefundStep step);

struct Refund {
  std::string id;
  RefundType type = RefundType::kUnshippedRefund;
  bool whole = false;    ///< Of the shop order; else of one sku order.
  std::size_t line = 0;  ///< Into Basket::lines; of a whole one the first.
  std::int64_t quantity = 1;
  Fen amount = 0;  ///< With `post`.
  Fen post = 0;
  int reason_code = 0;
  std::string reason;
  std::int64_t applied = 0;  ///< Seconds.
  std::int64_t updated = 0;  ///< Seconds; distinct from step to step.
  std::vector<RefundStep> steps{};
  std::vector<RefundStep> plan{};  ///< Still to come, unless someone decides otherwise.

  /// The last step that changed the status.
  [[nodiscard]] RefundStep last() const;
  [[nodiscard]] const RefundWords& words() const { return WordsOf(last()); }
  /// Waits for the shop's word.
  [[nodiscard]] bool open() const;
  /// No further step can come.
  [[nodiscard]] bool done() const {
    return last() == RefundStep::kPaidOut || last() == RefundStep::kClosed;
  }
  [[nodiscard]] bool paid_out() const { return last() == RefundStep::kPaidOut; }
};

/// A complete course of steps, the first being kApplied, the last kPaidOut or kClosed.
[[nodiscard]] std::span<const RefundStep> DrawCourse(Random& random, RefundType type);

}  // namespace weir::simulators::doudian
