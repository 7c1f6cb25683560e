// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <chrono>
#include <string>

#include "simulators/manners.hpp"

/// The switches that every simulated platform has on the command line. What they fill outlives the
/// parsing.
namespace weir::app::demo {

inline constexpr double kSlowestTraffic = 0.01;  ///< Orders a second.
inline constexpr double kFastestTraffic = 1000;

[[nodiscard]] std::chrono::milliseconds Every(double per_second);
[[nodiscard]] std::chrono::milliseconds Seconds(double number);

CLI::Option* AddShare(CLI::App& command, const std::string& name, double& share,
                      const std::string& what);

/// Declares how long an access token lives; its refresh token lives no shorter.
void AddTokenLife(CLI::App& command, std::chrono::seconds& access, std::chrono::seconds& refresh);

/// Declares what goes wrong with pushes, and calls that end in a 5xx.
void AddPushFaults(CLI::App& command, simulators::Faults& faults);

/// Declares when an unanswered push is sent again.
void AddRetry(CLI::App& command, simulators::RetryPlan& plan);

/// Declares the mean time between two stages of a life of `what`.
void AddPace(CLI::App& command, std::chrono::milliseconds& pace, const std::string& what);

/// Declares what every platform is told: where its pushes go, its secret, seed and menus, traffic,
/// faults and repeats. An order a second unless told otherwise.
void AddPlatformOptions(CLI::App& command, simulators::PlatformOptions& platform,
                        simulators::Traffic& traffic);

}  // namespace weir::app::demo
