// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string_view>

#include "base/random.hpp"
#include "simulators/simulator.hpp"

namespace weir::simulators {

/// A share of calls ends in a 5xx: half of them before they had effect, half after. `serve` answers
/// the call, once at most.
[[nodiscard]] HttpAnswer FailNowAndThen(Random& random, double share,
                                        const std::function<HttpAnswer()>& serve);

[[nodiscard]] HttpAnswer PlainAnswer(unsigned status, std::string_view text);

}  // namespace weir::simulators
