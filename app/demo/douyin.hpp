// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "app/demo/options.hpp"
#include "app/demo/platforms.hpp"
#include "simulators/douyin/options.hpp"

namespace weir::app::demo {

extern const SimulatedPlatform kDouyin;

/// The demo's Douyin: lives of a few seconds and everything that can go wrong on the way.
[[nodiscard]] simulators::douyin::Options DemoDouyin(const DemoOptions& options,
                                                     std::string push_url);

/// Declares the options of `weir simulate douyin`; parsing fills `platform`, which outlives it.
void AddDouyinOptions(CLI::App& command, simulators::douyin::Options& platform);

}  // namespace weir::app::demo
