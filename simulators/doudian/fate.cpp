// SPDX-License-Identifier: Apache-2.0
#include "simulators/doudian/fate.hpp"

#include <array>

#include "simulators/chance.hpp"

namespace weir::simulators::doudian {
namespace {

constexpr std::array kEndings = {Ending::kByUser, Ending::kNotAccepted, Ending::kRejected,
                                 Ending::kByUserLater, Ending::kByShop};

std::vector<int> DrawTrouble(Random& random) {
  using namespace shipment;
  if (Chance(random, 0.5)) {  // A rider gives up, another one is found.
    return {kCalling, kTaken, kCalling, kTaken, kAtStore, kPickedUp, kDelivering, kDelivered};
  }
  return {kCalling, kTaken, kAtStore, kPickedUp, kDelivering, kRefused, kReturning, kReturned};
}

}  // namespace

EndsFrom StartOf(Ending ending) {
  switch (ending) {
    case Ending::kUnpaid:
      return EndsFrom::kUnpaid;
    case Ending::kByUser:
    case Ending::kNotAccepted:
    case Ending::kRejected:
      return EndsFrom::kUnaccepted;
    case Ending::kByUserLater:
    case Ending::kByShop:
      break;
  }
  return EndsFrom::kAccepted;
}

std::vector<int> PlainRoute() {
  using namespace shipment;
  return {kCalling, kTaken, kAtStore, kPickedUp, kDelivering, kDelivered};
}

Fate DrawFate(Random& random, const Options& options) {
  const Traffic& traffic = options.traffic;
  const Asides& asides = options.asides;
  Fate fate{.self_delivery = Chance(random, traffic.self_delivery),
            .ending = std::nullopt,
            .refund = std::nullopt,
            .route = {},
            .asides = {.amount_changed = Chance(random, asides.amount_changed),
                       .memo = Chance(random, asides.memo),
                       .appointment = Chance(random, asides.appointment),
                       .address = Chance(random, asides.address),
                       .deadline = Chance(random, asides.deadline),
                       .partly_shipped = Chance(random, asides.partly_shipped),
                       .logistics_changed = Chance(random, asides.logistics_changed)}};
  const bool unpaid = Chance(random, traffic.unpaid);
  const bool cancelled = Chance(random, traffic.cancelled);
  const bool refunded = Chance(random, traffic.refunded);
  const RefundFate refund{.type = static_cast<RefundType>(random.Below(4)),
                          .whole = Chance(random, 0.4)};
  const Ending ending = Pick(random, kEndings);
  if (unpaid) {
    fate.ending = Ending::kUnpaid;
  } else if (cancelled) {
    fate.ending = ending;
  } else if (refunded) {
    fate.refund = refund;
  }
  const bool trouble = Chance(random, traffic.rider_trouble);
  const std::vector<int> troubled = DrawTrouble(random);
  if (!fate.self_delivery) {
    fate.route = trouble ? troubled : PlainRoute();
  }
  fate.shop_rests = Chance(random, traffic.shop_rests);
  return fate;
}

}  // namespace weir::simulators::doudian
