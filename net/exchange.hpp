// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <string_view>
#include <vector>

#include "net/beast_transport.hpp"
#include "net/connection_pool.hpp"
#include "net/url.hpp"

/// Inside the client: one request from its connection to its answer.
namespace weir::net {

/// What all exchanges of a transport share.
struct ClientShared {
  BeastTransportOptions options;
  Clock& clock;
  Timer& timer;
  boost::asio::ssl::context tls;
  ConnectionPool pool;
};

/// Sends one request, on a pooled connection if there is one. Outlives its Run(), which is called
/// once and ends early when it is cancelled.
class Exchange {
 public:
  Exchange(ClientShared& shared, Request request, Url url)
      : shared_(shared), request_(std::move(request)), url_(std::move(url)) {}

  boost::asio::awaitable<Result<Response>> Run();

 private:
  using Code = boost::system::error_code;
  using Endpoint = boost::asio::ip::tcp::endpoint;

  boost::asio::awaitable<Result<void>> Open();
  boost::asio::awaitable<Result<std::vector<Endpoint>>> Locate();
  boost::asio::awaitable<Result<void>> Connect(Endpoint endpoint);

  boost::asio::awaitable<Result<Response>> Ask();
  template <typename Stream>
  boost::asio::awaitable<Result<Response>> Converse(Stream* stream);
  template <typename Stream>
  boost::asio::awaitable<Code> Write(Stream* stream);
  template <typename Stream>
  boost::asio::awaitable<Code> Read(Stream* stream, ResponseParser* parser);

  ClientShared& shared_;
  Request request_;
  Url url_;
  std::unique_ptr<Link> link_;
  bool is_heard_ = false;     ///< The first byte of an answer came.
  bool is_reusable_ = false;  ///< The answer is complete and the connection as good as new.
};

}  // namespace weir::net
