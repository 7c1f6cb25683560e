// SPDX-License-Identifier: Apache-2.0
#include "simulators/courier_mishap.hpp"

#include "simulators/chance.hpp"

namespace weir::simulators {

HttpAnswer WithMishaps(Random& random, const CourierFaults& faults,
                       const std::function<HttpAnswer(Verdict)>& serve) {
  const bool lost_request = Chance(random, faults.lost_request);
  const bool lost_answer = Chance(random, faults.lost_answer);
  const bool busy = Chance(random, faults.busy);
  const bool refused = Chance(random, faults.refused);
  if (lost_request) {
    HttpAnswer nothing{.headers = {}};
    nothing.cut = true;
    return nothing;
  }
  HttpAnswer answer = serve(busy ? Verdict::kBusy : refused ? Verdict::kRefuse : Verdict::kServe);
  answer.cut = lost_answer;
  return answer;
}

}  // namespace weir::simulators
