// SPDX-License-Identifier: Apache-2.0
#include "simulators/meituan/fate.hpp"

#include <array>

#include "simulators/chance.hpp"

namespace weir::simulators::meituan {
namespace {

struct CancelledFrom {
  int status;
  Cancellation why;
};

constexpr std::array kCancellations = {
    CancelledFrom{2, kNotConfirmed}, CancelledFrom{2, kUserBeforeConfirm},
    CancelledFrom{2, kShopBusy},     CancelledFrom{4, kSoldOut},
    CancelledFrom{4, kSupportOther},
};

Handover DrawHandover(Random& random, const Traffic& traffic) {
  const bool pickup = Chance(random, traffic.pickup);
  const bool own = Chance(random, traffic.self_delivery);
  if (pickup) {
    return Handover::kPickup;
  }
  return own ? Handover::kSelfDelivery : Handover::kPlatformDelivery;
}

std::vector<int> DrawRoute(Random& random, double trouble) {
  if (!Chance(random, trouble)) {
    return PlainRoute();
  }
  if (Chance(random, 0.5)) {
    return {0, 5, 10, 15, 20, 40};
  }
  return {0, 10, 100, 0, 10, 15, 20, 40};
}

std::optional<RefundFate> DrawRefund(Random& random, const Traffic& traffic) {
  if (!Chance(random, traffic.refunded)) {
    return std::nullopt;
  }
  RefundFate refund{.partial = Chance(random, 0.6), .after_completion = Chance(random, 0.4)};
  if (Chance(random, traffic.return_goods)) {
    refund.flow = Chance(random, 0.5) ? RefundFlow::kMoneyOnly : RefundFlow::kReturnGoods;
  }
  return refund;
}

}  // namespace

std::vector<int> PlainRoute() { return {0, 10, 15, 20, 40}; }

Fate DrawFate(Random& random, const Traffic& traffic) {
  Fate fate{.handover = DrawHandover(random, traffic)};
  const bool unpaid = Chance(random, traffic.unpaid);
  const bool cancelled = Chance(random, traffic.cancelled);
  if (unpaid) {
    fate.cancelled_from = 1;
    fate.cancellation = Chance(random, 0.5) ? kNotPaid : kLeftAtPayment;
  } else if (cancelled) {
    const CancelledFrom& drawn = Pick(random, kCancellations);
    fate.cancelled_from = drawn.status;
    fate.cancellation = drawn.why;
  } else {
    fate.refund = DrawRefund(random, traffic);
  }
  fate.urged = Chance(random, traffic.urged);
  if (fate.handover == Handover::kPlatformDelivery) {
    fate.route = DrawRoute(random, traffic.rider_trouble);
  }
  fate.shop_rests = Chance(random, traffic.shop_rests);
  return fate;
}

}  // namespace weir::simulators::meituan
