// SPDX-License-Identifier: Apache-2.0
#include "net/session.hpp"

#include <spdlog/spdlog.h>

#include <array>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <utility>

#include "net/await.hpp"
#include "net/wire.hpp"

namespace weir::net {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using Code = boost::system::error_code;
using TlsStream = asio::ssl::stream<ServerSocket>;

constexpr std::size_t kReadSize = 8 * 1024;
constexpr std::size_t kLargeReadSize = 64 * 1024;  ///< While a body comes in.
constexpr std::size_t kKeptBuffer = 32 * 1024;     ///< What an idle connection may hold on to.
constexpr std::size_t kCopiedBody = 16 * 1024;     ///< Larger ones are written from where they are.
constexpr std::chrono::seconds kLinger{2};
constexpr std::size_t kLingerBytes = 1024 * 1024;

/// Why no request came out of a connection.
struct Refusal {
  unsigned status = 0;  ///< 0: nobody is there to be told.
  std::string why;
};

Refusal Explain(const Code& error) {
  if (error == http::error::header_limit || error == http::error::buffer_overflow) {
    return {431, "The request line or the header fields are too large."};
  }
  if (error == http::error::body_limit) {
    return {413, "The body is too large."};
  }
  if (error == http::error::bad_version) {
    return {505, "Only versions 1.1 and 1.0 of HTTP are spoken here."};
  }
  return {400, "The request is malformed: " + error.message() + "."};
}

std::string PeerAddress(const ServerSocket& socket) {
  Code error;
  const auto peer = socket.remote_endpoint(error);
  return error ? std::string() : peer.address().to_string();
}

template <typename Stream>
class Session final : public Connection {
 public:
  static constexpr bool kIsTls = std::is_same_v<Stream, TlsStream>;

  template <typename... Args>
  explicit Session(std::shared_ptr<Worker> worker, Args&&... args)
      : worker_(std::move(worker)), stream_(std::forward<Args>(args)...) {}

  static void Start(std::shared_ptr<Session> self) {
    auto& io = self->worker_->io();
    auto slot = self->abort_.slot();
    auto* session = self.get();
    asio::co_spawn(io, session->Run(), asio::bind_cancellation_slot(slot, Completion{self}));
  }

  void CancelWaiting() override {
    Code ignored;
    stream_.lowest_layer().cancel(ignored);
  }

  void Abort() override {
    abort_.emit(asio::cancellation_type::terminal);
    Code ignored;
    stream_.lowest_layer().close(ignored);
  }

 private:
  using Limit = std::chrono::milliseconds;

  /// Keeps the session alive while it runs, and takes it off the worker at its end.
  struct Completion {
    std::shared_ptr<Session> session;
    void operator()(const std::exception_ptr&) const { session->worker_->Leave(*session); }
  };

  asio::awaitable<void> Run() {
    worker_->Enter(*this);
    remote_ = PeerAddress(Socket());
    is_open_ = !worker_->is_draining();
    if constexpr (kIsTls) {
      Arm(limits().header);
      const auto [error] = co_await stream_.async_handshake(TlsStream::server, kAwait);
      is_open_ = is_open_ && !error && !timed_out;
    }
    while (is_open_) {
      co_await ServeOne();
    }
    co_await Close();
  }

  /// One request and its answer; is_open_ tells whether another may follow.
  asio::awaitable<void> ServeOne() {
    parser_.emplace(limits().message);
    if (auto refusal = co_await ReadRequest()) {
      is_open_ = false;
      if (refusal->status != 0) {
        has_unread_ = true;
        co_await Send(Refuse(refusal->status, refusal->why), {.keep_alive = false},
                      worker_->NextRequestId());
      }
      co_return;
    }
    Request& request = parser_->message();
    request.remote = remote_;
    request.request_id = worker_->NextRequestId();
    Framing framing{.keep_alive = parser_->keep_alive(),
                    .is_old = parser_->is_old(),
                    .is_head = request.method == "HEAD"};
    std::string id = request.request_id;
    Response response = co_await Answer(std::move(request));
    framing.keep_alive = framing.keep_alive && !worker_->is_draining();
    is_open_ = framing.keep_alive;
    co_await Send(std::move(response), framing, std::move(id));
  }

  /// Reads until parser_ is done; else says why it never will be.
  asio::awaitable<std::optional<Refusal>> ReadRequest() {
    is_idle = input_.size() == 0;
    Arm(is_idle ? limits().idle : limits().header);
    bool has_header = false;
    bool has_continued = false;
    for (;;) {
      if (input_.size() != 0) {
        if (const Code error = Parse()) {
          co_return Explain(error);
        }
        if (parser_->is_done()) {
          break;
        }
        if (!has_header && parser_->is_header_done()) {
          has_header = true;
          Arm(limits().request);
        }
      }
      if (has_header && !std::exchange(has_continued, true) && parser_->expects_continue()) {
        static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
        co_await asio::async_write(stream_, asio::buffer(kContinue), kAwait);
      }
      const auto [error, count] = co_await stream_.async_read_some(
          input_.prepare(has_header ? kLargeReadSize : kReadSize), kAwait);
      input_.commit(count);
      if (error || timed_out) {
        co_return Broken();
      }
      if (is_idle) {
        is_idle = false;
        Arm(limits().header);
      }
    }
    Disarm();
    co_return std::nullopt;
  }

