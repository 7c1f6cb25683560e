// SPDX-License-Identifier: Apache-2.0
#include "net/exchange.hpp"

#include <fmt/format.h>

#include <array>
#include <boost/asio/experimental/channel.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/error.hpp>
#include <utility>

#include "net/await.hpp"
#include "net/timeout.hpp"
#include "net/wire.hpp"

namespace weir::net {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using Code = boost::system::error_code;
using Found = asio::ip::tcp::resolver::results_type;

constexpr std::size_t kReadSize = 16 * 1024;
constexpr std::size_t kKeptBuffer = 64 * 1024;
constexpr std::size_t kCopiedBody = 16 * 1024;  ///< Larger ones are written from where they are.
constexpr unsigned kSwitchingProtocols = 101;

Error Explain(const Code& error) {
  if (error == http::error::partial_message) {
    return {.kind = ErrorKind::kTransport, .message = "The answer ended in its middle."};
  }
  if (error == http::error::body_limit || error == http::error::header_limit) {
    return {.kind = ErrorKind::kMalformed, .message = "The answer is larger than allowed."};
  }
  if (error.category() == http::make_error_code(http::error::body_limit).category()) {
    return {.kind = ErrorKind::kMalformed,
            .message = "The answer is malformed: " + error.message() + "."};
  }
  return {.kind = ErrorKind::kTransport,
          .message = "The connection broke: " + error.message() + "."};
}

/// getaddrinfo cannot be interrupted; a caller who gives up leaves it running behind and goes on.
asio::awaitable<std::pair<Code, Found>> Resolve(std::string host, std::uint16_t port) {
  using Answer = asio::experimental::channel<void(Code, Found)>;
  const auto executor = co_await asio::this_coro::executor;
  const auto resolver = std::make_shared<asio::ip::tcp::resolver>(executor);
  const auto answer = std::make_shared<Answer>(executor, 1);
  resolver->async_resolve(host, std::to_string(port),
                          [resolver, answer](const Code& error, Found found) {
                            answer->try_send(error, std::move(found));
                          });
  auto [error, found] = co_await answer->async_receive(kAwait);
  co_return std::pair(error, std::move(found));
}

}  // namespace

asio::awaitable<Result<Response>> Exchange::Run() {
  const auto executor = co_await asio::this_coro::executor;
  const ConnectionPool::Key key{&asio::query(executor, asio::execution::context), url_.origin()};
  const bool may_repeat =
      request_.idempotent || request_.method == "GET" || request_.method == "HEAD";

  link_ = shared_.pool.Take(key, shared_.clock.Monotonic());
  const bool is_pooled = link_ != nullptr;
  Result<Response> answer;
  if (is_pooled) {
    answer = co_await Ask();
  }
  if (!is_pooled || (!answer && !is_heard_ && may_repeat)) {
    if (auto opened = co_await Open(); !opened) {
      co_return std::unexpected(std::move(opened.error()));
    }
    answer = co_await Ask();
  }
  if (is_reusable_) {
    if (link_->input.capacity() > kKeptBuffer) {
      link_->input.shrink_to_fit();
    }
    shared_.pool.Put(key, std::move(link_), shared_.clock.Monotonic());
  }
  co_return answer;
}

asio::awaitable<Result<void>> Exchange::Open() {
  auto endpoints = co_await Locate();
  if (!endpoints) {
    co_return std::unexpected(std::move(endpoints.error()));
  }
  const AddressPolicy& allow = shared_.options.allow;
  std::erase_if(*endpoints,
                [&allow](const Endpoint& endpoint) { return allow && !allow(endpoint.address()); });
  Result<void> opened =
      Fail(ErrorKind::kRejected, fmt::format("No address of {} may be connected to.", url_.host));
  for (const Endpoint& endpoint : *endpoints) {
    opened = co_await WithTimeout(shared_.timer, shared_.options.connect, Connect(endpoint));
    if (opened) {
      break;
    }
  }
  co_return opened;
}

