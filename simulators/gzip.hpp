// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "simulators/simulator.hpp"

namespace weir::simulators {

/// Compresses an answer's body for a caller whose Accept-Encoding names gzip.
void CompressIfWanted(const HttpCall& call, HttpAnswer& answer);

}  // namespace weir::simulators
