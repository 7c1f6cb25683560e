// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "app/demo/options.hpp"
#include "app/demo/platforms.hpp"
#include "simulators/meituan/options.hpp"

namespace weir::app::demo {

extern const SimulatedPlatform kMeituan;

/// The demo's Meituan: lives of a few seconds and everything that can go wrong on the way.
[[nodiscard]] simulators::meituan::Options DemoMeituan(const DemoOptions& options,
                                                       std::string push_url);

/// Declares the options of `weir simulate meituan`; parsing fills `platform`, which outlives it.
void AddMeituanOptions(CLI::App& command, simulators::meituan::Options& platform);

}  // namespace weir::app::demo
