// SPDX-License-Identifier: Apache-2.0
// Refunds within a takeaway's life.
#include <algorithm>
#include <array>
#include <utility>

#include "simulators/chance.hpp"
#include "simulators/douyin/life.hpp"
#include "simulators/douyin/messages.hpp"
#include "simulators/people.hpp"

namespace weir::simulators::douyin {
namespace {

constexpr std::array kReasons = {410, 411, 412};

}  // namespace

Refund& Life::OpenRefund(Order& order, bool partial) {
  const Fen paid = order.basket.pay();
  const Fen some = Between(random_, 1, paid - 1);
  return order.refunds.emplace_back(Refund{.id = NextId(random_, last_other_),
                                           .out_id = {},
                                           .partial = partial,
                                           .bare = Chance(random_, options_.quirks.bare_refunds),
                                           .amount = partial ? some : paid,
                                           .reason = Pick(random_, kReasons),
                                           .words = DrawComplaint(random_),
                                           .refunded_at = std::nullopt});
}

bool Life::ApplyRefund(Order& order, const RefundFate& kind, Instant at) {
  const Status from = kind.after_finish ? Status::kFinished : Status::kAccepted;
  const auto stands = [](const Refund& other) { return other.pending() || other.paid_out(); };
  if (order.status != from || std::ranges::any_of(order.refunds, stands)) {
    return false;
  }
  Refund& refund = OpenRefund(order, kind.partial);
  refund.steps.push_back(RefundStep::kApplied);
  order.Touch(at);
  desk_.AskRefund(order, refund.id, ApplyContent(order, refund), at);
  const bool decided = options_.traffic.auto_refund;
  const bool granted = kind.granted || !decided;
  Plan([this, granted, id = refund.id](Order& found,
                                       Instant due) { DecideRefund(found, id, granted, due); },
       order, at + (decided ? Stage() : options_.traffic.agreed_after));
  return true;
}

bool Life::DecideRefund(Order& order, std::string_view id, bool granted, Instant at) {
  const auto refund = std::ranges::find(order.refunds, id, &Refund::id);
  if (refund == order.refunds.end() || !refund->open()) {
    return false;
  }
  refund->steps.push_back(granted ? RefundStep::kApproved : RefundStep::kDeclined);
  order.Touch(at);
  desk_.Tell(order, kRefundAudit, "refund " + refund->id + (granted ? " approved" : " declined"),
             AuditContent(order, *refund, granted), at);
  if (granted) {
    Plan([this, refund = refund->id](Order& found, Instant due) { PayOut(found, refund, due); },
         order, at + Stage());
  }
  return true;
}

void Life::PayOut(Order& order, std::string_view id, Instant at) {
  const auto refund = std::ranges::find(order.refunds, id, &Refund::id);
  refund->steps.push_back(RefundStep::kRefunded);
  order.Touch(at);
  refund->refunded_at = order.updated;
  desk_.Tell(order, refund->partial ? kPartRefundComplete : kRefundComplete,
             "refund " + refund->id + " refunded", RefundContent(order, *refund), at);
  if (refund->partial || order.status == Status::kFinished) {
    return;
  }
  order.status = Status::kCancelled;
  if (order.delivery.under_way()) {
    constexpr int kWaybillCancelled = 300;
    TellDelivery(order, kWaybillCancelled, at);
  }
}

void Life::RefundWhole(Order& order, std::string out_id, Instant at) {
  Refund& refund = OpenRefund(order, false);
  refund.out_id = std::move(out_id);
  PayOut(order, refund.id, at);
}

bool Life::GiveUp(Order& order, const std::string& out_id, Instant at) {
  if (std::ranges::find(order.refunds, out_id, &Refund::out_id) != order.refunds.end()) {
    return true;
  }
  if (order.coupons || !order.live() || order.pending_refund() != nullptr) {
    return false;
  }
  RefundWhole(order, out_id, at);
  return true;
}

}  // namespace weir::simulators::douyin
