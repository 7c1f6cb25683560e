// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/execution_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <tuple>
#include <variant>

/// Inside the client: connections, and those that wait for their next request.
namespace weir::net {

using PlainStream = boost::asio::ip::tcp::socket;
using TlsStream = boost::asio::ssl::stream<PlainStream>;

/// An open connection to a server with the buffers it reuses.
struct Link {
  explicit Link(std::variant<PlainStream, TlsStream> opened) : stream(std::move(opened)) {}

  std::variant<PlainStream, TlsStream> stream;
  boost::beast::flat_buffer input;
  std::string output;
};

/// Connections between two requests, youngest first out. Callable from any thread; a link is only
/// given back to the execution context it was opened on.
class ConnectionPool {
 public:
  /// Execution context and Url::origin().
  using Key = std::tuple<boost::asio::execution_context*, std::string>;
  using Time = std::chrono::nanoseconds;

  ConnectionPool(Time idle, std::size_t idle_per_host) : idle_(idle), limit_(idle_per_host) {}

  /// A connection that is open as far as can be seen without a round trip, or nullptr.
  std::unique_ptr<Link> Take(const Key& key, Time now);
  void Put(const Key& key, std::unique_ptr<Link> link, Time now);

 private:
  struct Idle {
    std::unique_ptr<Link> link;
    Time since;
  };

  void DropExpired(Time now);

  Time idle_;
  std::size_t limit_;
  std::mutex mutex_;
  std::map<Key, std::deque<Idle>> idle_links_;  ///< Oldest first.
  Time last_sweep_{0};
};

}  // namespace weir::net
