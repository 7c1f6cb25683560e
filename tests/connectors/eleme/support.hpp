// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "connectors/eleme/credentials.hpp"
#include "connectors/roles.hpp"
#include "tests/mapping/eleme/samples.hpp"

namespace weir::connectors::eleme {

using mapping::eleme::json;
using mapping::eleme::ReadData;

inline constexpr std::string_view kSecret = "test_secret_eleme";

inline ConnectionOptions TestOptions() {
  ConnectionOptions options;
  options.id = "el-main";
  options.platform = "eleme";
  options.credentials.emplace("app_id", Secret("10000001"));
  options.credentials.emplace("app_key", Secret("test_key"));
  options.credentials.emplace("app_secret", Secret(std::string(kSecret)));
  return options;
}

/// An application of a service provider that was given a merchant's consent.
inline ConnectionOptions CodedOptions(const std::string& code = "c/1") {
  ConnectionOptions options = TestOptions();
  options.credentials.emplace("authorization_code", Secret(code));
  options.options["redirect_uri"] = "https://gw.example.com/done";
  return options;
}

inline constexpr std::string_view kRetailSecret = "test_secret_be";

inline ConnectionOptions RetailOptions() {
  ConnectionOptions options;
  options.id = "er-main";
  options.platform = "eleme";
  options.credentials.emplace("app_id", Secret("10001"));
  options.credentials.emplace("app_secret", Secret(std::string(kRetailSecret)));
  options.options["envelope"] = "retail";
  return options;
}

/// The same with tokens, which calls bring as `use` says.
inline ConnectionOptions RetailOptionsWithToken(const std::string& use) {
  ConnectionOptions options = RetailOptions();
  options.credentials.emplace("app_key", Secret("test_key"));
  options.credentials.emplace("authorization_code", Secret("c1"));
  options.options["redirect_uri"] = "https://gw.example.com/done";
  options.options["access_token"] = use;
  return options;
}

inline Credentials TestCredentials() { return *ParseCredentials(TestOptions()); }

class FixedClock final : public Clock {
 public:
  [[nodiscard]] Instant Now() const override { return Instant(std::chrono::seconds(1700000000)); }
  [[nodiscard]] std::chrono::nanoseconds Monotonic() const override { return {}; }
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

}  // namespace weir::connectors::eleme
