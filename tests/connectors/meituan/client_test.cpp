// SPDX-License-Identifier: Apache-2.0
#include "connectors/meituan/client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <optional>

#include "mapping/pages.hpp"
#include "tests/connectors/meituan/support.hpp"

namespace weir::connectors::meituan {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

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

/// Answers one request after the other, and fails when there is no answer left.
class ScriptedTransport final : public net::Transport {
 public:
  explicit ScriptedTransport(std::vector<std::string> answers) : answers_(std::move(answers)) {}

  boost::asio::awaitable<Result<net::Response>> Send(net::Request request,
                                                     std::chrono::milliseconds) override {
    targets.push_back(std::move(request.target));
    if (targets.size() > answers_.size()) co_return Fail(ErrorKind::kTransport, "no answer");
    co_return Answer(answers_[targets.size() - 1]);
  }

  std::vector<std::string> targets;

 private:
  std::vector<std::string> answers_;
};

template <typename T>
T Await(boost::asio::awaitable<T> work) {
  boost::asio::io_context io;
  std::optional<T> outcome;
  boost::asio::co_spawn(io, std::move(work), [&outcome](const std::exception_ptr& failure, T done) {
    ASSERT_EQ(failure, nullptr);
    outcome = std::move(done);
  });
  io.run();
  return std::move(outcome.value());
}

class ClientReads : public ::testing::Test {
 protected:
  Client Make(std::vector<std::string> answers) {
    transport_.emplace(std::move(answers));
    return Client(TestCredentials(), *transport_, clock_);
  }

