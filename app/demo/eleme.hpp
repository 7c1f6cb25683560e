// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "app/demo/options.hpp"
#include "app/demo/platforms.hpp"
#include "simulators/eleme/options.hpp"

namespace weir::app::demo {

extern const SimulatedPlatform kEleme;

/// The demo's Ele.me: lives of a few seconds and everything that can go wrong on the way.
[[nodiscard]] simulators::eleme::Options DemoEleme(const DemoOptions& options,
                                                   std::string push_url);

/// Declares the options of `weir simulate eleme`; parsing fills `platform`, which outlives it.
void AddElemeOptions(CLI::App& command, simulators::eleme::Options& platform);

}  // namespace weir::app::demo
