// SPDX-License-Identifier: Apache-2.0
// The cancel flow and the refund flow within an order's life.
#include <algorithm>
#include <utility>

#include "simulators/chance.hpp"
#include "simulators/eleme/life.hpp"
#include "simulators/eleme/snapshot.hpp"
#include "simulators/people.hpp"

namespace weir::simulators::eleme {
namespace {

constexpr double kIgnored = 0.15;  // Of the wishes to cancel: nobody says a word.

}  // namespace

bool Life::ApplyRefund(Order& order, const RefundFate& kind, Instant at) {
  const bool cancels = kind.flow == RefundFlow::kCancel;
  if (order.status != (cancels ? Status::kValid : Status::kSettled)) {
    return false;
  }
  const auto stands = [](const Refund& other) {
    return other.undecided() || other.granted() || !other.plan.empty();
  };
  if (std::ranges::any_of(order.refunds, stands)) {
    return false;
  }
  Refund& refund = order.refunds.emplace_back();
  refund.flow = kind.flow;
  refund.partial = kind.partial && !cancels;
  refund.bare = cancels && Chance(random_, options_.quirks.bare_cancel);
  refund.reason = DrawComplaint(random_);
  if (refund.partial) {
    refund.lines = DrawRefundLines(random_, order.basket);
  }
  refund.amount = refund.partial ? SumOf(refund.lines) : order.basket.total();
  BeginRefund(order, order.refunds.size() - 1, at);
  return true;
}

void Life::BeginRefund(Order& order, std::size_t index, Instant at) {
  Refund& refund = order.refunds[index];
  const bool cancels = refund.flow == RefundFlow::kCancel;
  const auto course = DrawCourse(random_);
  const bool ignored = Chance(random_, kIgnored) && cancels;
  const bool decided = options_.traffic.auto_refund && !ignored;
  if (decided) {
    refund.plan.assign(course.begin() + 1, course.end());
  } else if (!cancels) {
    refund.plan = {RefundStep::kAgreed};
  }
  TakeRefundStep(order, index, RefundStep::kApplied, at);
  PlanRefund(order, index, at + (decided ? Stage() : options_.traffic.agreed_after));
}

void Life::PlanRefund(const Order& order, std::size_t index, Instant at) {
  Plan([this, index](Order& found, Instant due) { MoveRefund(found, index, due); }, order, at);
}

void Life::MoveRefund(Order& order, std::size_t index, Instant at) {
  Refund& refund = order.refunds[index];
  if (order.status == Status::kInvalid) {
    return;
  }
  if (refund.plan.empty()) {
    // Nobody answered the wish: it is agreed, and only the order's end tells of it.
    if (refund.open()) {
      End(order, kCancelAgreed, at);
    }
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
  // One second for each message of an order, so that no two steps share their updateTime.
  order.last_update = std::max(UnixSeconds(at), order.last_update + 1);
  refund.updated = order.last_update;
  if (step == RefundStep::kApplied) {
    refund.opened = refund.updated;
  }
  desk_.Tell(order, refund.type(step), "refund " + std::string(WordsOf(step).name),
             RefundBody(order, refund), at);
  if (refund.flow == RefundFlow::kCancel && refund.granted()) {
    End(order, kCancelAgreed, at);
  }
}

bool Life::DecideRefund(Order& order, bool agreed, Instant at) {
  Refund* refund = order.open_refund();
  if (refund == nullptr || order.status == Status::kInvalid) {
    return false;
  }
  refund->plan.clear();
  TakeRefundStep(order, order.refunds.size() - 1,
                 agreed ? RefundStep::kAgreed : RefundStep::kRefused, at);
  return true;
}

}  // namespace weir::simulators::eleme
