// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>

#include "app/bench/histogram.hpp"
#include "app/bench/signed_orders.hpp"

namespace weir::app::bench {

struct LoadOptions {
  std::uint16_t port = 0;
  std::size_t connections = 64;
  std::chrono::nanoseconds duration{};
  /// Orders a second, each due at its own time whether or not a connection is free, and its answer
  /// counted from then on; 0: each connection sends its next order when the last one is answered.
  double rate = 0;
  std::uint64_t first = 0;  ///< The first order's number; the others follow.
  std::uint64_t at_most = std::numeric_limits<std::uint64_t>::max();  ///< Orders.
};

struct LoadResult {
  std::uint64_t sent = 0;
  std::uint64_t lost = 0;  ///< Sent, never answered.
  std::map<unsigned, std::uint64_t> statuses;
  Histogram answers;
  std::chrono::nanoseconds began{};  ///< Monotonic: the first order's time.
  std::chrono::nanoseconds ended{};  ///< Monotonic: the last answer's.

  [[nodiscard]] std::uint64_t Of(unsigned status) const;
  /// Everything was sent and answered by 200.
  [[nodiscard]] bool clean() const { return sent > 0 && Of(200) == sent; }
  [[nodiscard]] double per_second() const;  ///< Of the answers 200.
};

/// When order `order` of an open loop is due.
[[nodiscard]] std::chrono::nanoseconds DueAt(std::chrono::nanoseconds began, double rate,
                                             std::uint64_t order);

/// Loads the server from the calling thread and returns once all is answered, or ten seconds after
/// the end. Throws std::system_error when it cannot connect.
[[nodiscard]] LoadResult RunLoad(const SignedOrders& orders, const LoadOptions& options);

}  // namespace weir::app::bench
