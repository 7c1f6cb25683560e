// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "simulators/ledger.hpp"
#include "simulators/manners.hpp"
#include "simulators/simulator.hpp"

namespace weir::simulators {

/// A simulated platform that sells orders, as far as all of them are alike: what a demo, a world
/// or an audit needs, whichever platform it is.
class Platform : public Simulator {
 public:
  /// The platform's word in a connection and in canonical ids: "meituan".
  [[nodiscard]] virtual std::string_view word() const = 0;

  /// A customer submits an order; what becomes of it is drawn. Returns its number.
  virtual std::string PlaceOrder(Instant now) = 0;
  /// Ends Traffic::order_every; orders already placed live on.
  virtual void StopTraffic() = 0;

  /// The ledger, oldest order first.
  [[nodiscard]] virtual std::vector<OrderTruth> Orders() const = 0;
  [[nodiscard]] virtual Counts counts() const = 0;
  [[nodiscard]] virtual const Faults& faults() const = 0;
};

}  // namespace weir::simulators
