// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <vector>

#include "base/clock.hpp"
#include "base/suspend.hpp"
#include "storage/entry.hpp"

namespace weir::sync {

/// Durable entries on their way to the fold, in position order.
///
/// Holds at most `max_bytes`; what comes beyond is let go (it stands in the journal) and the fold
/// reads it from there. Filled on the journal's writer, emptied by one folder; thread-safe.
class FoldQueue final : public storage::EntrySink {
 public:
  FoldQueue(const Clock& clock, std::size_t max_bytes);

  void OnDurable(std::vector<storage::DurableEntry> group) override;

  /// The entries from `next` on, at most `limit`; empty when the queue does not hold `next` (it is
  /// not durable yet, or was let go). Entries before `next` are forgotten.
  [[nodiscard]] std::vector<storage::DurableEntry> Take(std::uint64_t next, std::size_t limit);

  /// Returns when something durable may wait at or beyond `next`, or after Wake(). One waiter.
  boost::asio::awaitable<void> WaitFor(std::uint64_t next);
  void Wake();

  /// The last durable offset this queue was told of; 0 before the first.
  [[nodiscard]] std::uint64_t last_offset() const;
  /// How long the oldest entry held has waited; zero when none is held.
  [[nodiscard]] std::chrono::nanoseconds OldestAge() const;

 private:
  struct Held {
    storage::DurableEntry entry;
    std::size_t bytes = 0;
    std::chrono::nanoseconds since{};
  };
  void WakeLocked(std::unique_lock<std::mutex>& lock);

  const Clock& clock_;
  const std::size_t max_bytes_;
  mutable std::mutex mutex_;
  std::deque<Held> held_;
  std::size_t held_bytes_ = 0;
  std::uint64_t last_offset_ = 0;
  bool woken_ = false;
  Resume<> waiter_;
};

}  // namespace weir::sync
