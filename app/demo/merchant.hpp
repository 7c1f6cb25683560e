// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "simulators/merchant/simulator.hpp"

namespace weir::app::demo {

/// The merchant's endpoint of the demo: now and then it fails, asks for a pause, redirects, or
/// breaks off an answer.
[[nodiscard]] simulators::merchant::Options DemoMerchant(std::uint64_t seed);

/// What a gateway's configuration says about it: one subscription to everything, retried within
/// seconds. `origin` is where it listens.
[[nodiscard]] std::string SubscriptionConfig(const std::string& origin);

}  // namespace weir::app::demo
