// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "app/config/config.hpp"
#include "simulators/merchant/simulator.hpp"
#include "tests/world/draws.hpp"
#include "tests/world/platforms.hpp"

/// Who lives in a simulated world.
namespace weir::world {

inline constexpr std::string_view kPublicUrl = "https://gw.example.com";
inline constexpr std::string_view kEndpointHost = "erp.example.com";
inline constexpr std::string_view kKey = "key-of-the-worlds-erp";
inline constexpr std::uint32_t kWorldsFold = 1;

/// An endpoint that fails, stalls, breaks off and asks for pauses.
[[nodiscard]] simulators::merchant::Options MerchantOptions(Draws& draws);
/// One merchant with these connections.
[[nodiscard]] app::Config GatewayConfig(std::vector<app::ConnectionConfig> connections);

}  // namespace weir::world
