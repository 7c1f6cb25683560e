// SPDX-License-Identifier: Apache-2.0
#include "net/server.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/experimental/concurrent_channel.hpp>
#include <boost/asio/post.hpp>
#include <stdexcept>
#include <utility>

#include "base/text.hpp"
#include "net/await.hpp"
#include "net/session.hpp"
#include "net/timeout.hpp"
#include "net/wire.hpp"
#include "net/worker.hpp"

namespace weir::net {
namespace {

namespace asio = boost::asio;
using Code = boost::system::error_code;
using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, asio::io_context::executor_type>;
using Ended = asio::experimental::concurrent_channel<void(Code)>;

constexpr std::size_t kPrefixMask = (std::size_t{1} << 30) - 1;  // six letters of base32
constexpr std::chrono::milliseconds kAcceptPause{100};
constexpr std::chrono::seconds kAbortGrace{1};

Response PlainRefusal(unsigned status, std::string_view why) {
  return {.status = status,
          .headers = {},
          .body = std::string(why) + "\n",
          .content_type = "text/plain"};
}

asio::ssl::context MakeTls(const ServerOptions& options) {
  asio::ssl::context tls(asio::ssl::context::tls_server);
  tls.set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 |
                  asio::ssl::context::no_tlsv1_1 | SSL_OP_NO_RENEGOTIATION);
  try {
    tls.use_certificate_chain_file(options.tls_certificate);
    tls.use_private_key_file(options.tls_key, asio::ssl::context::pem);
  } catch (const boost::system::system_error& failure) {
    throw std::runtime_error(fmt::format("cannot use TLS certificate '{}' with key '{}': {}",
                                         options.tls_certificate, options.tls_key,
                                         failure.code().message()));
  }
  return tls;
}

std::shared_ptr<ServerShared> MakeShared(ServerOptions options, const ServerContext& context,
                                         HttpServer::Handle handle) {
  if (!options.refuse) {
    options.refuse = PlainRefusal;
  }
  std::optional<asio::ssl::context> tls;
  if (!options.tls_certificate.empty()) {
    tls = MakeTls(options);
  }
  return std::shared_ptr<ServerShared>(new ServerShared{.options = std::move(options),
                                                        .handle = std::move(handle),
                                                        .clock = context.clock,
                                                        .timer = context.timer,
                                                        .tls = std::move(tls),
                                                        .counters = {}});
}

std::string RandomPrefix(Random& random) { return ToBase32(random.Below(kPrefixMask)) + "-"; }

}  // namespace

struct HttpServer::Impl : std::enable_shared_from_this<HttpServer::Impl> {
  Impl(ServerOptions options, const ServerContext& context, Handle handle)
      : shared(MakeShared(std::move(options), context, std::move(handle))),
        acceptor(*context.threads.at(0)),
        ended(*context.threads.at(0), context.threads.size()) {
    for (asio::io_context* io : context.threads) {
      workers.push_back(std::make_shared<Worker>(*io, shared, RandomPrefix(context.random)));
    }
  }

  void Listen();
  static asio::awaitable<void> Accept(std::shared_ptr<Impl> self);
  void Admit(const std::shared_ptr<Worker>& worker, ServerSocket socket);
  void TurnAway(ServerSocket& socket);
  Worker& Quietest();
  void Drain();
  void AbortAll();
  /// Done when each worker has ended, now or in an earlier call.
  asio::awaitable<Result<void>> AllEnded();

  std::shared_ptr<ServerShared> shared;
  Acceptor acceptor;
  std::vector<std::shared_ptr<Worker>> workers;
  Ended ended;
  std::size_t ended_count = 0;
};

void HttpServer::Impl::Listen() {
  const ServerOptions& options = shared->options;
  try {
    const asio::ip::tcp::endpoint endpoint(asio::ip::make_address(options.address), options.port);
    acceptor.open(endpoint.protocol());
    acceptor.set_option(asio::socket_base::reuse_address(true));
    acceptor.bind(endpoint);
    acceptor.listen();
  } catch (const boost::system::system_error& failure) {
    throw std::runtime_error(fmt::format("cannot listen on {}:{}: {}", options.address,
                                         options.port, failure.code().message()));
  }
}

