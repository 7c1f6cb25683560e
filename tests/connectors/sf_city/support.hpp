// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "connectors/roles.hpp"
#include "connectors/sf_city/credentials.hpp"
#include "tests/mapping/sf_city/samples.hpp"

namespace weir::connectors::sf_city {

using mapping::sf_city::json;
using mapping::sf_city::kAnswerSamples;
using mapping::sf_city::kCallbackSamples;
using mapping::sf_city::kNumber;
using mapping::sf_city::kSfNumber;
using mapping::sf_city::ReadData;

/// The developer of the protocol's worked vectors.
inline constexpr std::string_view kKey = "demo_dev_key_0123456789abcdef";

inline ConnectionOptions TestOptions() {
  ConnectionOptions options;
  options.id = "sc-main";
  options.platform = "sf_city";
  options.credentials.emplace("dev_id", Secret("1234567890"));
  options.credentials.emplace("dev_key", Secret(std::string(kKey)));
  options.credentials.emplace("shop_id", Secret("3243279847393"));
  return options;
}
inline Credentials TestCredentials() { return *ParseCredentials(TestOptions()); }

class FixedClock final : public Clock {
 public:
  [[nodiscard]] Instant Now() const override { return Instant(std::chrono::seconds(1700000000)); }
  [[nodiscard]] std::chrono::nanoseconds Monotonic() const override { return {}; }
};

inline net::Response Answer(std::string body, unsigned status = 200) {
  net::Response response;
  response.status = status;
  response.body = std::move(body);
  return response;
}
/// SF's answer with this result, and its refusal.
inline net::Response Done(const json& result) {
  return Answer(json{{"error_code", 0}, {"error_msg", "success"}, {"result", result}}.dump());
}
inline net::Response Refusal(int code, const std::string& message = "参数错误") {
  return Answer(json{{"error_code", code}, {"error_msg", message}, {"error_data", nullptr}}.dump());
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

/// What a merchant wants carried.
inline Consignment TestConsignment() {
  Consignment consignment;
  consignment.number = kNumber;
  consignment.receiver.name = "张三";
  consignment.receiver.phone = "13800000000";
  consignment.receiver.city = "北京市";
  consignment.receiver.address = "北京市海淀区学清嘉创大厦A座15层";
  consignment.receiver.longitude = "116.352569";
  consignment.receiver.latitude = "40.014838";
  consignment.goods = {{.name = "凉菜", .code = "F1", .quantity = "2", .unit = {}, .amount = {}}};
  consignment.goods_value = Money::FromFen(2400);
  consignment.weight_g = 600;
  consignment.selling_platform = "meituan";
  consignment.display_no = "10";
  return consignment;
}

}  // namespace weir::connectors::sf_city