  /// Feeds parser_ what has come. Needing more is no error, unless the limits are passed.
  Code Parse() {
    Code error;
    input_.consume(parser_->put(input_.data(), error));
    if (error == http::error::need_more) {
      error = {};
    }
    if (!error && !parser_->is_done() && input_.size() > input_limit()) {
      error = http::error::header_limit;
    }
    return error;
  }

  /// The read under way has failed or was cancelled.
  [[nodiscard]] Refusal Broken() const {
    if (timed_out && !is_idle) {
      return {408, "The request did not come in time."};
    }
    return {};
  }

  asio::awaitable<Response> Answer(Request request) {
    const std::string id = request.request_id;
    try {
      co_return co_await worker_->shared().handle(std::move(request));
    } catch (const std::exception& failure) {
      spdlog::error("event=handler_failed request={} error=\"{}\"", id, failure.what());
    }
    co_return worker_->shared().options.refuse(500, "The request failed.");
  }

  Response Refuse(unsigned status, std::string_view why) {
    if (status != 408) {
      worker_->shared().counters.bad_requests.fetch_add(1, std::memory_order_relaxed);
    }
    return worker_->shared().options.refuse(status, why);
  }

  asio::awaitable<void> Send(Response response, Framing framing, std::string id) {
    output_.clear();
    AppendHead(output_, response, framing, id);
    std::string_view body = response.body;
    if (framing.is_head || !MayHaveBody(response.status)) {
      body = {};
    }
    if (body.size() <= kCopiedBody) {
      output_.append(body);
      body = {};
    }
    timed_out = false;
    Arm(limits().response);
    Code error;
    if (body.empty()) {
      std::tie(error, std::ignore) =
          co_await asio::async_write(stream_, asio::buffer(output_), kAwait);
    } else {
      const std::array<asio::const_buffer, 2> parts{asio::buffer(output_), asio::buffer(body)};
      std::tie(error, std::ignore) = co_await asio::async_write(stream_, parts, kAwait);
    }
    Disarm();
    is_open_ = is_open_ && !error && !timed_out;
    if (input_.size() == 0 && input_.capacity() > kKeptBuffer) {
      input_.shrink_to_fit();
    }
  }

  /// Lets the client read our last answer: a close with input unread would reset the connection
  /// and may destroy the answer on its way.
  asio::awaitable<void> Close() {
    if (!Socket().is_open()) {
      co_return;
    }
    timed_out = false;
    is_idle = true;  // from here on nobody is cut off in the middle of anything
    Arm(kLinger);
    Code ignored;
    if constexpr (kIsTls) {
      co_await stream_.async_shutdown(kAwait);
    }
    Socket().shutdown(asio::socket_base::shutdown_send, ignored);
    if (has_unread_) {
      input_.clear();
      for (std::size_t total = 0; total < kLingerBytes && !timed_out;) {
        const auto [error, count] =
            co_await Socket().async_read_some(input_.prepare(kReadSize), kAwait);
        total += count;
        if (error) {
          break;
        }
      }
    }
    Socket().close(ignored);
  }

  ServerSocket& Socket() {
    if constexpr (kIsTls) {
      return stream_.next_layer();
    } else {
      return stream_;
    }
  }

  [[nodiscard]] const ServerLimits& limits() const { return worker_->shared().options.limits; }
  /// More than a start line and a header section: chunk lines or trailers without end.
  [[nodiscard]] std::size_t input_limit() const {
    return 2 * std::size_t{limits().message.header_bytes};
  }
  void Arm(Limit limit) { worker_->SetDeadline(*this, limit); }
  void Disarm() { deadline = std::chrono::nanoseconds::max(); }

  std::shared_ptr<Worker> worker_;
  Stream stream_;
  asio::cancellation_signal abort_;
  std::string remote_;
  boost::beast::flat_buffer input_;
  std::optional<RequestParser> parser_;
  std::string output_;
  bool is_open_ = true;
  bool has_unread_ = false;  ///< The client is still sending what nobody will read.
};

}  // namespace

void ServeConnection(std::shared_ptr<Worker> worker, ServerSocket socket) {
  if (auto& tls = worker->shared().tls) {
    using Tls = Session<TlsStream>;
    Tls::Start(std::make_shared<Tls>(std::move(worker), std::move(socket), *tls));
  } else {
    using Plain = Session<ServerSocket>;
    Plain::Start(std::make_shared<Plain>(std::move(worker), std::move(socket)));
  }
}

}  // namespace weir::net
