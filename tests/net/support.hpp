// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <deque>
#include <exception>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "base/fake_time.hpp"
#include "net/await.hpp"
#include "net/transport.hpp"

namespace weir::net {

/// Runs `io` until `work` has ended. With `timer`, fake time passes whenever nothing else happens.
template <typename T>
T Await(boost::asio::io_context& io, boost::asio::awaitable<T> work, FakeTimer* timer = nullptr) {
  std::optional<T> value;
  std::exception_ptr failure;
  bool done = false;
  boost::asio::co_spawn(io, std::move(work), [&](std::exception_ptr thrown, T result) {
    failure = thrown;
    value = std::move(result);
    done = true;
  });
  io.restart();
  while (!done) {
    if (timer) {
      io.restart();
      io.poll();
      timer->Advance(std::chrono::milliseconds(250));
    } else if (io.run_one() == 0) {
      throw std::logic_error("the coroutine waits for what never comes");
    }
  }
  if (failure) {
    std::rethrow_exception(failure);
  }
  return *std::move(value);
}

/// The same for work without a value.
inline boost::asio::awaitable<bool> Finish(boost::asio::awaitable<void> work) {
  co_await std::move(work);
  co_return true;
}

/// One step of a raw conversation: send this, then read until that (or the end, if empty).
struct Step {
  std::string send;
  std::string until;
};

/// Connects to 127.0.0.1:`port`, takes the steps, says it is done sending, and reads to the end.
/// Returns all that came.
inline boost::asio::awaitable<std::string> Converse(std::uint16_t port, std::vector<Step> steps,
                                                    bool half_close = true) {
  namespace asio = boost::asio;
  asio::ip::tcp::socket socket(co_await asio::this_coro::executor);
  co_await socket.async_connect({asio::ip::address_v4::loopback(), port}, kAwait);
  std::string received;
  std::string chunk(64 * 1024, '\0');
  for (std::size_t i = 0; i <= steps.size(); ++i) {
    std::size_t seen = received.size();
    if (i < steps.size()) {
      co_await asio::async_write(socket, asio::buffer(steps[i].send), kAwait);
    } else if (half_close) {
      boost::system::error_code ignored;
      socket.shutdown(asio::socket_base::shutdown_send, ignored);
    }
    while (i == steps.size() || received.find(steps[i].until, seen) == std::string::npos) {
      const auto [error, count] = co_await socket.async_read_some(asio::buffer(chunk), kAwait);
      received.append(chunk, 0, count);
      if (error) {
        co_return received;
      }
    }
  }
  co_return received;
}

/// The status codes of the answers in `text`, in order: "200 404".
inline std::string Statuses(const std::string& text) {
  std::string statuses;
  for (auto at = text.find("HTTP/1.1 "); at != std::string::npos;
       at = text.find("HTTP/1.1 ", at + 1)) {
    statuses += (statuses.empty() ? "" : " ") + text.substr(at + 9, 3);
  }
  return statuses;
}

/// Answers from a list, and remembers what it was asked. The last answer is given for ever.
class ScriptedTransport final : public Transport {
 public:
  boost::asio::awaitable<Result<Response>> Send(Request request,
                                                std::chrono::milliseconds timeout) override {
    requests.push_back(std::move(request));
    timeouts.push_back(timeout);
    Result<Response> answer = answers.at(0);
    if (answers.size() > 1) {
      answers.pop_front();
    }
    co_return answer;
  }

  void Add(unsigned status, std::string retry_after = {}) {
    Response response{.status = status, .headers = {}, .body = {}};
    if (!retry_after.empty()) {
      response.headers.Add("Retry-After", std::move(retry_after));
    }
    answers.emplace_back(std::move(response));
  }
  void AddFailure(ErrorKind kind) { answers.emplace_back(Fail(kind, "scripted")); }

  std::deque<Result<Response>> answers;
  std::vector<Request> requests;
  std::vector<std::chrono::milliseconds> timeouts;
};

}  // namespace weir::net
