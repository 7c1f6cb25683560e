// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>

#include "app/bench/histogram.hpp"
#include "app/bench/load.hpp"
#include "app/bench/measure.hpp"

namespace weir::app::bench {

/// How long an ERP's reads take, one after the other on one connection.
struct Reads {
  Histogram single;  ///< One order by its id.
  Histogram list;    ///< A page of 100 orders, of a store, a status, a time or of all.
  Histogram feed;    ///< A page of 100 changes.
};

/// A gateway that holds many orders, against one that holds few.
struct Stored {
  std::uint64_t few = 0;
  std::uint64_t many = 0;
  Reads of_few;
  Reads of_many;
  std::chrono::nanoseconds start{};  ///< On the many, after SIGKILL, until ready.
  double replayed_per_second = 0;    ///< Payloads folded by `weir replay`, over the many.
  bool loaded = false;               ///< All orders were answered and are in the feed.
  bool identical = false;            ///< What the replay found.

  [[nodiscard]] bool clean() const { return loaded && identical; }
};

/// Loads 10,000 orders and reads, then the rest of `orders` and reads again; kills the gateway,
/// starts it on the folder that is left; at last replays the journal.
[[nodiscard]] Stored MeasureStored(const Bench& bench, std::uint64_t orders);

}  // namespace weir::app::bench
