// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <thread>

#include "app/bench/answer.hpp"
#include "app/bench/arrivals.hpp"
#include "app/bench/socket.hpp"

namespace weir::app::bench {

/// A merchant's program on one connection to the API. Blocks; one thread at a time.
class ApiClient {
 public:
  ApiClient(std::uint16_t port, std::string_view key);

  /// Valid until the next call. Throws std::runtime_error when no whole answer comes.
  [[nodiscard]] Answer Get(std::string_view target);

  /// The change feed's end, once all of it can be read.
  [[nodiscard]] std::uint64_t FeedEnd();

  /// Waits until the feed has `orders` changes. Gives up when it has not moved for a minute, and
  /// tells how far it got.
  [[nodiscard]] std::uint64_t AwaitFeed(std::uint64_t orders);

  /// Waits until the gateway is ready. Throws std::runtime_error after `within`.
  void AwaitReady(std::chrono::seconds within);

 private:
  std::string request_tail_;
  Descriptor socket_;
  std::string bytes_;
  std::size_t filled_ = 0;
};

/// Where a page of the feed ends: its `next`. Throws std::runtime_error when it is no page.
[[nodiscard]] std::uint64_t NextOf(std::string_view page);

/// Follows the feed in its own thread by long polls and remembers when each order came.
class FeedFollower {
 public:
  /// Of `count` orders from `first` on; from the end the feed has now.
  FeedFollower(std::uint16_t port, std::string_view key, std::uint64_t first, std::uint64_t count);
  ~FeedFollower();
  FeedFollower(const FeedFollower&) = delete;
  FeedFollower& operator=(const FeedFollower&) = delete;

  /// Waits until `count` orders have come, at most `within`, and ends the thread.
  void Finish(std::uint64_t count, std::chrono::seconds within);

  [[nodiscard]] const Arrivals& arrivals() const { return arrivals_; }   ///< After Finish().
  [[nodiscard]] const std::string& failure() const { return failure_; }  ///< After Finish().

 private:
  void Run(std::uint64_t after);

  ApiClient client_;
  Arrivals arrivals_;
  std::string failure_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

struct FeedReading {
  std::uint64_t changes = 0;
  std::uint64_t bytes = 0;
  std::chrono::nanoseconds took{};
};

/// Reads the feed from its beginning in pages of 500, to its end or for `at_most`.
[[nodiscard]] FeedReading ReadFeed(std::uint16_t port, std::string_view key,
                                   std::chrono::seconds at_most);

}  // namespace weir::app::bench
