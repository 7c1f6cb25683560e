// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "base/random.hpp"
#include "simulators/courier.hpp"

namespace weir::simulators::sf_express {

/// What goes wrong with a call that orders something.
enum class Mishap : std::uint8_t { kNone, kLostRequest, kLostAnswer, kBusy, kRefused };

/// Every draw is made whatever the shares are.
[[nodiscard]] Mishap DrawMishap(Random& random, const CourierFaults& faults);

}  // namespace weir::simulators::sf_express
