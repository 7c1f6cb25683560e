// SPDX-License-Identifier: Apache-2.0
#include "connectors/meituan/client.hpp"

#include <gtest/gtest.h>

#include <optional>

#include "tests/connectors/meituan/support.hpp"

namespace weir::connectors::meituan {
namespace {

class FixedClock final : public Clock {
 public:
  [[nodiscard]] Instant Now() const override { return Instant(std::chrono::seconds(1700000000)); }
  [[nodiscard]] std::chrono::nanoseconds Monotonic() const override { return {}; }
};

/// Answers every request with the same result and keeps the last request.
class CannedTransport final : public net::Transport {
 public:
  explicit CannedTransport(Result<net::Response> answer) : answer_(std::move(answer)) {}

  boost::asio::awaitable<Result<net::Response>> Send(net::Request request,
                                                     std::chrono::milliseconds timeout) override {
    last = std::move(request);
    last_timeout = timeout;
    co_return answer_;
  }

  net::Request last;
  std::chrono::milliseconds last_timeout{};

 private:
  Result<net::Response> answer_;
};

net::Response Answer(std::string body) {
  net::Response response;
  response.body = std::move(body);
  return response;
}

Result<PulledItem> GetOrder(net::Transport& transport, std::string id) {
  const FixedClock clock;
  Client client(TestCredentials(), transport, clock);
  boost::asio::io_context io;
  std::optional<Result<PulledItem>> outcome;
  boost::asio::co_spawn(io, client.GetOrder(std::move(id)),
                        [&outcome](const std::exception_ptr& failure, Result<PulledItem> item) {
                          ASSERT_EQ(failure, nullptr);
                          outcome = std::move(item);
                        });
  io.run();
  return std::move(outcome.value());
}

TEST(Client, SignsItsCall) {
  CannedTransport transport(Answer(ReadData("response_getOrderDetail.json")));
  ASSERT_TRUE(GetOrder(transport, "10000000001"));
  const std::string url = "https://waimaiopen.meituan.com/api/v1/order/getOrderDetail";
  const std::string parameters =
      "app_id=9001&is_mt_logistics=1&order_id=10000000001&timestamp=1700000000";
  EXPECT_EQ(transport.last.method, "GET");
  EXPECT_EQ(transport.last.target, url + "?" + parameters + "&sig=" +
                                       ToHex(Md5(url + "?" + parameters + std::string(kSecret))));
  EXPECT_GT(transport.last_timeout.count(), 0);
}

TEST(Client, EncodesWhatTravelsButSignsItRaw) {
  CannedTransport transport(Answer(R"({"data":{"order_id":1}})"));
  ASSERT_TRUE(GetOrder(transport, "1 &2"));
  EXPECT_NE(transport.last.target.find("order_id=1%20%262&"), std::string::npos);
  EXPECT_NE(transport.last.target.find(
                ToHex(Md5("https://waimaiopen.meituan.com/api/v1/order/getOrderDetail?app_id=9001"
                          "&is_mt_logistics=1&order_id=1 &2&timestamp=1700000000" +
                          std::string(kSecret)))),
            std::string::npos);
}

TEST(Client, GivesTheAnswerAsReceived) {
  const std::string body = ReadData("response_getOrderDetail.json");
  CannedTransport transport(Answer(body));
  const auto item = GetOrder(transport, "10000000001");
  ASSERT_TRUE(item);
  EXPECT_EQ(item->payload, body);
  EXPECT_EQ(item->dialect, "json");
  EXPECT_EQ(item->topic, "order/getOrderDetail");
  EXPECT_EQ(item->asked_at, Instant(std::chrono::seconds(1700000000)));
}

TEST(Client, AnswersMapToTheOrder) {
  CannedTransport transport(Answer(ReadData("response_getOrderDetail.json")));
  const auto item = GetOrder(transport, "10000000001");
  ASSERT_TRUE(item);
  const auto mapped = mapping::meituan::Map({.pulled = true,
                                             .dialect = item->dialect,
                                             .topic = item->topic,
                                             .bytes = item->payload,
                                             .received_at = item->asked_at});
  ASSERT_EQ(mapped.orders.size(), 1U);
  EXPECT_TRUE(mapped.orders[0].snapshot);
}

TEST(Client, AnUnknownOrderIsNotFound) {
  CannedTransport transport(Answer(R"({"data":"ng","error":{"code":806,"msg":"x"}})"));
  const auto item = GetOrder(transport, "1");
  ASSERT_FALSE(item);
  EXPECT_EQ(item.error().kind, ErrorKind::kNotFound);
}

TEST(Client, PassesATransportsFailureOn) {
  CannedTransport transport(Fail(ErrorKind::kTransport, "timed out"));
  const auto item = GetOrder(transport, "1");
  ASSERT_FALSE(item);
  EXPECT_EQ(item.error().message, "timed out");
}

}  // namespace
}  // namespace weir::connectors::meituan
