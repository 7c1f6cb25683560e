// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "tests/world/world.hpp"

namespace weir::world {

/// Options from the environment, as Replay names them; the rest stays.
[[nodiscard]] WorldOptions FromEnvironment(WorldOptions options);

/// What of a seed that breaks a promise can go without mending it: fewer platforms, orders and
/// crashes, fewer kinds of troubles, fewer switches.
[[nodiscard]] WorldOptions Shortest(WorldOptions failing);

/// The environment that runs these options alone.
[[nodiscard]] std::string Replay(const WorldOptions& options);

}  // namespace weir::world
