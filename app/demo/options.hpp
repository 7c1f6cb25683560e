// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>

#include "simulators/meituan/options.hpp"

/// What `weir demo` and `weir simulate` can be told on the command line.
namespace weir::app::demo {

struct DemoOptions {
  unsigned seconds = 20;  ///< How long customers order; what they ordered is played out after that.
  double orders_per_second = 20;
  std::string data;  ///< A new or empty folder that stays; empty: one that is removed at the end.
  std::uint64_t seed = 1;
};

/// Declares the options of `weir demo`; parsing fills `options`, which outlives the parsing.
void AddDemoOptions(CLI::App& command, DemoOptions& options);

/// The platform of the demo: lives of a few seconds and everything that can go wrong on the way.
[[nodiscard]] simulators::meituan::Options DemoPlatform(const DemoOptions& options,
                                                        std::string push_base_url);

struct SimulateOptions {
  std::string host = "127.0.0.1";
  int port = 9101;
  simulators::meituan::Options platform;
};

/// Declares the options of `weir simulate meituan`; parsing fills `options`, which outlives it.
void AddSimulateOptions(CLI::App& command, SimulateOptions& options);

}  // namespace weir::app::demo