  const FixedClock clock_;  // 2023-11-14T22:13:20Z, in China the 15th
  std::optional<ScriptedTransport> transport_;
};

TEST_F(ClientReads, AReviewIsAnItemAsItStands) {
  Client client = Make({R"({"data":[ {"comment_id": 1,  "a":"b"} ,{"comment_id":2}]})"});
  const auto page = Await(
      client.ListReviews("shop_001", {clock_.Now() - std::chrono::days(30), clock_.Now()}, ""));
  ASSERT_TRUE(page);
  ASSERT_THAT(page->items, SizeIs(2));
  EXPECT_EQ(page->items[0].payload, R"({"comment_id": 1,  "a":"b"})");
  EXPECT_EQ(page->items[0].topic, "comment/query?app_poi_code=shop_001");
  EXPECT_EQ(page->items[0].dialect, "json");
  EXPECT_EQ(page->next, "2");
}

TEST_F(ClientReads, AskForWholeDaysBeforeToday) {
  Client client = Make({R"({"data":[]})"});
  const auto page = Await(
      client.ListReviews("shop_001", {clock_.Now() - std::chrono::days(30), clock_.Now()}, "40"));
  ASSERT_TRUE(page);
  EXPECT_EQ(page->next, "");
  const std::string& target = transport_->targets.at(0);
  for (const char* part : {"start_time=20231016&", "end_time=20231114&", "pageoffset=40&",
                           "pagesize=20&", "replyStatus=-1&"}) {
    EXPECT_THAT(target, HasSubstr(part));
  }
}

TEST_F(ClientReads, AWindowOfTodayAloneIsEmpty) {
  Client client = Make({});
  const auto page = Await(client.ListReviews("shop_001", {clock_.Now(), clock_.Now()}, ""));
  ASSERT_TRUE(page);
  EXPECT_THAT(page->items, IsEmpty());
  EXPECT_THAT(transport_->targets, IsEmpty());
}

TEST_F(ClientReads, APageThatFailsIsAnError) {
  Client client = Make({ReadData("response_error.json")});
  EXPECT_FALSE(Await(
      client.ListReviews("shop_001", {clock_.Now() - std::chrono::days(30), clock_.Now()}, "")));
}

TEST_F(ClientReads, AMenuIsAllItsPages) {
  const std::string foods = ReadData("response_food_list.json");
  Client client = Make({R"({"data":[]})", foods, foods, R"({"data":[]})"});
  const auto menu = Await(client.ReadMenu("shop/1"));
  ASSERT_TRUE(menu);
  EXPECT_EQ(menu->dialect, "pages");
  EXPECT_EQ(menu->topic, "menu?app_poi_code=shop%2F1");
  const auto pages = mapping::SplitPages(menu->payload);
  ASSERT_TRUE(pages);
  ASSERT_THAT(*pages, SizeIs(3));
  EXPECT_EQ((*pages)[0].topic, "foodCat/list");
  EXPECT_EQ((*pages)[1].bytes, foods);
  EXPECT_THAT(transport_->targets.at(2), HasSubstr("offset=1&"));
}

TEST_F(ClientReads, AMenuThatBreaksOffIsNone) {
  Client client = Make({R"({"data":[]})", ReadData("response_food_list.json")});
  EXPECT_FALSE(Await(client.ReadMenu("shop_001")));
}

TEST_F(ClientReads, ShopsAreListedAndRead) {
  Client client = Make({R"({"data":["shop_001",17]})", R"({"data":[{"app_poi_code":"17"}]})"});
  const auto shops = Await(client.ListShops());
  ASSERT_TRUE(shops);
  EXPECT_THAT(*shops, ElementsAre("shop_001", "17"));
  const auto read = Await(client.ReadShops(*shops));
  ASSERT_TRUE(read);
  ASSERT_THAT(*read, SizeIs(1));
  EXPECT_EQ((*read)[0].payload, R"({"app_poi_code":"17"})");
  EXPECT_EQ((*read)[0].topic, "poi/mget");
  EXPECT_THAT(transport_->targets.at(1), HasSubstr("app_poi_codes=shop_001%2C17&"));
}

/// What a shop decides: one call each, its parameters without those of every call.
std::string AskedFor(const ScriptedTransport& transport) {
  std::string target = transport.targets.at(0);
  EXPECT_EQ(transport.targets.size(), 1U);
  target.erase(0, std::string("https://waimaiopen.meituan.com/api/v1/").size());
  return target.substr(0, target.find("&timestamp="));
}

TEST_F(ClientReads, AnOrderIsRefusedWithACodeAndItsText) {
  Client client = Make({ReadData("response_ok.json")});
  ASSERT_TRUE(Await(client.Refuse("10000000001", "sold_out")));
  EXPECT_EQ(AskedFor(*transport_), "order/cancel?app_id=9001&order_id=10000000001&reason=" +
                                       PercentEncode("商品已售完") + "&reason_code=2009");
}

TEST_F(ClientReads, ARefusalsOwnTextIsAnother) {
  Client client = Make({ReadData("response_ok.json")});
  ASSERT_TRUE(Await(client.Refuse("10000000001", "no gas")));
  EXPECT_EQ(AskedFor(*transport_),
            "order/cancel?app_id=9001&order_id=10000000001&reason=no%20gas&reason_code=2007");
}

TEST_F(ClientReads, AMealIsReady) {
  Client client = Make({ReadData("response_ok.json")});
  ASSERT_TRUE(Await(client.Ready("10000000001")));
  EXPECT_EQ(AskedFor(*transport_),
            "order/preparationMealComplete?app_id=9001&order_id=10000000001");
}

TEST_F(ClientReads, ARefundIsApproved) {
  Client client = Make({ReadData("response_ok.json")});
  ASSERT_TRUE(Await(client.DecideRefund("10000000001", "7", true, "ok")));
  EXPECT_EQ(AskedFor(*transport_), "order/refund/agree?app_id=9001&order_id=10000000001&reason=ok");
}

TEST_F(ClientReads, ARefundIsDeclined) {
  Client client = Make({ReadData("response_ok.json")});
  ASSERT_TRUE(Await(client.DecideRefund("10000000001", "7", false, "eaten")));
  EXPECT_EQ(AskedFor(*transport_),
            "order/refund/reject?app_id=9001&order_id=10000000001&reason=eaten");
}

TEST_F(ClientReads, ARefundThatIsDecidedIsAConflict) {
  Client client = Make({R"({"data":"ng","error":{"code":808,"msg":"x"}})"});
  const auto answer = Await(client.DecideRefund("10000000001", "7", false, "eaten"));
  EXPECT_EQ(answer.error().kind, ErrorKind::kConflict);
}

}  // namespace
}  // namespace weir::connectors::meituan
