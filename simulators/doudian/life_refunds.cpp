// SPDX-License-Identifier: Apache-2.0
// After-sales within an order's life.
#include <algorithm>
#include <utility>

#include "simulators/chance.hpp"
#include "simulators/doudian/life.hpp"
#include "simulators/people.hpp"

namespace weir::simulators::doudian {
namespace {

constexpr std::uint64_t kRefundIds = 7'100'000'000'000'000'000;

}  // namespace

Refund Life::DrawRefund(const Order& order, const RefundFate& kind) {
  const Basket& basket = order.basket;
  last_refund_ += 1 + random_.Below(100'000);
  Refund refund{.id = std::to_string(kRefundIds + last_refund_),
                .type = kind.type,
                .whole = kind.whole,
                .reason_code = static_cast<int>(Between(random_, 1, 90)),
                .reason = DrawComplaint(random_)};
  refund.line = kind.whole ? 0 : random_.Below(basket.lines.size());
  if (basket.lines[refund.line].gift) {
    refund.line = 0;
  }
  refund.quantity = Between(random_, 1, basket.lines[refund.line].quantity);
  if (kind.whole) {
    refund.post = basket.delivery - basket.delivery_promotion();
    refund.amount = basket.total();
  } else {
    refund.amount =
        basket.paid_for(refund.line) * refund.quantity / basket.lines[refund.line].quantity;
  }
  if (kind.type == RefundType::kExchange) {
    refund.amount = refund.post = 0;
  }
  return refund;
}

bool Life::ApplyRefund(Order& order, const RefundFate& kind, Instant at) {
  const bool before = kind.type == RefundType::kUnshippedRefund;
  if (order.status != (before ? status::kToShip : status::kFinished)) {
    return false;
  }
  const auto stands = [](const Refund& other) { return !other.done() || other.paid_out(); };
  if (std::ranges::any_of(order.refunds, stands)) {
    return false;
  }
  order.refunds.push_back(DrawRefund(order, kind));
  Refund& refund = order.refunds.back();
  const auto course = DrawCourse(random_, kind.type);
  if (options_.traffic.auto_refund) {
    refund.plan.assign(course.begin() + 1, course.end());
  } else {
    refund.plan = {kind.type == RefundType::kExchange ? RefundStep::kClosed : RefundStep::kPaidOut};
  }
  const std::size_t index = order.refunds.size() - 1;
  TakeRefundStep(order, index, RefundStep::kApplied, at);
  constexpr int kStagesToDecide = 10;
  PlanRefund(order, index, at + Stage(options_.traffic.auto_refund ? 1 : kStagesToDecide));
  return true;
}

void Life::PlanRefund(const Order& order, std::size_t index, Instant at) {
  Plan([this, index](Order& found, Instant due) { MoveRefund(found, index, due); }, order, at);
}

void Life::MoveRefund(Order& order, std::size_t index, Instant at) {
  Refund& refund = order.refunds[index];
  if (refund.plan.empty()) {
    return;
  }
  const RefundStep step = refund.plan.front();
  refund.plan.erase(refund.plan.begin());
  TakeRefundStep(order, index, step, at);
  if (!order.refunds[index].plan.empty()) {
    PlanRefund(order, index, at + Stage());
  }
}

void Life::TakeRefundStep(Order& order, std::size_t index, RefundStep step, Instant at) {
  Refund& refund = order.refunds[index];
  refund.steps.push_back(step);
  refund.updated = std::max(UnixSeconds(at), refund.updated + 1);
  if (step == RefundStep::kApplied) {
    refund.applied = refund.updated;
  }
  order.Touch(at);
  desk_.TellRefund(order, refund, step, at);
  // Nothing is left of an order whose money is back before it was shipped.
  const bool ends = refund.paid_out() && refund.whole && order.status == status::kToShip;
  if (ends) {
    order.status = status::kCancelled;
    order.finished = at;
    order.ending = Ending::kByUserLater;
    order.cancel_reason = "退款成功";
    Tell(order, tag::kCancelled, at);
  }
}

bool Life::DecideRefund(Order& order, std::size_t index, bool agreed, Instant at) {
  Refund& refund = order.refunds[index];
  if (!refund.open()) {
    return false;
  }
  const bool exchange = refund.type == RefundType::kExchange;
  const bool goods_are_back = refund.last() == RefundStep::kReturned;
  const bool goods_come_back = (refund.type == RefundType::kReturn || exchange) && !goods_are_back;
  const RefundStep end = exchange ? RefundStep::kExchangeShipped : RefundStep::kPaidOut;
  const RefundStep yes = goods_are_back    ? end
                         : goods_come_back ? RefundStep::kReturnAgreed
                                           : RefundStep::kAgreed;
  const RefundStep no = goods_are_back ? RefundStep::kReturnRefused : RefundStep::kRefused;
  refund.plan.clear();
  if (!agreed) {
    refund.plan = {RefundStep::kClosed};
  } else if (goods_come_back) {
    refund.plan = {RefundStep::kReturned, end};
  } else if (!goods_are_back) {
    refund.plan = {RefundStep::kPaidOut};
  }
  TakeRefundStep(order, index, agreed ? yes : no, at);
  if (!order.refunds[index].plan.empty()) {
    PlanRefund(order, index, at + Stage());
  }
  return true;
}

}  // namespace weir::simulators::doudian
