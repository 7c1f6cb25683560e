// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/bench/measure.hpp"
#include "app/bench/stored.hpp"

namespace weir::app::bench {

/// Everything one run of `weir bench` has measured; what was left out is absent.
struct Findings {
  std::vector<Bare> bare;
  std::vector<Sustained> sustained;
  std::optional<Latency> latency;
  std::optional<Stored> stored{};

  /// Nothing was refused, lost or missing. Says nothing about speed.
  [[nodiscard]] bool clean() const;
};

/// A table: ratios first, since machines differ; then the absolute values; then what failed.
[[nodiscard]] std::string ReportText(const Findings& findings);

}  // namespace weir::app::bench
