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

/// After-sales (protocol notes B7, tags 200-227).
namespace weir::simulators::doudian {

/// aftersale_type.
enum class RefundType { kReturn = 0, kShippedRefund = 1, kUnshippedRefund = 2, kExchange = 3 };

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
  kExchangeShipped = 211,
  // Of arbitration and of what 224 to 227 tell, no document says which step is which.
  kArbitration1 = 212,
  kArbitration2 = 213,
  kArbitration3 = 214,
  kArbitration4 = 215,
  kArbitration5 = 216,
  kArbitration6 = 217,
  kArbitration7 = 218,
  kAside1 = 224,
  kAside2 = 225,
  kAside3 = 226,
  kAside4 = 227,
};

/// What is said of a step.
struct RefundWords {
  RefundStep step;
  std::string_view name;       ///< Ours, for the ledger.
  int status = 0;              ///< after_sale_status after it; 0: it stays as it was.
  int refund_status = 0;       ///< 1 pending, 3 done.
  std::string_view canonical;  ///< The canonical refund status after it.
};
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
    return paid_out() || last() == RefundStep::kClosed || last() == RefundStep::kExchangeShipped;
  }
  [[nodiscard]] bool paid_out() const { return last() == RefundStep::kPaidOut; }
};

/// A complete course of steps, the first being kApplied, the last kPaidOut, kClosed or
/// kExchangeShipped.
[[nodiscard]] std::span<const RefundStep> DrawCourse(Random& random, RefundType type);

}  // namespace weir::simulators::doudian
