// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>

#include "base/clock.hpp"
#include "net/transport.hpp"

namespace weir::net {

struct BreakerPolicy {
  unsigned failures = 5;  ///< In a row, to open the circuit.
  std::chrono::milliseconds open_for = std::chrono::seconds(10);
};

/// A circuit breaker per scheme, host and port: a server that keeps failing is left alone for a
/// while, then one request tries whether it is back.
///
/// Failures are kTransport and the answers 502, 503 and 504. While the circuit is open nothing is
/// sent and the answer is kRateLimited with retry_after: the caller knows that its request never
/// left. Callable from any thread.
class BreakerTransport final : public Transport {
 public:
  /// Both references outlive this object.
  BreakerTransport(Transport& next, BreakerPolicy policy, Clock& clock);

  boost::asio::awaitable<Result<Response>> Send(Request request,
                                                std::chrono::milliseconds timeout) override;

  [[nodiscard]] std::size_t open_circuits() const;

 private:
  struct Circuit {
    unsigned failures = 0;
    std::chrono::nanoseconds open_until{0};
    bool is_probed = false;
  };
  class Passage;

  Transport& next_;
  BreakerPolicy policy_;
  Clock& clock_;
  mutable std::mutex mutex_;
  std::map<std::string, Circuit> circuits_;  ///< Of those only that failed last.
};

}  // namespace weir::net
