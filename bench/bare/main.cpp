// SPDX-License-Identifier: Apache-2.0
// The bare ceiling: what this machine gives a server that only checks a push's signature and makes
// it durable. Weir's speed is stated as a ratio to it, measured in one run. Frozen.
#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <csignal>
#include <cstdio>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "bench/bare/group_log.hpp"
#include "bench/bare/signature.hpp"

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using weir::bench::GroupLog;
using weir::bench::SignatureCheck;

constexpr std::string_view kOk =
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
    "13\r\n\r\n{\"data\":\"ok\"}";
constexpr std::string_view kRefused = "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n";

/// One connection, by callbacks; it owns itself until the peer leaves.
class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(tcp::socket socket, asio::io_context& io, GroupLog& log, SignatureCheck& check)
      : socket_(std::move(socket)), io_(io), log_(log), check_(check) {}

  void Read() {
    parser_.emplace();
    parser_->body_limit(1U << 20);
    http::async_read(socket_, buffer_, *parser_,
                     [self = shared_from_this()](beast::error_code error, std::size_t) {
                       if (!error) self->Take();
                     });
  }

 private:
  void Take() {
    std::string body = std::move(parser_->get().body());
    if (!check_.Holds(body)) return Answer(kRefused);
    log_.Append(std::move(body), io_, [self = shared_from_this()] { self->Answer(kOk); });
  }

  void Answer(std::string_view text) {
    asio::async_write(socket_, asio::buffer(text),
                      [self = shared_from_this()](beast::error_code error, std::size_t) {
                        if (!error) self->Read();
                      });
  }

  tcp::socket socket_;
  asio::io_context& io_;
  GroupLog& log_;
  SignatureCheck& check_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
};

/// Gives connections to the threads in turn.
class Acceptor {
 public:
  Acceptor(std::vector<std::unique_ptr<asio::io_context>>& threads, unsigned short port,
           GroupLog& log, std::vector<std::unique_ptr<SignatureCheck>>& checks)
      : threads_(threads),
        acceptor_(*threads.front(), {asio::ip::make_address("127.0.0.1"), port}),
        log_(log),
        checks_(checks) {
    Accept();
  }
  [[nodiscard]] unsigned short port() const { return acceptor_.local_endpoint().port(); }

 private:
  void Accept() {
    const std::size_t at = next_++ % threads_.size();
    acceptor_.async_accept(*threads_[at], [this, at](beast::error_code error, tcp::socket socket) {
      if (error) return;
      socket.set_option(tcp::no_delay(true));
      auto session =
          std::make_shared<Session>(std::move(socket), *threads_[at], log_, *checks_[at]);
      asio::post(*threads_[at], [session] { session->Read(); });
      Accept();
    });
  }

  std::vector<std::unique_ptr<asio::io_context>>& threads_;
  tcp::acceptor acceptor_;
  GroupLog& log_;
  std::vector<std::unique_ptr<SignatureCheck>>& checks_;
  std::size_t next_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) {
    std::fprintf(stderr, "usage: %s PORT LOG_FILE PUSH_URL SECRET\n", argv[0]);
    return 2;
  }
  constexpr std::size_t kThreads = 2;
  constexpr std::uint64_t kPreallocated = 1ULL << 30;
  GroupLog log(argv[2], kPreallocated);
  std::vector<std::unique_ptr<asio::io_context>> threads;
  std::vector<std::unique_ptr<SignatureCheck>> checks;
  for (std::size_t i = 0; i < kThreads; ++i) {
    threads.push_back(std::make_unique<asio::io_context>(1));
    checks.push_back(std::make_unique<SignatureCheck>(argv[3], argv[4]));
  }
  Acceptor acceptor(threads, static_cast<unsigned short>(std::atoi(argv[1])), log, checks);
  std::printf("port=%u\n", acceptor.port());
  std::fflush(stdout);

  asio::signal_set ends(*threads.front(), SIGTERM, SIGINT);
  ends.async_wait([&](beast::error_code, int) {
    log.Stop();
    for (auto& io : threads) io->stop();
  });
  std::vector<std::thread> running;
  running.emplace_back([&] { log.Run(); });
  for (auto& io : threads) {
    running.emplace_back([&io] {
      const auto guard = asio::make_work_guard(*io);
      io->run();
    });
  }
  for (std::thread& thread : running) thread.join();
  return 0;
}
