// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "app/demo/feed_log.hpp"
#include "base/clock.hpp"

namespace weir::app::demo {

/// A merchant's system that follows GET /v1/changes by long polling, in a thread of its own.
class Poller {
 public:
  /// Called in the poller's thread for each change, in order.
  using OnChange = std::function<void(const Change&)>;

  struct Progress {
    std::map<std::string, std::uint64_t> changes_of;  ///< As FeedLog::changes_of.
    /// The longest time from a change's stamp to its arrival, since the last call of TakeProgress.
    std::chrono::milliseconds lag{0};
  };

  /// `clock` outlives the poller.
  Poller(std::string origin, std::string key, const Clock& clock, OnChange on_change);
  ~Poller();
  Poller(const Poller&) = delete;
  Poller& operator=(const Poller&) = delete;

  void Start();
  /// Ends the thread, after the poll under way: a second at most. Once.
  void Stop();

  // From any thread.
  [[nodiscard]] Progress TakeProgress();
  [[nodiscard]] FeedLog log() const;

 private:
  void Run();
  /// False when nothing came and it is better to wait a little.
  bool Take(const Result<std::string>& page);

  const std::string origin_;
  const std::string key_;
  const Clock& clock_;
  const OnChange on_change_;
  mutable std::mutex mutex_;
  FeedLog log_;
  std::chrono::milliseconds lag_{0};
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace weir::app::demo
