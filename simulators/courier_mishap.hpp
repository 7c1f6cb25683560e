// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>

#include "base/random.hpp"
#include "simulators/courier.hpp"
#include "simulators/simulator.hpp"

namespace weir::simulators {

/// How a call that orders something is to be answered.
enum class Verdict : std::uint8_t {
  kServe,
  kBusy,    ///< "Come again", and nothing happens.
  kRefuse,  ///< Refused for good, unless it was ordered already.
};

/// Lets a call that orders something go wrong as `faults` say. `serve` answers it, once at most; an
/// answer that is lost breaks off in its middle.
[[nodiscard]] HttpAnswer WithMishaps(Random& random, const CourierFaults& faults,
                                     const std::function<HttpAnswer(Verdict)>& serve);

}  // namespace weir::simulators
