// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include "base/clock.hpp"
#include "base/timer.hpp"
#include "net/address_policy.hpp"
#include "net/parser.hpp"
#include "net/transport.hpp"

namespace weir::net {

struct BeastTransportOptions {
  MessageLimits message{.header_bytes = 16 * 1024, .body_bytes = 8 * 1024 * 1024};
  std::chrono::milliseconds connect = std::chrono::seconds(5);  ///< For each address of a host.
  std::chrono::milliseconds idle = std::chrono::seconds(30);    ///< How long a connection is kept.
  std::size_t idle_per_host = 64;  ///< Kept at most, per network thread.
  AddressPolicy allow;             ///< Empty: every address.
  std::string authorities;         ///< PEM file of trusted roots; empty: the system's.
};

/// The bottom of the client stack: HTTP/1.1 over TCP and TLS.
///
/// Connections are pooled per thread, scheme, host and port. Certificates are verified for the
/// host's name. Redirects are answers like any other. A GET, a HEAD or what is marked
/// idempotent is sent once more over a new connection when it finds its pooled one dead; nothing
/// else is ever sent twice. An answer packed by gzip, to a request that allowed it, is unpacked;
/// the size limit holds for both.
///
/// Errors: kRejected when the policy allows none of the host's addresses, kMalformed when the URL
/// or the answer is (one over the size limit too), else kTransport.
/// Callable from any thread whose executor is an io_context; dies before those io_contexts.
class BeastTransport final : public Transport {
 public:
  /// Throws std::runtime_error when the authorities cannot be read.
  BeastTransport(BeastTransportOptions options, Clock& clock, Timer& timer);
  ~BeastTransport() override;

  boost::asio::awaitable<Result<Response>> Send(Request request,
                                                std::chrono::milliseconds timeout) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace weir::net
