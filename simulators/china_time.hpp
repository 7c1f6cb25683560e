// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/instant.hpp"

/// Times as the platforms' clocks on the wall show them, in UTC+8.
namespace weir::simulators {

/// "20261122".
[[nodiscard]] std::string ChinaDay(Instant at);

/// "2026-11-22T11:00:00".
[[nodiscard]] std::string ChinaTime(Instant at);

}  // namespace weir::simulators
