// SPDX-License-Identifier: Apache-2.0
// Refunds within an order's life.
#include <utility>

#include "simulators/meituan/life.hpp"
#include "simulators/meituan/refund_json.hpp"
#include "simulators/people.hpp"

namespace weir::simulators::meituan {
namespace {

constexpr int kStagesToDecide = 10;  // After these without a word the refund is agreed.

Fen SumOf(const std::vector<RefundLine>& lines) {
  Fen sum = 0;
  for (const RefundLine& line : lines) {
    sum += line.price * line.count;
  }
  return sum;
}

}  // namespace

bool Life::ApplyRefund(Order& order, const RefundFate& kind, Instant at) {
  if (!order.confirmed_now() && order.status != kCompleted) {
    return false;
  }
  for (const Refund& other : order.refunds) {
    if (other.open() || other.paid_out() || !other.plan.empty()) {
      return false;
    }
  }
  const std::size_t index = order.refunds.size();
  Refund& refund = order.refunds.emplace_back();
  refund.id = std::to_string(++last_refund_);
  refund.partial = kind.partial;
  refund.flow = kind.flow;
  refund.reason = DrawComplaint(random_);
  refund.created = at;
  if (kind.partial) {
    refund.lines = DrawRefundLines(random_, order.basket);
  }
  refund.amount = kind.partial ? SumOf(refund.lines) : order.basket.total();
  const auto course = DrawCourse(random_, kind.flow, kind.partial);
  if (options_.traffic.auto_refund) {
    refund.plan.assign(course.begin() + 1, course.end());
  } else {
    refund.plan = {RefundStep::kAutoAgreed, RefundStep::kPaidOut};
  }
  TakeRefundStep(order, index, RefundStep::kApplied, at);
  const bool waits = !options_.traffic.auto_refund;
  PlanRefund(order, index, at + (waits ? options_.traffic.pace * kStagesToDecide : Stage()));
  return true;
}

void Life::PlanRefund(const Order& order, std::size_t index, Instant at) {
  Plan([this, index](Order& found, Instant due) { MoveRefund(found, index, due); }, order, at);
}

void Life::MoveRefund(Order& order, std::size_t index, Instant at) {
  Refund& refund = order.refunds[index];
  if (refund.plan.empty() || order.status == kCancelled) {
    return;
  }
  const RefundStep step = refund.plan.front();
  refund.plan.erase(refund.plan.begin());
  TakeRefundStep(order, index, step, at);
  if (!refund.plan.empty()) {
    PlanRefund(order, index, at + Stage());
  }
}

void Life::TakeRefundStep(Order& order, std::size_t index, RefundStep step, Instant at) {
  Refund& refund = order.refunds[index];
  refund.steps.push_back(step);
  refund.updated = at;
  const std::string what = "refund " + refund.id + ' ' + std::string(WordsOf(step).name);
  if (step == RefundStep::kPaidOut || step == RefundStep::kPayOutFailed) {
    desk_.Tell(order, topic::kRefundResult, what, RefundResultFields(order, refund), at);
  } else {
    desk_.Tell(order, refund.partial ? topic::kPartialRefund : topic::kRefund, what,
               RefundFields(order, refund), at);
  }
  if (step == RefundStep::kPaidOut && !refund.partial && order.live()) {
    CancelFor(order, kRefundedInFull, at);
  }
}

bool Life::DecideRefund(Order& order, bool agreed, std::string answer, Instant at) {
  for (std::size_t index = 0; index < order.refunds.size(); ++index) {
    Refund& refund = order.refunds[index];
    if (!refund.open() || order.status == kCancelled) {
      continue;
    }
    const bool awaits_goods =
        refund.flow == RefundFlow::kReturnGoods && refund.last() == RefundStep::kApplied;
    refund.plan.clear();
    if (agreed && awaits_goods) {
      refund.plan = {RefundStep::kGoodsSent, RefundStep::kFinallyAgreed, RefundStep::kPaidOut};
    } else if (agreed) {
      refund.plan = {RefundStep::kPaidOut};
    }
    refund.answer = std::move(answer);
    TakeRefundStep(order, index, refund.Decision(agreed), at);
    PlanRefund(order, index, at + Stage());
    return true;
  }
  return false;
}

}  // namespace weir::simulators::meituan
