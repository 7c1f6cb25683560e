// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>

#include "base/clock.hpp"
#include "base/timer.hpp"

namespace weir {

/// A clock that stands still until it is moved, for tests and simulated worlds.
/// Callable from any thread.
class FakeClock final : public Clock {
 public:
  explicit FakeClock(Instant start = Instant(std::chrono::seconds(1'764'000'000)));

  [[nodiscard]] Instant Now() const override;
  [[nodiscard]] std::chrono::nanoseconds Monotonic() const override;

  /// Lets `duration` pass: both times move. Not negative.
  void Advance(std::chrono::nanoseconds duration);
  /// Lets time pass until `at`; an `at` that is past is a Jump there.
  void Set(Instant at);
  /// Moves wall-clock time alone, either way, as an operator or NTP does.
  void Jump(std::chrono::milliseconds by);

 private:
  mutable std::mutex mutex_;
  std::chrono::nanoseconds wall_;
  std::chrono::nanoseconds monotonic_{0};
};

/// Waits that end when a FakeClock says so. Waiters resume on their own executors, by posting, in
/// the order they were due and, within one moment, in the order they began to wait.
///
/// Callable from any thread. `clock` outlives it; waiting coroutines may outlive it.
class FakeTimer final : public Timer {
 public:
  explicit FakeTimer(FakeClock& clock);
  ~FakeTimer() override;

  boost::asio::awaitable<void> Wait(std::chrono::nanoseconds duration) override;

  /// When, in the clock's monotonic time, the next waiter is due; nullopt when nobody waits.
  [[nodiscard]] std::optional<std::chrono::nanoseconds> NextDue() const;
  /// Resumes all that are due by now; returns how many.
  std::size_t RunDue();
  /// Moves the clock in one step, then RunDue().
  std::size_t Advance(std::chrono::nanoseconds duration);
  /// Lets `duration` pass from one due moment to the next, polling `io` until it is idle at each,
  /// so that what a waiter starts takes place at its time.
  void RunFor(boost::asio::io_context& io, std::chrono::nanoseconds duration);

 private:
  struct Queue;
  FakeClock& clock_;
  std::shared_ptr<Queue> queue_;
};

}  // namespace weir
