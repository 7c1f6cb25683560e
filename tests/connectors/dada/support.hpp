// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "connectors/dada/client.hpp"
#include "connectors/dada/credentials.hpp"
#include "connectors/roles.hpp"
#include "tests/mapping/dada/samples.hpp"

namespace weir::connectors::dada {

using mapping::dada::json;
using mapping::dada::kNumber;
using mapping::dada::ReadData;
using mapping::dada::Sample;

/// Those of the protocol's samples.
inline constexpr const char* kAppKey = "dada0123456789abcde";
inline constexpr const char* kSecret = "demo_app_secret_0123456789abcdef";
inline constexpr const char* kSourceId = "73753";
inline constexpr const char* kToken = "0123456789abcdef_-Zz";

inline ConnectionOptions TestOptions() {
  ConnectionOptions options;
  options.id = "da-main";
  options.platform = "dada";
  options.base_url = "https://dada.test/";
  options.public_url = "https://gw.example.com";
  options.credentials.emplace("app_key", Secret(kAppKey));
  options.credentials.emplace("app_secret", Secret(kSecret));
  options.credentials.emplace("source_id", Secret(kSourceId));
  options.options.emplace("callback_token", kToken);
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
inline net::Response Failure(int code) {
  return Answer(json({{"status", "fail"}, {"code", code}, {"msg", "13800000000"}}).dump());
}
inline net::Response Success(const json& result = nullptr) {
  return Answer(json({{"status", "success"}, {"code", 0}, {"result", result}}).dump());
}

/// Answers with what it was given, one answer after the other, and keeps the requests.
class CannedTransport final : public net::Transport {
 public:
  explicit CannedTransport(std::deque<Result<net::Response>> answers)
      : answers_(std::move(answers)) {}

  boost::asio::awaitable<Result<net::Response>> Send(
      net::Request request, std::chrono::milliseconds /*timeout*/) override {
    requests.push_back(std::move(request));
    if (answers_.empty()) co_return Fail(ErrorKind::kTransport, "no answer is left");
    auto answer = std::move(answers_.front());
    answers_.pop_front();
    co_return answer;
  }

  /// Where the request of that number went, below the base URL.
  [[nodiscard]] std::string PathOf(std::size_t number) const {
    return requests.at(number).target.substr(std::string("https://dada.test").size());
  }
  /// The parameters it carried.
  [[nodiscard]] json BodyOf(std::size_t number) const {
    return json::parse(json::parse(requests.at(number).body).at("body").get<std::string>());
  }

  std::vector<net::Request> requests;

 private:
  std::deque<Result<net::Response>> answers_;
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

inline Consignment TestConsignment() {
  Consignment consignment;
  consignment.number = kNumber;
  consignment.platform_shop = "11047059";
  consignment.receiver = {.name = "张三",
                          .phone = "13800000000",
                          .company = "",
                          .province = "上海市",
                          .city = "",
                          .district = "浦东新区",
                          .address = "东方渔人码头",
                          .latitude = "31.257801",
                          .longitude = "121.538842"};
  consignment.goods_value = Money::FromFen(2001);
  consignment.weight_g = 1100;
  return consignment;
}

inline ShipmentRef TestRef() {
  return {.number = kNumber, .platform_shop = "11047059", .platform_no = "1000000001", .phone = ""};
}

}  // namespace weir::connectors::dada
