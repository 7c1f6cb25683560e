// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <chrono>
#include <string>

#include "simulators/manners.hpp"
#include "simulators/push_queue.hpp"

/// The switches that every simulated platform has on the command line. What they fill outlives the
/// parsing.
namespace weir::app::demo {

inline constexpr double kSlowestTraffic = 0.01;  ///< Orders a second.
inline constexpr double kFastestTraffic = 1000;

[[nodiscard]] std::chrono::milliseconds Every(double per_second);
[[nodiscard]] std::chrono::milliseconds Seconds(double number);

CLI::Option* AddShare(CLI::App& command, const std::string& name, double& share,
                      const std::string& what);

/// An order a second unless told otherwise.
void AddTraffic(CLI::App& command, simulators::Traffic& traffic);
void AddFaults(CLI::App& command, simulators::Faults& faults);
/// `shown` is what the help says of the pauses without the switch: "30,60".
void AddRetry(CLI::App& command, simulators::RetryPlan& plan, const std::string& shown);

}  // namespace weir::app::demo
