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
#include <utility>

#include "app/config/config.hpp"
#include "app/demo/options.hpp"
#include "base/secret.hpp"
#include "simulators/courier.hpp"
#include "simulators/courier_options.hpp"
#include "simulators/push_queue.hpp"

/// The simulated couriers that `weir demo` and `weir simulate` know.
namespace weir::app::demo {

using CourierMaker = std::function<std::unique_ptr<simulators::Courier>()>;

struct SimulatedCourier {
  std::string_view word;        ///< As in a connection: "dada".
  std::string_view name;        ///< In texts: "Dada".
  std::string_view connection;  ///< The demo's connection to it.
  std::string_view api_path;    ///< Behind its origin: a connection's base_url.
  /// Its numbers for the demo's three stores; all empty where it has none.
  std::array<std::string_view, 3> shops;
  std::map<std::string, Secret> (*credentials)() = nullptr;  ///< Of the demo's connection.
  std::map<std::string, std::string> (*connection_options)() = nullptr;
  /// As the demo runs it: lives of seconds and everything that can go wrong on the way.
  std::unique_ptr<simulators::Courier> (*make)(const DemoOptions& options,
                                               std::string hook_url) = nullptr;
  /// Declares its options for `weir simulate`; what comes back makes it once they are parsed.
  CourierMaker (*add_options)(CLI::App& command) = nullptr;
};

/// All of them; a new courier is one line there.
[[nodiscard]] std::span<const SimulatedCourier* const> SimulatedCouriers();

/// The demo's connection to a courier that serves at `origin`.
[[nodiscard]] ConnectionConfig ConnectionTo(const SimulatedCourier& courier,
                                            const std::string& origin);

/// What couriers who push without a signature are known by.
inline constexpr const char* kDemoCallbackToken = "demo-callback-token";

/// What the demo's couriers are like: some of them cancel, nobody takes some, calls are lost.
[[nodiscard]] simulators::CourierTraffic DemoCourierTraffic();
[[nodiscard]] simulators::CourierFaults DemoCallFaults();
[[nodiscard]] simulators::Faults DemoPushFaults();
[[nodiscard]] simulators::RetryPlan DemoRetries();

/// Fits a courier of the city to the demo; `shops` are its numbers, and where it thinks they are.
void FitToDemo(simulators::CourierOptions& courier, const DemoOptions& options,
               const SimulatedCourier& known, simulators::Place shop);

// Declare what every courier is told; parsing fills what they are given, which outlives it.
void AddLives(CLI::App& command, simulators::CourierTraffic& traffic);
void AddCallFaults(CLI::App& command, simulators::CourierFaults& faults);
/// Of a courier of the city. The numbers of its shops stand for all that is known of them.
void AddCourierOptions(CLI::App& command, simulators::CourierOptions& courier);

/// A SimulatedCourier::add_options: `declare` declares what the Simulator is made of.
template <typename Simulator, typename Options>
CourierMaker CourierMakerOf(CLI::App& command, void (*declare)(CLI::App&, Options&)) {
  const auto options = std::make_shared<Options>();
  declare(command, *options);
  return [options] { return std::make_unique<Simulator>(*options); };
}

}  // namespace weir::app::demo
