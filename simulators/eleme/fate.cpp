// SPDX-License-Identifier: Apache-2.0
#include "simulators/eleme/fate.hpp"

#include <array>

#include "simulators/chance.hpp"

namespace weir::simulators::eleme {
namespace {

constexpr std::array kEndings = {kUserBeforeAcceptance, kNotAccepted, kRejected,
                                 kInvalidBySupport,     kUserAtOnce,  kForcedByMerchant};

/// Exceptions on the way, each before or after the meal was picked up.
constexpr std::array kAtShop = {60, 61, 62, 67, 68, 69};
constexpr std::array kOnTheRoad = {63, 64, 65, 66, 69, 70};
constexpr std::array kRefusals = {73, 74, 75, 76};

std::vector<int> DrawTrouble(Random& random) {
  switch (random.Below(5)) {
    case 0:
      return {51, 52, 53, Pick(random, kAtShop), 54, 55, 56};
    case 1:
      return {51, 52, 53, 54, 55, Pick(random, kOnTheRoad), 56};
    case 2:  // A rider gives up, another one is found.
      return {51, 52, 53, 59, 52, 53, 54, 55, 56};
    case 3:  // The logistics refuse; the shop delivers by itself.
      return {51, Pick(random, kRefusals), 71};
    default:
      return {51, 52, 59, 72};
  }
}

}  // namespace

std::vector<int> PlainRoute() { return {51, 52, 53, 54, 55, 56}; }

Fate DrawFate(Random& random, const Traffic& traffic) {
  Fate fate{.self_delivery = Chance(random, traffic.self_delivery),
            .ending = std::nullopt,
            .refund = std::nullopt,
            .route = {}};
  const bool unpaid = Chance(random, traffic.unpaid);
  const bool cancelled = Chance(random, traffic.cancelled);
  const bool refunded = Chance(random, traffic.refunded);
  const bool before_completion = Chance(random, 0.5);
  const bool partial = Chance(random, 0.6);
  const Ending ending = Pick(random, kEndings);
  if (unpaid) {
    fate.ending = kUnpaid;
  } else if (cancelled) {
    fate.ending = ending;
  } else if (refunded) {
    fate.refund = before_completion ? RefundFate{RefundFlow::kCancel, false}
                                    : RefundFate{RefundFlow::kRefund, partial};
  }
  fate.urged = Chance(random, traffic.urged);
  const bool trouble = Chance(random, traffic.rider_trouble);
  const std::vector<int> troubled = DrawTrouble(random);
  fate.route = fate.self_delivery ? std::vector<int>{71} : trouble ? troubled : PlainRoute();
  fate.shop_rests = Chance(random, traffic.shop_rests);
  return fate;
}

}  // namespace weir::simulators::eleme
