// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>

namespace weir {

/// Waiting, injected: the real one is an Asio timer, the fake one moves with a fake clock.
class Timer {
 public:
  virtual ~Timer() = default;

  /// Resumes the caller on its own executor after `duration`. Returns early when the awaiting
  /// coroutine is cancelled; the caller checks its cancellation state.
  virtual boost::asio::awaitable<void> Wait(std::chrono::nanoseconds duration) = 0;
};

class SystemTimer final : public Timer {
 public:
  boost::asio::awaitable<void> Wait(std::chrono::nanoseconds duration) override;
};

}  // namespace weir
