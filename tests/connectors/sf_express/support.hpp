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

#include "connectors/roles.hpp"
#include "connectors/sf_express/client.hpp"
#include "connectors/sf_express/credentials.hpp"
#include "net/query.hpp"
#include "tests/mapping/sf_express/samples.hpp"

namespace weir::connectors::sf_express {

using mapping::sf_express::AnswerOf;
using mapping::sf_express::json;
using mapping::sf_express::kNumber;
using mapping::sf_express::kWaybill;
using mapping::sf_express::ReadData;

inline constexpr std::string_view kCheckWord = "demoCheckWord0123456789ABCDEFGH";
inline constexpr std::string_view kToken = "token-of-16-signs";

inline ConnectionOptions TestOptions() {
  ConnectionOptions options;
  options.id = "sf-main";
  options.platform = "sf_express";
  options.credentials.emplace("partner_id", Secret("DEMO_PARTNER"));
  options.credentials.emplace("check_word", Secret(std::string(kCheckWord)));
  options.options["callback_token"] = kToken;
  return options;
}

inline ConnectionOptions With(const std::string& name, const std::string& value) {
  ConnectionOptions options = TestOptions();
  options.options[name] = value;
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

/// A service's no.
inline net::Response No(const std::string& code) {
  return Answer(json{{"apiResultCode", "A1000"},
                     {"apiResultData", json{{"success", false}, {"errorCode", code}}.dump()}}
                    .dump());
}
/// The gateway's.
inline net::Response GatewayNo(const std::string& code) {
  return Answer(json{{"apiResultCode", code}, {"apiResultData", nullptr}}.dump());
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

  /// A field of a request's form; empty without it.
  [[nodiscard]] std::string Field(std::size_t request, std::string_view name) const {
    const auto form = net::ParseQuery(requests.at(request).body, net::Decoding::kStrict);
    const std::string* value = form ? net::FindParameter(*form, name) : nullptr;
    return value == nullptr ? std::string() : *value;
  }
  [[nodiscard]] json Message(std::size_t request) const {
    return json::parse(Field(request, "msgData"));
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
    ++at_;
    co_return Secret(Name());
  }

  std::vector<std::string> refusals;

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

/// A client over canned answers.
inline std::shared_ptr<Client> ClientOf(CannedTransport& transport,
                                        const ConnectionOptions& options = TestOptions(),
                                        std::shared_ptr<TokenVault> vault = nullptr) {
  static const FixedClock clock;
  return std::make_shared<Client>(
      *ParseCredentials(options),
      ConnectorParts{.transport = transport, .clock = clock, .vault = std::move(vault)});
}

inline Consignment SampleConsignment() {
  Consignment consignment;
  consignment.number = kNumber;
  consignment.sender = {.name = "寄件人",
                        .phone = "13800000001",
                        .company = "",
                        .province = "广东省",
                        .city = "深圳市",
                        .district = "南山区",
                        .address = "软件产业基地11栋",
                        .latitude = {},
                        .longitude = {}};
  consignment.receiver = {.name = "收件人",
                          .phone = "010-12345678",
                          .company = "某公司",
                          .province = "北京市",
                          .city = "北京市",
                          .district = "海淀区",
                          .address = "学清路1号",
                          .latitude = {},
                          .longitude = {}};
  consignment.goods = {{.name = "护肤品",
                        .code = "c1",
                        .quantity = "2",
                        .unit = "件",
                        .amount = Money::FromFen(9900)}};
  consignment.weight_g = 1050;
  return consignment;
}

inline ShipmentRef SampleShipment() {
  return {.number = std::string(kNumber),
          .platform_shop = {},
          .platform_no = std::string(kWaybill),
          .phone = "13800000002"};
}

}  // namespace weir::connectors::sf_express
