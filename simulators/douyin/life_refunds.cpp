// SPDX-License-Identifier: Apache-2.0
// Refunds within a takeaway's life.
#include <algorithm>
#include <array>
#include <utility>

#include "simulators/chance.hpp"
#include "simulators/douyin/life.hpp"
#include "simulators/douyin/messages.hpp"

namespace weir::simulators::douyin {
namespace {

constexpr std::array<std::pair<int, std::string_view>, 3> kReasons = {
    {{410, "我不想要了"}, {411, "商品洒漏"}, {412, "少送/错送"}}};

}  // namespace

Refund& Life::OpenRefund(Order& order, bool partial) {
  const auto& [reason, words] = Pick(random_, kReasons);
  const Fen paid = order.basket.pay();
  const Fen some = Between(random_, 1, paid - 1);
  Refund& refund = order.refunds.emplace_back(Refund{
      .id = std::to_string(last_refund_ += 1 + random_.Below(1000)),
      .out_id = {},
      .partial = partial,
      .bare = Chance(random_, options_.quirks.bare_refunds),
      .amount = partial ? some : paid,
      .reason = reason,
      .words = std::string(words),
      .refunded_at = std::nullopt});
  return refund;
}

bool Life::ApplyRefund(Order& order, const RefundFate& kind, Instant at) {
  const bool may = kind.after_finish ? order.status == Status::kFinished
                                     : order.status == Status::kAccepted;
  const auto stands = [](const Refund& other) { return other.pending() || other.paid_out(); };
  if (!may || std::ranges::any_of(order.refunds, stands)) {
    return false;
  }
  Refund& refund = OpenRefund(order, kind.partial);
  refund.granted = kind.granted;
  refund.steps.push_back(RefundStep::kApplied);
  Touch(order, at);
  desk_.AskRefund(order, refund.id, ApplyContent(order, refund), at);
  const bool decided = options_.traffic.auto_refund;
  Plan(decided ? Step::kDecideRefund : Step::kAgreeLate, order,
       at + (decided ? Stage() : options_.traffic.agreed_after), refund.id);
  return true;
}

void Life::TakeRefundStep(Order& order, const Planned& planned, Instant at) {
  const auto refund = std::ranges::find(order.refunds, planned.refund, &Refund::id);
  if (refund == order.refunds.end()) {
    return;
  }
  if (planned.step == Step::kPayOut) {
    PayOut(order, *refund, at);
  } else {
    DecideRefund(order, refund->id, planned.step == Step::kAgreeLate || refund->granted, at);
  }
}

bool Life::DecideRefund(Order& order, std::string_view id, bool granted, Instant at) {
  const auto refund = std::ranges::find(order.refunds, id, &Refund::id);
  if (refund == order.refunds.end() || !refund->open()) {
    return false;
  }
  refund->steps.push_back(granted ? RefundStep::kApproved : RefundStep::kDeclined);
  Touch(order, at);
  desk_.Tell(order.id, order.events, kRefundAudit,
             "refund " + refund->id + (granted ? " approved" : " declined"),
             AuditContent(order, *refund, granted), at);
  if (granted) {
    Plan(Step::kPayOut, order, at + Stage(), refund->id);
  }
  return true;
}

void Life::PayOut(Order& order, Refund& refund, Instant at) {
  refund.steps.push_back(RefundStep::kRefunded);
  Touch(order, at);
  refund.refunded_at = order.updated;
  desk_.Tell(order.id, order.events, refund.partial ? kPartRefundComplete : kRefundComplete,
             "refund " + refund.id + " refunded",
             RefundContent(order.id, order.shop, refund, order.style), at);
  if (refund.partial || order.status == Status::kFinished) {
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
  PayOut(order, refund, at);
}

bool Life::GiveUp(Order& order, const std::string& out_id, Instant at) {
  if (std::ranges::find(order.refunds, out_id, &Refund::out_id) != order.refunds.end()) {
    return true;
  }
  if (!order.live() || order.pending_refund() != nullptr) {
    return false;
  }
  RefundWhole(order, out_id, at);
  return true;
}

void Life::TakeVerdict(const SpiVerdict& verdict, Instant at) {
  constexpr int kAgreed = 0;
  constexpr int kRefused = 1;
  Order* order = book_.orders.Find(verdict.order);
  if (order != nullptr && (verdict.result == kAgreed || verdict.result == kRefused)) {
    DecideRefund(*order, verdict.refund, verdict.result == kAgreed, at);
  }
}

}  // namespace weir::simulators::douyin
