// SPDX-License-Identifier: Apache-2.0
#include "simulators/douyin/refund.hpp"

namespace weir::simulators::douyin {
namespace {

/// The canonical word after a step.
std::string_view WordOf(RefundStep step) {
  switch (step) {
    case RefundStep::kApplied:
      return "applied";
    case RefundStep::kApproved:
      return "approved";
    case RefundStep::kDeclined:
      return "declined";
    case RefundStep::kRefunded:
      return "refunded";
  }
  return "";
}

}  // namespace

Fen SumRefunded(const std::vector<Refund>& refunds) {
  Fen sum = 0;
  for (const Refund& refund : refunds) sum += refund.paid_out() && !refund.bare ? refund.amount : 0;
  return sum;
}

void TellRefunds(const std::vector<Refund>& refunds, OrderTruth& truth) {
  for (const Refund& refund : refunds) {
    auto& told = truth.refunds.emplace_back(RefundTruth{.id = refund.id,
                                                        .partial = refund.partial,
                                                        .amount = refund.amount,
                                                        .steps = {},
                                                        .status = WordOf(refund.last())});
    for (const RefundStep step : refund.steps) told.steps.push_back(WordOf(step));
  }
  truth.refunded = SumRefunded(refunds);
}

}  // namespace weir::simulators::douyin
