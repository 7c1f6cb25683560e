// SPDX-License-Identifier: Apache-2.0
#include "simulators/ledger.hpp"

#include <algorithm>

namespace weir::simulators {

bool OrderTruth::announced() const {
  return std::ranges::any_of(events, [](const Event& event) { return event.answered_ok > 0; });
}

bool OrderTruth::settled() const {
  return std::ranges::all_of(
      events, [](const Event& event) { return event.suppressed || event.answered_ok > 0; });
}

}  // namespace weir::simulators