asio::awaitable<Result<std::vector<Exchange::Endpoint>>> Exchange::Locate() {
  Code no_literal;
  const auto address = asio::ip::make_address(url_.host, no_literal);
  if (!no_literal) {
    co_return std::vector{Endpoint(address, url_.port)};
  }
  const auto [error, found] = co_await Resolve(url_.host, url_.port);
  if (error) {
    co_return Fail(ErrorKind::kTransport,
                   fmt::format("Cannot resolve {}: {}.", url_.host, error.message()));
  }
  std::vector<Endpoint> endpoints;
  for (const auto& entry : found) {
    endpoints.push_back(entry.endpoint());
  }
  co_return endpoints;
}

asio::awaitable<Result<void>> Exchange::Connect(Endpoint endpoint) {
  PlainStream socket(co_await asio::this_coro::executor);
  const auto [error] = co_await socket.async_connect(endpoint, kAwait);
  if (error) {
    co_return Fail(ErrorKind::kTransport,
                   fmt::format("Cannot connect to {}: {}.", url_.origin(), error.message()));
  }
  Code ignored;
  socket.set_option(asio::ip::tcp::no_delay(true), ignored);
  if (!url_.is_tls()) {
    link_ = std::make_unique<Link>(std::move(socket));
    co_return Result<void>();
  }
  TlsStream stream(std::move(socket), shared_.tls);
  SSL_set_tlsext_host_name(stream.native_handle(), url_.host.c_str());
  stream.set_verify_callback(asio::ssl::host_name_verification(url_.host));
  const auto [refused] = co_await stream.async_handshake(TlsStream::client, kAwait);
  if (refused) {
    co_return Fail(ErrorKind::kTransport,
                   fmt::format("TLS with {} failed: {}.", url_.origin(), refused.message()));
  }
  link_ = std::make_unique<Link>(std::move(stream));
  co_return Result<void>();
}

asio::awaitable<Result<Response>> Exchange::Ask() {
  if (auto* plain = std::get_if<PlainStream>(&link_->stream)) {
    return Converse(plain);
  }
  return Converse(&std::get<TlsStream>(link_->stream));
}

template <typename Stream>
asio::awaitable<Result<Response>> Exchange::Converse(Stream* stream) {
  // A server may refuse a large body and close before it has read all of it: its answer counts.
  const Code unsent = co_await Write(stream);
  for (;;) {
    ResponseParser parser(shared_.options.message);
    parser.skip(request_.method == "HEAD");
    const Code error = co_await Read(stream, &parser);
    if (error) {
      co_return std::unexpected(Explain(unsent && !is_heard_ ? unsent : error));
    }
    const unsigned status = parser.message().status;
    if (status >= 200 || status == kSwitchingProtocols) {
      is_reusable_ = parser.keep_alive() && !unsent && link_->input.size() == 0 &&
                     status != kSwitchingProtocols;
      co_return std::move(parser.message());
    }
  }
}

template <typename Stream>
asio::awaitable<Exchange::Code> Exchange::Write(Stream* stream) {
  std::string& head = link_->output;
  head.clear();
  AppendHead(head, request_, url_.authority(), url_.target);
  if (request_.body.size() <= kCopiedBody) {
    head.append(request_.body);
    const auto [error, count] = co_await asio::async_write(*stream, asio::buffer(head), kAwait);
    co_return error;
  }
  const std::array<asio::const_buffer, 2> parts{asio::buffer(head), asio::buffer(request_.body)};
  const auto [error, count] = co_await asio::async_write(*stream, parts, kAwait);
  co_return error;
}

template <typename Stream>
asio::awaitable<Exchange::Code> Exchange::Read(Stream* stream, ResponseParser* parser) {
  auto& input = link_->input;
  for (;;) {
    Code error;
    if (input.size() != 0) {
      input.consume(parser->put(input.data(), error));
      if (parser->is_done() || (error && error != http::error::need_more)) {
        co_return error;
      }
      if (input.size() > 2 * std::size_t{shared_.options.message.header_bytes}) {
        co_return http::error::header_limit;
      }
    }
    std::size_t count = 0;
    std::tie(error, count) = co_await stream->async_read_some(input.prepare(kReadSize), kAwait);
    input.commit(count);
    is_heard_ = is_heard_ || count > 0;
    if (error == asio::error::eof && parser->got_some()) {
      parser->put_eof(error);
      co_return error;
    }
    if (error) {
      co_return error;
    }
  }
}

}  // namespace weir::net
