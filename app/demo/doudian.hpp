// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "app/demo/options.hpp"
#include "app/demo/platforms.hpp"
#include "simulators/doudian/options.hpp"

namespace weir::app::demo {

extern const SimulatedPlatform kDoudian;

/// The demo's Doudian: lives of a few seconds and everything that can go wrong on the way.
[[nodiscard]] simulators::doudian::Options DemoDoudian(const DemoOptions& options,
                                                       std::string push_url);

/// Declares the options of `weir simulate doudian`; parsing fills `platform`, which outlives it.
void AddDoudianOptions(CLI::App& command, simulators::doudian::Options& platform);

}  // namespace weir::app::demo
