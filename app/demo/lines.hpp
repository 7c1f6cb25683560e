// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "app/demo/audit.hpp"
#include "app/demo/feed_log.hpp"

/// What the demo prints. Each text ends with a line break.
namespace weir::app::demo {

/// The names over the columns of ChangeLine.
[[nodiscard]] std::string ChangeHeading();

/// Time, seq, type, order, its number of the day, status, paid and refunded in yuan.
[[nodiscard]] std::string ChangeLine(const Change& change);

/// Figures that only grow, but for the lag.
struct Figures {
  std::uint64_t orders = 0;
  std::uint64_t pushes = 0;
  std::uint64_t answered_ok = 0;
  std::uint64_t duplicates = 0;
  std::uint64_t forged_refused = 0;
  std::uint64_t changes = 0;
  std::chrono::milliseconds lag{0};
};

/// How many of each a second, `now` minus `before` over `elapsed`, and the worst lag of the feed's
/// reader; `at` is the time since the start.
[[nodiscard]] std::string RatesLine(std::chrono::seconds at, const Figures& before,
                                    const Figures& now, std::chrono::milliseconds elapsed);

/// A table of the checks, each difference, and the verdict.
[[nodiscard]] std::string AuditText(const Audit& audit);

}  // namespace weir::app::demo
