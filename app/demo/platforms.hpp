// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <array>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "app/config/config.hpp"
#include "app/demo/options.hpp"
#include "base/secret.hpp"
#include "simulators/platform.hpp"

/// The simulated platforms that `weir demo` and `weir simulate` know.
namespace weir::app::demo {

using PlatformMaker = std::function<std::unique_ptr<simulators::Platform>()>;

struct SimulatedPlatform {
  std::string_view word;        ///< As in a connection: "meituan".
  std::string_view name;        ///< In texts: "Meituan".
  std::string_view connection;  ///< The demo's connection to it.
  std::string_view api_path;    ///< Behind its origin: a connection's base_url.
  /// Its numbers for the demo's three stores.
  std::array<std::string_view, 3> shops;
  std::map<std::string, Secret> (*credentials)() = nullptr;  ///< Of the demo's connection.
  /// As the demo runs it: lives of seconds and everything that can go wrong on the way.
  std::unique_ptr<simulators::Platform> (*make)(const DemoOptions& options,
                                                std::string push_url) = nullptr;
  /// Declares its options for `weir simulate`; what comes back makes it once they are parsed.
  PlatformMaker (*add_options)(CLI::App& command) = nullptr;
};

/// All of them; a new platform is one line there.
[[nodiscard]] std::span<const SimulatedPlatform* const> SimulatedPlatforms();

/// The demo's connection to a platform that serves at `origin`.
[[nodiscard]] ConnectionConfig ConnectionTo(const SimulatedPlatform& platform,
                                            const std::string& origin);

/// Fits a platform to the demo: lives of seconds and everything that can go wrong on the way.
void FitToDemo(simulators::PlatformOptions& platform, simulators::Traffic& traffic,
               const DemoOptions& options, std::string push_url);

/// A SimulatedPlatform::add_options: `declare` declares what the Simulator is made of.
template <typename Simulator>
PlatformMaker MakerOf(CLI::App& command, void (*declare)(CLI::App&, typename Simulator::Options&)) {
  const auto options = std::make_shared<typename Simulator::Options>();
  declare(command, *options);
  return [options] { return std::make_unique<Simulator>(*options); };
}

}  // namespace weir::app::demo
