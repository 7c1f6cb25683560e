// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "app/demo/couriers.hpp"
#include "app/demo/options.hpp"
#include "simulators/sf_express/options.hpp"

namespace weir::app::demo {

extern const SimulatedCourier kSfExpress;

/// The demo's SF Express: a parcel is there in some ten seconds, with all that can go wrong.
[[nodiscard]] simulators::sf_express::Options DemoSfExpress(const DemoOptions& options,
                                                            std::string hook_url);

/// Declares the options of `weir simulate sf_express`; parsing fills `courier`, which outlives it.
void AddSfExpressOptions(CLI::App& command, simulators::sf_express::Options& courier);

}  // namespace weir::app::demo
