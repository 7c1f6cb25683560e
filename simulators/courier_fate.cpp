// SPDX-License-Identifier: Apache-2.0
#include "simulators/courier_fate.hpp"

#include <array>

#include "simulators/chance.hpp"

namespace weir::simulators {
namespace {

constexpr std::array kBeforeTheRoad = {Stage::kSearching, Stage::kAssigned, Stage::kAtPickup};
constexpr std::array kWithRider = {Stage::kAssigned, Stage::kAtPickup};
constexpr std::array kUnderWay = {Stage::kSearching, Stage::kAssigned, Stage::kAtPickup,
                                  Stage::kPickedUp};

}  // namespace

CourierFate DrawFate(Random& random, const CourierTraffic& traffic) {
  using End = CourierFate::End;
  CourierFate fate;
  const bool stillborn = Chance(random, traffic.stillborn);
  const bool unaccepted = Chance(random, traffic.unaccepted);
  const bool cancelled = Chance(random, traffic.cancelled);
  const bool failed = Chance(random, traffic.failed);
  fate.end = stillborn    ? End::kStillborn
             : unaccepted ? End::kUnaccepted
             : cancelled  ? End::kCancelled
             : failed     ? End::kReturned
                          : End::kDelivered;
  fate.cancelled_in = Pick(random, kBeforeTheRoad);
  const bool given_up = Chance(random, traffic.given_up);
  const Stage where = Pick(random, kWithRider);
  if (given_up) fate.given_up_in = where;
  fate.handed_on = Chance(random, traffic.handed_on);
  fate.troubled = Chance(random, traffic.troubled);
  fate.asks_off = Chance(random, traffic.asks_off);
  const bool stuck = Chance(random, traffic.stuck);
  const Stage stop = Pick(random, kUnderWay);
  if (stuck) fate.stuck_in = stop;
  return fate;
}

}  // namespace weir::simulators
