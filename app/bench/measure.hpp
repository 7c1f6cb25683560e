// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/bench/child.hpp"
#include "app/bench/feed.hpp"
#include "app/bench/histogram.hpp"
#include "app/bench/load.hpp"
#include "app/bench/place.hpp"

/// The measurements of `weir bench`. Each starts its own server in a folder of its own, loads it
/// and ends it; each throws std::runtime_error when the server fails, never because it is slow.
namespace weir::app::bench {

/// What all measurements of one run share.
struct Bench {
  const SignedOrders& orders;
  PushSource source;
  std::string parent;  ///< Where data folders are made.
  std::string weir;    ///< This program.
  std::string bare;    ///< The bare ceiling's program.
  std::size_t connections = 64;
};

struct Bare {
  LoadResult load;
  ChildUsage usage;
};

/// The bare ceiling, in a closed loop.
[[nodiscard]] Bare MeasureBare(const Bench& bench, std::chrono::seconds duration);

struct Sustained {
  LoadResult load;
  double per_second = 0;  ///< Orders, from the first request until the last is in the feed.
  std::uint64_t in_feed = 0;
  std::chrono::nanoseconds fold_tail{};  ///< From the last answer until the last is in the feed.
  ChildUsage usage;
  DiskUse disk;
  FeedReading feed;
  bool ended_well = false;

  [[nodiscard]] bool clean() const { return load.clean() && in_feed == load.sent && ended_well; }
};

/// Weir in a closed loop, until the last order is in the feed; then its feed is read.
[[nodiscard]] Sustained MeasureSustained(const Bench& bench, std::chrono::seconds duration);

struct Latency {
  LoadResult load;
  double rate = 0;
  Histogram to_feed;          ///< From an order's time until a long poll has brought its change.
  Histogram to_callback;      ///< Until a merchant's endpoint has it.
  std::uint64_t missing = 0;  ///< Not in the feed, or not at the endpoint.
  std::string failure;
  bool ended_well = false;

  [[nodiscard]] bool clean() const {
    return load.clean() && missing == 0 && failure.empty() && ended_well;
  }
};

/// Weir at `rate` orders a second, an ERP following its feed, callbacks going to an endpoint.
[[nodiscard]] Latency MeasureLatency(const Bench& bench, double rate,
                                     std::chrono::seconds duration);

}  // namespace weir::app::bench
