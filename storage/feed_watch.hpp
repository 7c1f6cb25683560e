// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "base/timer.hpp"

namespace weir::storage {

/// How far each merchant's feed reaches, and those who wait for it to grow. In memory only; part of
/// a Storage. Callable from any thread.
class FeedWatch {
 public:
  /// `timer` outlives this and whoever waits.
  explicit FeedWatch(Timer& timer);
  ~FeedWatch();

  /// The last published seq; 0 before the first.
  [[nodiscard]] std::uint64_t End(const std::string& merchant) const;
  /// The feed now reaches `seq`: resumes those who waited for less, on their own executors.
  void Publish(const std::string& merchant, std::uint64_t seq);
  /// Returns once End(merchant) > seq, after `timeout`, or when cancelled.
  boost::asio::awaitable<void> WaitBeyond(std::string merchant, std::uint64_t seq,
                                          std::chrono::milliseconds timeout);

  struct Waiters;

 private:
  Timer& timer_;
  std::shared_ptr<Waiters> waiters_;
};

}  // namespace weir::storage
