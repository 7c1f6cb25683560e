// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <span>
#include <string_view>

#include "simulators/courier.hpp"
#include "simulators/dada/options.hpp"
#include "simulators/sf_city/options.hpp"
#include "simulators/sf_express/options.hpp"

/// The simulated couriers that `weir simulate` knows.
namespace weir::app::demo {

using CourierMaker = std::function<std::unique_ptr<simulators::Courier>()>;

struct SimulatedCourier {
  std::string_view word;      ///< As in a connection: "dada".
  std::string_view name;      ///< In texts: "Dada".
  std::string_view api_path;  ///< Behind its origin: a connection's base_url.
  /// Declares its options for `weir simulate`; what comes back makes it once they are parsed.
  CourierMaker (*add_options)(CLI::App& command) = nullptr;
};

/// All of them; a new courier is one line there.
[[nodiscard]] std::span<const SimulatedCourier* const> SimulatedCouriers();

/// Declare the options of `weir simulate <courier>`; parsing fills `courier`, which outlives it.
void AddDadaOptions(CLI::App& command, simulators::dada::Options& courier);
void AddSfCityOptions(CLI::App& command, simulators::sf_city::Options& courier);
void AddSfExpressOptions(CLI::App& command, simulators::sf_express::Options& courier);

}  // namespace weir::app::demo
