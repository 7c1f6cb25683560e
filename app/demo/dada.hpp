// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "app/demo/couriers.hpp"
#include "app/demo/options.hpp"
#include "simulators/dada/options.hpp"

namespace weir::app::demo {

extern const SimulatedCourier kDada;

/// The demo's Dada: lives of seconds and everything that can go wrong on the way.
[[nodiscard]] simulators::dada::Options DemoDada(const DemoOptions& options, std::string hook_url);

/// Declares the options of `weir simulate dada`; parsing fills `courier`, which outlives it.
void AddDadaOptions(CLI::App& command, simulators::dada::Options& courier);

}  // namespace weir::app::demo
