// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>

#include "base/error.hpp"
#include "net/message.hpp"

namespace weir::net {

/// HTTP out: the bottom of the client stack, injected. The real one speaks TCP and TLS; simulated
/// worlds hand the request to a simulator.
class Transport {
 public:
  virtual ~Transport() = default;

  /// Sends one request (absolute URL in target) and returns the complete answer, whatever its
  /// status. kTransport when no complete answer came within `timeout`.
  virtual boost::asio::awaitable<Result<Response>> Send(Request request,
                                                        std::chrono::milliseconds timeout) = 0;
};

}  // namespace weir::net
