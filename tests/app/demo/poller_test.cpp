// SPDX-License-Identifier: Apache-2.0
#include "app/demo/poller.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "app/demo/gateway_client.hpp"
#include "base/fake_time.hpp"

namespace weir::app::demo {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// A gateway that answers every call as the test says.
class Gateway {
 public:
  using Answer = std::function<void(const httplib::Request&, httplib::Response&)>;

  explicit Gateway(const Answer& answer) {
    server_.set_keep_alive_timeout(1);
    server_.Get(".*", answer);
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::yield();
  }
  ~Gateway() {
    server_.stop();
    thread_.join();
  }
  Gateway(const Gateway&) = delete;
  Gateway& operator=(const Gateway&) = delete;

  [[nodiscard]] std::string origin() const { return "http://127.0.0.1:" + std::to_string(port_); }

 private:
  httplib::Server server_;
  int port_ = 0;
  std::thread thread_;
};

/// Lets the test's thread wait for the others.
class Signal {
 public:
  void Set() {
    const std::lock_guard lock(mutex_);
    set_ = true;
    changed_.notify_all();
  }
  bool Wait() {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(30), [this] { return set_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool set_ = false;
};

std::string PageOfOne(std::uint64_t seq) {
  const std::string number = std::to_string(seq);
  return R"({"data":[{"seq":)" + number + R"(,"type":"order.placed","subject":"o)" + number +
         R"(","at":"2026-11-22T03:00:00.000Z","version":1,"data":{}}],"next":)" + number + "}";
}

TEST(Poller, FollowsTheFeedThroughPages) {
  Gateway gateway([](const httplib::Request& request, httplib::Response& response) {
    const auto after = std::stoull(request.get_param_value("after"));
    response.set_content(
        after < 3 ? PageOfOne(after + 1) : R"({"data":[],"next":)" + std::to_string(after) + "}",
        "application/json");
  });
  FakeClock clock(*ParseRfc3339("2026-11-22T03:00:00.250Z"));
  std::vector<std::uint64_t> seqs;
  Signal third;
  Poller poller(gateway.origin(), "key", clock, [&](const Change& change) {
    seqs.push_back(change.seq);
    if (change.seq == 3) third.Set();
  });
  poller.Start();
  ASSERT_TRUE(third.Wait());
  poller.Stop();
  EXPECT_THAT(seqs, ElementsAre(1, 2, 3));
  EXPECT_EQ(poller.log().faults(), 0U);
  EXPECT_EQ(poller.TakeProgress().lag, std::chrono::milliseconds(250));
  EXPECT_EQ(poller.TakeProgress().lag, std::chrono::milliseconds(0));
}

TEST(Poller, SendsItsKey) {
  Signal called;
  std::string authorization;
  Gateway gateway([&](const httplib::Request& request, httplib::Response& response) {
    authorization = request.get_header_value("Authorization");
    response.set_content(R"({"data":[],"next":0})", "application/json");
    called.Set();
  });
  FakeClock clock(Instant{});
  Poller poller(gateway.origin(), "the-key", clock, [](const Change&) {});
  poller.Start();
  ASSERT_TRUE(called.Wait());
  poller.Stop();
  EXPECT_EQ(authorization, "Bearer the-key");
}

FeedLog LogAfterAnswer(int status, const std::string& body) {
  Signal again;
  std::atomic<int> calls = 0;
  Gateway gateway([&](const httplib::Request&, httplib::Response& response) {
    response.status = status;
    response.set_content(body, "application/json");
    if (++calls == 2) again.Set();
  });
  FakeClock clock(Instant{});
  Poller poller(gateway.origin(), "key", clock, [](const Change&) {});
  poller.Start();
  EXPECT_TRUE(again.Wait());
  poller.Stop();
  return poller.log();
}

TEST(Poller, WaitsForAGatewayThatStarts) { EXPECT_EQ(LogAfterAnswer(503, "{}").faults(), 0U); }

TEST(Poller, ComplainsOfARefusal) {
  const FeedLog log = LogAfterAnswer(410, R"({"detail":"the feed begins at 7"})");
  EXPECT_GT(log.faults(), 0U);
  EXPECT_THAT(log.first_faults().at(0), HasSubstr("410: the feed begins at 7"));
}

TEST(Poller, ComplainsOfAnAnswerThatIsNoPage) {
  EXPECT_GT(LogAfterAnswer(200, "hello").faults(), 0U);
}

TEST(GatewayClient, FindsAnOrderOrNot) {
  Gateway gateway([](const httplib::Request& request, httplib::Response& response) {
    if (request.path == "/v1/orders/meituan-1") {
      response.set_content(R"({"id":"meituan-1"})", "application/json");
    } else {
      response.status = 404;
    }
  });
  GatewayClient client(gateway.origin(), "key");
  const auto found = client.Order("meituan-1");
  ASSERT_TRUE(found && *found);
  EXPECT_EQ((**found).at("id"), "meituan-1");
  const auto missing = client.Order("meituan-2");
  ASSERT_TRUE(missing.has_value());
  EXPECT_FALSE(missing->has_value());
}

TEST(GatewayClient, ListsPageByPage) {
  Gateway gateway([](const httplib::Request& request, httplib::Response& response) {
    const bool first = !request.has_param("cursor");
    response.set_header("Weir-Seq", first ? "5" : "9");
    response.set_content(first ? R"({"data":[{"id":"a"},{"id":"b"}],"next_cursor":"x+y"})"
                               : R"({"data":[{"id":")" + request.get_param_value("cursor") +
                                     R"("}],"next_cursor":null})",
                         "application/json");
  });
  const auto list = GatewayClient(gateway.origin(), "key").Orders();
  ASSERT_TRUE(list.has_value());
  EXPECT_THAT(list->ids, ElementsAre("a", "b", "x+y"));
  EXPECT_EQ(list->feed_end, 5U);
}

TEST(GatewayClient, NamesFailures) {
  Gateway gateway([](const httplib::Request& request, httplib::Response& response) {
    response.status = std::stoi(request.path.substr(1));
    response.set_content("no", "text/plain");
  });
  GatewayClient client(gateway.origin(), "key");
  for (const auto& [status, kind] : {std::pair{"401", ErrorKind::kUnauthorized},
                                     {"404", ErrorKind::kNotFound},
                                     {"400", ErrorKind::kRejected},
                                     {"500", ErrorKind::kTransport},
                                     {"503", ErrorKind::kRateLimited}}) {
    const auto answer = client.Get(std::string("/") + status);
    ASSERT_FALSE(answer.has_value()) << status;
    EXPECT_EQ(answer.error().kind, kind) << status;
  }
}

TEST(GatewayClient, SaysThatNobodyAnswers) {
  std::string origin;
  {
    origin = Gateway([](const httplib::Request&, httplib::Response&) {}).origin();
  }
  const auto answer = GatewayClient(origin, "key").Get("/");
  ASSERT_FALSE(answer.has_value());
  EXPECT_EQ(answer.error().kind, ErrorKind::kTransport);
}

}  // namespace
}  // namespace weir::app::demo
