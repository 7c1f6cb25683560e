// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "simulators/simulator.hpp"

namespace weir::simulators::merchant {

/// Why a callback is not to be trusted, "" when it is: its three headers are there, its time is
/// within five minutes of `now`, and one of its signatures is that of `secret` ("whsec_...").
[[nodiscard]] std::string WhyRefused(const HttpCall& call, std::string_view secret, Instant now);

/// The first header of that name, whatever its case; "" without one.
[[nodiscard]] std::string_view HeaderOf(const HttpCall& call, std::string_view name);

}  // namespace weir::simulators::merchant
