// SPDX-License-Identifier: Apache-2.0
#include "simulators/doudian/simulator.hpp"

namespace weir::simulators::doudian {

bool DoudianSimulator::End(std::string_view order, Ending ending, Instant now) {
  return Do(order, now, [&](Order& found) { return state_.life.End(found, ending, now); });
}

bool DoudianSimulator::ApplyRefund(std::string_view order, const RefundFate& kind, Instant now) {
  return Do(order, now, [&](Order& found) { return state_.life.ApplyRefund(found, kind, now); });
}

bool DoudianSimulator::SetShopOpen(std::string_view store, bool open, Instant now) {
  state_.life.Tick(now);
  return state_.life.SetShopOpen(store, open, now);
}

}  // namespace weir::simulators::doudian
