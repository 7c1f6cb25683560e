// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "app/demo/couriers.hpp"
#include "app/demo/options.hpp"
#include "simulators/sf_city/options.hpp"

namespace weir::app::demo {

extern const SimulatedCourier kSfCity;

/// The demo's SF intra-city: lives of seconds and everything that can go wrong on the way.
[[nodiscard]] simulators::sf_city::Options DemoSfCity(const DemoOptions& options,
                                                      std::string hook_url);

/// Declares the options of `weir simulate sf_city`; parsing fills `courier`, which outlives it.
void AddSfCityOptions(CLI::App& command, simulators::sf_city::Options& courier);

}  // namespace weir::app::demo