asio::awaitable<void> HttpServer::Impl::Accept(std::shared_ptr<Impl> self) {
  while (self->acceptor.is_open()) {
    Worker& worker = self->Quietest();
    auto [error, socket] = co_await self->acceptor.async_accept(worker.io(), kAwait);
    if (!error) {
      self->Admit(worker.shared_from_this(), std::move(socket));
    } else if (error != asio::error::operation_aborted &&
               error != asio::error::connection_aborted) {
      // Out of descriptors or memory: the connection waits in the backlog meanwhile.
      spdlog::warn("event=accept_failed error=\"{}\"", error.message());
      co_await self->shared->timer.Wait(kAcceptPause);
    }
  }
}

void HttpServer::Impl::Admit(const std::shared_ptr<Worker>& worker, ServerSocket socket) {
  std::size_t load = 0;
  for (const auto& each : workers) {
    load += each->load().load(std::memory_order_relaxed);
  }
  if (load >= shared->options.limits.connections) {
    TurnAway(socket);
    return;
  }
  shared->counters.accepted.fetch_add(1, std::memory_order_relaxed);
  worker->load().fetch_add(1, std::memory_order_relaxed);
  Code ignored;
  socket.set_option(asio::ip::tcp::no_delay(true), ignored);
  ServeConnection(worker, std::move(socket));
}

void HttpServer::Impl::TurnAway(ServerSocket& socket) {
  shared->counters.refused.fetch_add(1, std::memory_order_relaxed);
  if (shared->tls) {
    return;
  }
  // One attempt without waiting: whoever is turned away must cost nothing.
  const Response response = shared->options.refuse(503, "Too many connections.");
  std::string text;
  AppendHead(text, response, {.keep_alive = false}, "-");
  text += response.body;
  Code ignored;
  socket.non_blocking(true, ignored);
  socket.write_some(asio::buffer(text), ignored);
  socket.shutdown(asio::socket_base::shutdown_send, ignored);
}

Worker& HttpServer::Impl::Quietest() {
  return **std::ranges::min_element(workers, {}, [](const auto& worker) {
    return worker->load().load(std::memory_order_relaxed);
  });
}

void HttpServer::Impl::Drain() {
  for (const auto& worker : workers) {
    asio::post(worker->io(), [self = shared_from_this(), worker] {
      worker->Drain([self] { self->ended.try_send(Code()); });
    });
  }
}

void HttpServer::Impl::AbortAll() {
  for (const auto& worker : workers) {
    asio::post(worker->io(), [worker] { worker->AbortAll(); });
  }
}

asio::awaitable<Result<void>> HttpServer::Impl::AllEnded() {
  while (ended_count < workers.size()) {
    const auto [error] = co_await ended.async_receive(kAwait);
    if (error) {
      co_return Fail(ErrorKind::kTransport, "Connections are still open.");
    }
    ++ended_count;
  }
  co_return Result<void>();
}

HttpServer::HttpServer(ServerOptions options, ServerContext context, Handle handle)
    : impl_(std::make_shared<Impl>(std::move(options), context, std::move(handle))) {}

HttpServer::~HttpServer() = default;

void HttpServer::Start() {
  impl_->Listen();
  for (const auto& worker : impl_->workers) {
    worker->Start();
  }
  // Connections that came before are accounted for once nobody accepts any more.
  asio::co_spawn(impl_->acceptor.get_executor(), Impl::Accept(impl_),
                 [impl = impl_](const std::exception_ptr& failure) {
                   if (failure) {
                     spdlog::error("event=accepting_ended");
                   }
                   impl->Drain();
                 });
}

std::uint16_t HttpServer::port() const { return impl_->acceptor.local_endpoint().port(); }

asio::awaitable<void> HttpServer::Stop(std::chrono::milliseconds grace) {
  asio::post(impl_->acceptor.get_executor(), [impl = impl_] { impl->acceptor.close(); });
  Timer& timer = impl_->shared->timer;
  if (!co_await WithTimeout(timer, grace, impl_->AllEnded())) {
    impl_->AbortAll();
    if (!co_await WithTimeout(timer, kAbortGrace, impl_->AllEnded())) {
      spdlog::warn("event=stopped_with_handlers_running connections={}",
                   impl_->shared->counters.active.load());
    }
  }
}

const ServerCounters& HttpServer::counters() const { return impl_->shared->counters; }

}  // namespace weir::net
