// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/seeded_random.hpp"
#include "net/server.hpp"
#include "tests/net/support.hpp"

namespace weir::net {

/// A server and its clients in one io_context and one thread, in fake time.
///
/// Its handler answers "METHOD target body" under every path, and does something else under some:
/// /large 32 MiB, /empty 204, /throw, /wait one fake hour.
class ServerFixture : public testing::Test {
 protected:
  static constexpr std::size_t kLarge = 32 * 1024 * 1024;

  void Start() {
    server_ = std::make_unique<HttpServer>(
        std::move(options_), ServerContext{{&io_}, clock_, timer_, random_},
        [this](Request request) { return Serve(this, std::move(request)); });
    server_->Start();
  }

  std::string Talk(std::vector<Step> steps, bool half_close = true) {
    return Await(io_, Converse(server_->port(), std::move(steps), half_close));
  }
  std::string Talk(std::string bytes) { return Talk({{std::move(bytes), ""}}); }

  /// The same, while fake time passes.
  std::string TalkSlowly(std::vector<Step> steps) {
    return Await(io_, Converse(server_->port(), std::move(steps), false), &timer_);
  }

  static boost::asio::awaitable<Response> Serve(ServerFixture* self, Request request) {
    self->requests_.push_back(request);
    if (request.target == "/large") {
      co_return Response{.status = 200, .headers = {}, .body = std::string(kLarge, 'x')};
    }
    if (request.target == "/empty") {
      co_return Response{.status = 204, .headers = {}, .body = {}};
    }
    if (request.target == "/throw") {
      throw std::runtime_error("broken handler");
    }
    if (request.target == "/wait") {
      co_await self->timer_.Wait(std::chrono::hours(1));
    }
    co_return Response{.status = 200,
                       .headers = {},
                       .body = request.method + " " + request.target + " " + request.body,
                       .content_type = "text/plain"};
  }

  void TearDown() override {
    if (server_ && !stopped_) {
      (void)Await(io_, Finish(server_->Stop(std::chrono::seconds(1))), &timer_);
      io_.restart();
      io_.run();  // nothing of the server is left, so it returns
    }
  }

  boost::asio::io_context io_{1};
  FakeClock clock_;
  FakeTimer timer_{clock_};
  SeededRandom random_{1};
  ServerOptions options_;
  std::unique_ptr<HttpServer> server_;
  std::vector<Request> requests_;
  bool stopped_ = false;
};

}  // namespace weir::net
