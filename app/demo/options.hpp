// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>

/// What `weir demo` and `weir simulate` can be told on the command line.
namespace weir::app::demo {

struct DemoOptions {
  unsigned seconds = 20;  ///< How long customers order; what they ordered is played out after that.
  double orders_per_second = 20;  ///< On each platform.
  std::string data;  ///< A new or empty folder that stays; empty: one that is removed at the end.
  std::uint64_t seed = 1;
};

/// Declares the options of `weir demo`; parsing fills `options`, which outlives the parsing.
void AddDemoOptions(CLI::App& command, DemoOptions& options);

/// Where a platform that runs alone is served.
struct PlaceOptions {
  std::string host = "127.0.0.1";
  int port = 9101;
};

/// Declares where `weir simulate <platform>` serves; parsing fills `place`, which outlives it.
void AddPlaceOptions(CLI::App& command, PlaceOptions& place);

}  // namespace weir::app::demo
