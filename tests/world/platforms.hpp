// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/config/config.hpp"
#include "base/secret.hpp"
#include "simulators/manners.hpp"
#include "simulators/platform.hpp"
#include "tests/world/draws.hpp"

/// The platforms that may live in a simulated world.
namespace weir::world {

struct WorldPlatform {
  std::string_view word;
  std::string_view connection;
  std::string_view host;    ///< Its API's.
  std::string_view linked;  ///< Its shop that is linked to the store sh-001; another one is not.
  std::string_view ok;      ///< The answer it takes for well.
  /// One whose every switch is drawn.
  std::unique_ptr<simulators::Platform> (*make)(Draws& draws) = nullptr;
  /// The gateway's way to it, whose every option that may be chosen freely is drawn.
  app::ConnectionConfig (*connect)(Draws& draws) = nullptr;
};

extern const WorldPlatform kMeituan;
extern const WorldPlatform kEleme;
extern const WorldPlatform kDoudian;
extern const WorldPlatform kDouyin;

/// All of them; a new platform is one line there.
[[nodiscard]] std::span<const WorldPlatform* const> WorldPlatforms();

/// Those named, or, when none is, those that the seed chooses: at least one, sooner or later each
/// set of them.
[[nodiscard]] std::vector<const WorldPlatform*> ChoosePlatforms(
    const std::vector<std::string>& named, std::uint64_t seed);

// What a platform's options and connection have from being in a world.
void FitToWorld(simulators::PlatformOptions& options, simulators::Traffic& traffic,
                const WorldPlatform& platform, Draws& draws);
[[nodiscard]] app::ConnectionConfig ConnectionTo(const WorldPlatform& platform,
                                                 std::map<std::string, Secret> credentials);

}  // namespace weir::world
