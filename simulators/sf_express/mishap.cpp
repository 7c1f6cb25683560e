// SPDX-License-Identifier: Apache-2.0
#include "simulators/sf_express/mishap.hpp"

#include "simulators/chance.hpp"

namespace weir::simulators::sf_express {

Mishap DrawMishap(Random& random, const CourierFaults& faults) {
  const bool lost_request = Chance(random, faults.lost_request);
  const bool lost_answer = Chance(random, faults.lost_answer);
  const bool busy = Chance(random, faults.busy);
  const bool refused = Chance(random, faults.refused);
  return lost_request  ? Mishap::kLostRequest
         : lost_answer ? Mishap::kLostAnswer
         : busy        ? Mishap::kBusy
         : refused     ? Mishap::kRefused
                       : Mishap::kNone;
}

}  // namespace weir::simulators::sf_express
