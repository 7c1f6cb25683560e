// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

#include "base/clock.hpp"

namespace weir::sync {

/// How far the fold is behind the journal, and what that means for senders. Thread-safe.
///
/// The hold grows smoothly with the lag, so that a closed loop of senders settles where the fold
/// keeps up, instead of swinging between full speed and a standstill.
class Backpressure {
 public:
  explicit Backpressure(const Clock& clock) : clock_(clock) {}

  /// The fold reports after each batch: how many durable entries it has not folded, and for how
  /// long the oldest of them has waited.
  void NoteLag(std::uint64_t entries, std::chrono::nanoseconds age);
  void NoteDiskFull(bool full) { disk_full_.store(full, std::memory_order_relaxed); }
  void NoteDiskFailing(bool failing) { disk_failing_.store(failing, std::memory_order_relaxed); }

  /// Why new pushes are refused right now, or nullptr: "lag" (60 s behind) or "disk" (under 1 GiB).
  [[nodiscard]] const char* Refusal() const;

  /// How long the journal's writer waits before its next group: every answer of that group waits
  /// with it. At most 500 ms.
  [[nodiscard]] std::chrono::nanoseconds Hold() const;

  [[nodiscard]] bool disk_full() const { return disk_full_.load(std::memory_order_relaxed); }
  [[nodiscard]] bool disk_failing() const { return disk_failing_.load(std::memory_order_relaxed); }
  [[nodiscard]] std::uint64_t lag_entries() const {
    return entries_.load(std::memory_order_relaxed);
  }
  [[nodiscard]] std::chrono::milliseconds lag() const;

 private:
  const Clock& clock_;
  std::atomic<std::uint64_t> entries_{0};
  std::atomic<std::int64_t> oldest_since_{0};  ///< Monotonic ns; 0: nothing waits.
  std::atomic<bool> disk_full_{false};
  std::atomic<bool> disk_failing_{false};
};

}  // namespace weir::sync
