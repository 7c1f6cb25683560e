// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <thread>

#include "app/bench/arrivals.hpp"
#include "base/clock.hpp"
#include "base/random.hpp"
#include "base/timer.hpp"
#include "net/server.hpp"

namespace weir::app::bench {

/// A merchant's endpoint that takes every callback, in a thread of its own.
class Endpoint {
 public:
  /// Notes when the bench's orders come, `count` from the first on.
  explicit Endpoint(std::uint64_t count);
  ~Endpoint();
  Endpoint(const Endpoint&) = delete;
  Endpoint& operator=(const Endpoint&) = delete;

  /// The block of a configuration that sends everything here.
  [[nodiscard]] std::string Subscription() const;
  /// Waits until `count` orders have come, at most `within`, and ends the thread.
  void Finish(std::uint64_t count, std::chrono::seconds within);
  [[nodiscard]] const Arrivals& arrivals() const { return arrivals_; }  ///< After Finish().

 private:
  boost::asio::awaitable<net::Response> Take(net::Request request);

  SystemClock clock_;
  SystemTimer timer_;
  SystemRandom random_;
  boost::asio::io_context context_{1};
  std::optional<boost::asio::executor_work_guard<boost::asio::io_context::executor_type>> guard_;
  Arrivals arrivals_;
  net::HttpServer server_;
  std::thread thread_;
};

}  // namespace weir::app::bench
