// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "storage/entry.hpp"

namespace weir::storage {

/// One Append on its way: its frames, what the sink will get, and who waits.
struct Waiter {
  std::string frames;
  std::uint64_t count = 0;            ///< Entries in `frames`.
  std::vector<DurableEntry> entries;  ///< For the sink; empty when there is none.
  std::uint64_t weight = 0;           ///< What it holds of the queue's room.
  Result<Position> outcome{};
  /// Tracks work, so that its io_context runs on until it is told.
  boost::asio::any_io_executor executor;
  std::move_only_function<void(Result<Position>)> handler;
};

using WaiterList = std::vector<std::unique_ptr<Waiter>>;

/// Tells each waiter its outcome on its own executor; executors are woken once with all of theirs.
void Complete(WaiterList waiters);

/// Where appenders and the writer meet. Callable from any thread; one thread waits.
class AppendQueue {
 public:
  AppendQueue(const Clock& clock, std::chrono::nanoseconds window, std::uint64_t max_weight)
      : clock_(clock), window_(window), max_weight_(max_weight) {}

  /// Takes room for a waiter of this weight until it leaves the queue; false when too much is
  /// queued already.
  [[nodiscard]] bool Reserve(std::uint64_t weight);
  void Push(std::unique_ptr<Waiter> waiter);
  /// The oldest waiters, at least one if there is any, with about `max_bytes` of frames.
  [[nodiscard]] WaiterList Take(std::uint64_t max_bytes);

  /// Blocks until something is queued and, while flushes take less than the window, has waited for
  /// company; or until Wake().
  void WaitForWork(std::chrono::nanoseconds last_flush);
  void Wake();

 private:
  void Sleep(std::unique_lock<std::mutex>& lock, std::size_t until_queued,
             std::optional<std::chrono::nanoseconds> at_most);

  const Clock& clock_;
  const std::chrono::nanoseconds window_;
  const std::uint64_t max_weight_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::unique_ptr<Waiter>> queue_;
  std::uint64_t weight_ = 0;
  std::chrono::nanoseconds first_queued_{0};
  std::size_t wake_at_ =
      0;  ///< How many must be queued for the writer to be woken; 0: it is awake.
  bool woken_ = false;
};

}  // namespace weir::storage
