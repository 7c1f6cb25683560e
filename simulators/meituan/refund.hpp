// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "base/random.hpp"
#include "simulators/meituan/basket.hpp"

/// Refunds: their steps in both dialects of the protocol (1.5).
namespace weir::simulators::meituan {

enum class RefundFlow {
  kPlain,        ///< notify_type and res_type.
  kMoneyOnly,    ///< The return-goods shops' `status`, service_type 1.
  kReturnGoods,  ///< The same with goods sent back, service_type 2.
};

enum class RefundStep {
  kApplied,
  kShopAgreed,
  kShopDeclined,
  kAutoAgreed,
  kAppealed,
  kSupportAgreed,
  kSupportDeclined,
  kWithdrawn,
  kAppealWithdrawn,
  kGoodsSent,
  kFinallyAgreed,
  kFinallyDeclined,
  kFinallyAppealed,
  kFinalAppealAgreed,
  kFinalAppealDeclined,
  kPaidOut,
  kPayOutFailed,
};

/// What the pushes say of a step.
struct RefundWords {
  RefundStep step;
  std::string_view name;         ///< Ours, for the ledger.
  std::string_view notify_type;  ///< Plain flow; "apply" is "part" in a partial refund.
  int res_type;                  ///< Plain flow.
  int status;                    ///< The other flows; 0: the step does not exist there.
  std::string_view canonical;    ///< The canonical refund status after it.
};
[[nodiscard]] const RefundWords& WordsOf(RefundStep step);

struct RefundLine {
  std::size_t line = 0;  ///< Into Basket::lines.
  std::int64_t count = 0;
  Fen price = 0;  ///< Of one piece.
};

struct Refund {
  std::string id;
  bool partial = false;
  RefundFlow flow = RefundFlow::kPlain;
  std::string reason;
  std::string answer;  ///< What the shop said when it decided.
  Fen amount = 0;
  std::vector<RefundLine> lines;
  Instant created{};
  Instant updated{};
  std::vector<RefundStep> steps;  ///< Taken so far.
  std::vector<RefundStep> plan;   ///< Still to come, unless someone decides otherwise.

  [[nodiscard]] RefundStep last() const { return steps.back(); }
  [[nodiscard]] bool appealed() const;  ///< Some step was an appeal.
  [[nodiscard]] bool paid_out() const { return last() == RefundStep::kPaidOut; }
  /// Waits for the shop's word.
  [[nodiscard]] bool open() const;
  /// The step that an agreeing or declining shop takes now.
  [[nodiscard]] RefundStep Decision(bool agreed) const;
  /// refund_status of the result push: 3, 4, 13, 14.
  [[nodiscard]] int result_code() const;
};

/// A complete course of steps, the first being kApplied.
[[nodiscard]] std::span<const RefundStep> DrawCourse(Random& random, RefundFlow flow, bool partial);

/// One or two lines of the basket to give back, never more than was paid.
[[nodiscard]] std::vector<RefundLine> DrawRefundLines(Random& random, const Basket& basket);

}  // namespace weir::simulators::meituan
