// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "connectors/doudian/credentials.hpp"
#include "connectors/doudian/signer.hpp"
#include "connectors/roles.hpp"
#include "tests/mapping/doudian/samples.hpp"

namespace weir::connectors::doudian {

using mapping::doudian::json;
using mapping::doudian::ReadData;

inline constexpr const char* kAppKey = "7000000000000000123";
inline constexpr const char* kSecret = "dd-secret-demo-0001";

/// A worked example of the protocol.
inline std::map<std::string, std::string> Vector(const char* name) {
  return json::parse(ReadData("worked_signatures.json")).at(name);
}

inline ConnectionOptions TestOptions() {
  ConnectionOptions options;
  options.id = "dd-main";
  options.platform = "doudian";
  options.credentials.emplace("app_key", Secret(kAppKey));
  options.credentials.emplace("app_secret", Secret(kSecret));
  options.credentials.emplace("shop_id", Secret("12345"));
  return options;
}

inline Credentials TestCredentials() { return *ParseCredentials(TestOptions()); }

class FixedClock final : public Clock {
 public:
  [[nodiscard]] Instant Now() const override { return Instant(std::chrono::seconds(1700000000)); }
  [[nodiscard]] std::chrono::nanoseconds Monotonic() const override { return {}; }
};

inline net::Response Answer(std::string body) {
  net::Response response;
  response.body = std::move(body);
  return response;
}

/// Answers with what it was given, one answer after the other, and keeps the requests.
class CannedTransport final : public net::Transport {
 public:
  explicit CannedTransport(std::deque<Result<net::Response>> answers)
      : answers_(std::move(answers)) {}
  explicit CannedTransport(std::string body) { answers_.emplace_back(Answer(std::move(body))); }

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

/// Holds one token after the other; each renewal takes the next.
class FakeVault final : public TokenVault {
 public:
  boost::asio::awaitable<Result<Secret>> Access() override { co_return Secret(Name()); }
  boost::asio::awaitable<Result<Secret>> Renew(Secret refused) override {
    refusals.emplace_back(refused.Reveal());
    if (fails) co_return Fail(ErrorKind::kUnauthorized, "a person must act");
    ++at_;
    co_return Secret(Name());
  }

  std::vector<std::string> refusals;
  bool fails = false;

 private:
  [[nodiscard]] std::string Name() const { return "token" + std::to_string(at_); }
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

}  // namespace weir::connectors::doudian
