// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/demo/checks.hpp"
#include "app/demo/feed_log.hpp"

/// What the demo prints. Each text ends with a line break.
namespace weir::app::demo {

/// The names over the columns of ChangeLine.
[[nodiscard]] std::string ChangeHeading();

/// Time, seq, type, order, its number of the day, status, paid and refunded in yuan.
[[nodiscard]] std::string ChangeLine(const Change& change);

/// Time, seq, type, shipment, its status, connection, fee in yuan, steps, and whose place it takes.
[[nodiscard]] std::string ShipmentLine(const Change& change);

/// Whether a courier gave a shipment back by it, or another one takes its place.
[[nodiscard]] bool IsMishap(const Change& change);

/// What happened at one platform so far.
struct Figures {
  std::uint64_t orders = 0;
  std::uint64_t pushes = 0;  ///< All that were sent, forgeries too.
  std::uint64_t answered_ok = 0;
  std::uint64_t duplicates = 0;  ///< Sent once more without need.
  std::uint64_t refused = 0;     ///< Forgeries that were not answered ok.
  std::uint64_t changes = 0;     ///< Read from the feed.
  std::uint64_t callbacks = 0;   ///< Taken by the merchant's endpoint.
};

/// A platform's name and its figures.
using Row = std::pair<std::string, Figures>;

/// How many of each a second on all platforms together, `now` minus `before` over `elapsed`, and
/// the worst lag of the feed's reader; `at` is the time since the start.
[[nodiscard]] std::string RatesLine(std::chrono::seconds at, const Figures& before,
                                    const Figures& now, std::chrono::milliseconds elapsed,
                                    std::chrono::milliseconds lag);

/// One line for each platform under a heading, for a terminal of 80 columns.
[[nodiscard]] std::string LivingTable(std::chrono::seconds at, const std::vector<Row>& rows,
                                      std::chrono::milliseconds lag);

/// What happened at one courier so far.
struct CourierFigures {
  std::uint64_t shipments = 0;
  std::uint64_t pushes = 0;  ///< All that were sent, forgeries too.
  std::uint64_t answered_ok = 0;
  std::uint64_t duplicates = 0;
  std::uint64_t refused = 0;     ///< Forgeries that were not answered ok.
  std::uint64_t calls = 0;       ///< That the gateway made.
  std::uint64_t cancelled = 0;   ///< Shipments that ended so.
  std::uint64_t taken_over = 0;  ///< Of those, carried by another courier then.
};

/// A courier's name and its figures.
using CourierRow = std::pair<std::string, CourierFigures>;

/// One line for each courier under a heading, for a terminal of 80 columns.
[[nodiscard]] std::string CourierTable(const std::vector<CourierRow>& rows);

/// The same in short, in one line.
[[nodiscard]] std::string CourierLine(const std::vector<CourierRow>& rows);

/// What a terminal is sent to show `text` in the place of `before`, the last that was printed. What
/// stays the same is not cleared first, so that nothing flickers.
[[nodiscard]] std::string Over(std::string_view before, std::string_view text);

[[nodiscard]] Figures Sum(const std::vector<Row>& rows);

/// A table of each one's checks, each difference, and the verdict over all.
[[nodiscard]] std::string AuditText(std::initializer_list<const Checks*> audits);

}  // namespace weir::app::demo
