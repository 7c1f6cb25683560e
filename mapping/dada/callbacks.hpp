// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mapping/dada/push.hpp"
#include "mapping/mapped.hpp"

namespace weir::mapping::dada {

/// A status callback: one step, and what it tells of the shipment.
[[nodiscard]] Mapped MapStatus(const Push& push);

/// A message: a rider who asks to be let off (type 1), a shop's state (4).
[[nodiscard]] Mapped MapMessage(const Push& push);

}  // namespace weir::mapping::dada
