// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "connectors/douyin/credentials.hpp"
#include "connectors/roles.hpp"
#include "tests/mapping/douyin/samples.hpp"

namespace weir::connectors::douyin {

using mapping::douyin::json;
using mapping::douyin::ReadData;

inline constexpr std::string_view kSecret = "dysecret_demo_0001";
inline constexpr std::string_view kClientKey = "awdemo0001";

inline ConnectionOptions TestOptions() {
  ConnectionOptions options;
  options.id = "dy-main";
  options.platform = "douyin";
  options.credentials.emplace("client_key", Secret(std::string(kClientKey)));
  options.credentials.emplace("client_secret", Secret(std::string(kSecret)));
  options.credentials.emplace("account_id", Secret("7000000000000000009"));
  return options;
}

inline Credentials TestCredentials() { return *ParseCredentials(TestOptions()); }

/// One of the protocol's worked vectors.
inline json Vector(const char* name) {
  return json::parse(ReadData("worked_signatures.json")).at(name);
}

class FixedClock final : public Clock {
 public:
  [[nodiscard]] Instant Now() const override { return now; }
  [[nodiscard]] std::chrono::nanoseconds Monotonic() const override {
    return now.time_since_epoch();
  }

  Instant now{std::chrono::seconds(1700000000)};
};

/// Answers with what it was given, one answer after the other, and keeps the requests.
class CannedTransport final : public net::Transport {
 public:
  explicit CannedTransport(std::deque<Result<net::Response>> answers)
      : answers_(std::move(answers)) {}
  explicit CannedTransport(std::string body) {
    net::Response response;
    response.body = std::move(body);
    answers_.emplace_back(std::move(response));
  }

  boost::asio::awaitable<Result<net::Response>> Send(
      net::Request request, std::chrono::milliseconds /*timeout*/) override {
    requests.push_back(std::move(request));
    if (answers_.empty()) co_return Fail(ErrorKind::kTransport, "no answer is left");
    auto answer = std::move(answers_.front());
    answers_.pop_front();
    co_return answer;
  }

  std::vector<net::Request> requests;

 private:
  std::deque<Result<net::Response>> answers_;
};

inline net::Response Answer(std::string body) {
  net::Response response;
  response.body = std::move(body);
  return response;
}

/// A good answer with this data, the code apart.
inline net::Response DataOf(json data) {
  data["error_code"] = 0;
  return Answer(json{{"data", std::move(data)}, {"extra", {{"error_code", 0}}}}.dump());
}

/// Holds one token after the other; each renewal takes the next.
class FakeVault final : public TokenVault {
 public:
  boost::asio::awaitable<Result<Secret>> Access() override { co_return Secret(Name()); }
  boost::asio::awaitable<Result<Secret>> Renew(Secret refused) override {
    refusals.emplace_back(refused.Reveal());
    ++at_;
    co_return Secret(Name());
  }

  std::vector<std::string> refusals;

 private:
  [[nodiscard]] std::string Name() const { return "clt." + std::to_string(at_); }
  int at_ = 0;
};

/// Runs one coroutine to its end.
template <typename T>
T Await(boost::asio::awaitable<T> work) {
  boost::asio::io_context io;
  std::optional<T> outcome;
  boost::asio::co_spawn(io, std::move(work),
                        [&outcome](const std::exception_ptr& failure, T value) {
                          if (failure) std::rethrow_exception(failure);
                          outcome = std::move(value);
                        });
  io.run();
  return std::move(outcome.value());
}

}  // namespace weir::connectors::douyin
