// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "simulators/simulator.hpp"

namespace weir::simulators {

/// A call's target, taken apart; all still encoded.
struct Target {
  std::string origin;
  std::string path;
  std::string query;
};

[[nodiscard]] Target TargetOf(const HttpCall& call);

}  // namespace weir::simulators
