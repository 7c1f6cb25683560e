// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "base/timer.hpp"
#include "net/message.hpp"
#include "net/parser.hpp"

namespace weir::net {

/// What a client may cost us. A limit passed by a client's slowness ends its connection, with 408
/// when it has begun a request; time-outs are kept to a quarter of a second.
struct ServerLimits {
  MessageLimits message;                                         ///< 431 and 413 beyond it.
  std::size_t connections = 10'000;                              ///< 503 beyond it.
  std::chrono::milliseconds idle = std::chrono::seconds(75);     ///< Between two requests.
  std::chrono::milliseconds header = std::chrono::seconds(10);   ///< First byte to last field.
  std::chrono::milliseconds request = std::chrono::seconds(30);  ///< First byte to end of the body.
  std::chrono::milliseconds response = std::chrono::seconds(30);  ///< To take an answer.
};

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;       ///< 0: any free one, see HttpServer::port().
  std::string tls_certificate;  ///< PEM file with the chain; empty: plain HTTP.
  std::string tls_key;          ///< PEM file.
  ServerLimits limits;
  /// Makes the answer to what never becomes a request (malformed, too large, too slow) or fails.
  std::function<Response(unsigned status, std::string_view why)> refuse;
};

/// Written by the network threads, read from any.
struct ServerCounters {
  std::atomic<std::uint64_t> accepted{0};
  std::atomic<std::uint64_t> active{0};     ///< Connections now.
  std::atomic<std::uint64_t> refused{0};    ///< Connections over the limit.
  std::atomic<std::uint64_t> timed_out{0};  ///< Clients cut off in the middle of a message.
  std::atomic<std::uint64_t> bad_requests{
      0};  ///< Answered 400, 413, 431 or 505 before any handler.
};

/// Where a server lives. All of it outlives the server.
struct ServerContext {
  std::vector<boost::asio::io_context*> threads;  ///< One per network thread, each run by one.
  Clock& clock;
  Timer& timer;
  Random& random;
};

/// HTTP/1.1 (and 1.0) over TCP or TLS.
///
/// One acceptor gives each connection to the thread that holds the fewest; there it stays. Requests
/// of a connection are handled one after the other, pipelined ones too.
class HttpServer {
 public:
  /// Called on the connection's thread, concurrently with itself on the others.
  using Handle = std::function<boost::asio::awaitable<Response>(Request)>;

  /// Throws when the certificate or key cannot be read.
  HttpServer(ServerOptions options, ServerContext context, Handle handle);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  /// Binds and begins to accept once the io_contexts run. Throws std::runtime_error, which says
  /// what to change, when the address cannot be bound.
  void Start();
  [[nodiscard]] std::uint16_t port() const;  ///< After Start().

  /// Stops accepting, closes idle connections, lets running requests finish ("Connection: close")
  /// for `grace`, then cancels them. Returns when every connection has ended, at the latest a
  /// second after `grace`. Once, from any executor, after Start().
  boost::asio::awaitable<void> Stop(std::chrono::milliseconds grace);

  [[nodiscard]] const ServerCounters& counters() const;

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace weir::net
