// SPDX-License-Identifier: Apache-2.0
#include "simulators/douyin/fate.hpp"

#include <array>

#include "simulators/chance.hpp"

namespace weir::simulators::douyin {
namespace {

constexpr std::array kEndings = {Ending::kRejected, Ending::kWithdrawn, Ending::kNotAccepted,
                                 Ending::kGivenUp};

CouponFate DrawCouponFate(Random& random, const Traffic& traffic) {
  const std::size_t several = 2 + random.Below(2);
  CouponFate fate{.count = Chance(random, 0.6) ? 1 : several};
  const bool refunded = Chance(random, traffic.refunded);
  const bool used = Chance(random, 0.8);
  const std::size_t back = 1 + random.Below(fate.count);
  fate.cancelled = Chance(random, traffic.cancelled);
  fate.refunded = refunded ? back : 0;
  fate.verified = used ? fate.count - fate.refunded : 0;
  return fate;
}

std::vector<int> DrawTrouble(Random& random) {
  switch (random.Below(3)) {
    case 0:  // A rider gives up, another one is found.
      return {102, 300, 102, 103, 104, 200};
    case 1:
      return {102, 103, 300, 102, 103, 104, 200};
    default:  // Nobody else is found.
      return {102, 103, 300};
  }
}

}  // namespace

std::vector<int> PlainRoute() { return {102, 103, 104, 200}; }

Fate DrawFate(Random& random, const Traffic& traffic) {
  Fate fate{.self_delivery = Chance(random, traffic.self_delivery)};
  const bool unpaid = Chance(random, traffic.unpaid);
  const bool cancelled = Chance(random, traffic.cancelled);
  const bool refunded = Chance(random, traffic.refunded);
  const RefundFate refund{.partial = Chance(random, 0.5),
                          .after_finish = Chance(random, 0.5),
                          .granted = Chance(random, 0.7)};
  const Ending ending = Pick(random, kEndings);
  if (unpaid) {
    fate.ending = Ending::kUnpaid;
  } else if (cancelled) {
    fate.ending = ending;
  } else if (refunded) {
    fate.refund = refund;
  }
  fate.urged = Chance(random, traffic.urged);
  fate.edited = Chance(random, traffic.edited);
  const bool trouble = Chance(random, traffic.rider_trouble);
  const std::vector<int> troubled = DrawTrouble(random);
  fate.route = fate.self_delivery ? std::vector<int>{} : trouble ? troubled : PlainRoute();
  fate.shop_rests = Chance(random, traffic.shop_rests);
  const CouponFate coupons = DrawCouponFate(random, traffic);
  if (Chance(random, traffic.coupons)) {
    fate.coupons = coupons;
  }
  return fate;
}

}  // namespace weir::simulators::douyin
