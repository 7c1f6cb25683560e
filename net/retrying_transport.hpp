// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "base/timer.hpp"
#include "net/transport.hpp"

namespace weir::net {

struct RetryPolicy {
  unsigned attempts = 3;                       ///< In all, the first included.
  std::chrono::milliseconds first_pause{200};  ///< Doubled from attempt to attempt.
  std::chrono::milliseconds longest_pause = std::chrono::seconds(10);
  std::chrono::milliseconds attempt_timeout = std::chrono::seconds(10);
};

/// Sends again what failed for a passing reason, if the request is marked idempotent; every other
/// request goes through once, untouched.
///
/// Passing reasons are transient errors and the answers 429, 502, 503 and 504. The pause is what
/// the other side asks for, else exponential; each with jitter, so that callers who failed together
/// do not come back together. The caller's timeout holds for all attempts and pauses; when the next
/// pause would not fit, the last outcome is returned at once.
class RetryingTransport final : public Transport {
 public:
  /// All references outlive this object.
  RetryingTransport(Transport& next, RetryPolicy policy, Clock& clock, Timer& timer,
                    Random& random);

  boost::asio::awaitable<Result<Response>> Send(Request request,
                                                std::chrono::milliseconds timeout) override;

 private:
  [[nodiscard]] std::chrono::milliseconds PauseBefore(unsigned attempt,
                                                      const Result<Response>& outcome);

  Transport& next_;
  RetryPolicy policy_;
  Clock& clock_;
  Timer& timer_;
  Random& random_;
};

}  // namespace weir::net
