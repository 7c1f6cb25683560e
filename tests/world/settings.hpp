// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "app/config/config.hpp"
#include "simulators/meituan/options.hpp"
#include "simulators/merchant/simulator.hpp"

/// Who lives in a simulated world.
namespace weir::world {

inline constexpr std::string_view kPublicUrl = "https://gw.example.com";
inline constexpr std::string_view kKey = "key-of-the-worlds-erp";
inline constexpr std::uint32_t kWorldsFold = 1;

/// A platform that duplicates, reorders, forges, degrades and fails.
[[nodiscard]] simulators::meituan::Options PlatformOptions(std::uint64_t seed);
/// An endpoint that fails, stalls, breaks off and asks for pauses.
[[nodiscard]] simulators::merchant::Options MerchantOptions(std::uint64_t seed);
[[nodiscard]] app::Config GatewayConfig();

}  // namespace weir::world
