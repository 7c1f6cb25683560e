// SPDX-License-Identifier: Apache-2.0
#include "simulators/shell.hpp"

#include <gtest/gtest.h>
#include <httplib.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace weir::simulators {
namespace {

using std::chrono::seconds;

/// Answers calls with what they were, and sends the pushes it was given.
class Echo final : public Simulator {
 public:
  HttpAnswer Handle(const HttpCall& call, Instant) override {
    return {.status = 207,
            .content_type = "text/plain",
            .body = call.method + ' ' + call.origin + ' ' + call.target + ' ' + call.body};
  }
  std::vector<OutgoingPush> Due(Instant, std::size_t limit) override {
    std::vector<OutgoingPush> due;
    while (!pushes.empty() && due.size() < limit) {
      due.push_back(pushes.back());
      pushes.pop_back();
    }
    return due;
  }
  void OnPushAnswer(std::uint64_t push, const PushAnswer& answer, Instant) override {
    const std::lock_guard lock(mutex);
    answers.emplace_back(push, answer);
    answered.notify_all();
  }
  std::optional<Instant> NextDue() const override {
    return pushes.empty() ? std::nullopt : std::optional(Instant{});
  }

  /// Waits for so many answers, long enough for any machine.
  bool WaitForAnswers(std::size_t count) {
    std::unique_lock lock(mutex);
    return answered.wait_for(lock, seconds(30), [&] { return answers.size() >= count; });
  }

  std::vector<OutgoingPush> pushes;
  std::mutex mutex;
  std::condition_variable answered;
  std::vector<std::pair<std::uint64_t, PushAnswer>> answers;
};

/// The app's side: keeps what came.
class Receiver {
 public:
  Receiver() {
    const auto keep = [this](const httplib::Request& request, httplib::Response& response) {
      const std::lock_guard lock(mutex_);
      seen_.push_back(request.method + ' ' + request.target + ' ' + request.body);
      response.set_content(R"({"data":"ok"})", "application/json");
    };
    server_.Post(".*", keep).Get(".*", keep);
    server_.set_keep_alive_timeout(1);
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) {
      std::this_thread::yield();
    }
  }
  ~Receiver() {
    server_.stop();
    thread_.join();
  }
  std::string origin() const { return "http://127.0.0.1:" + std::to_string(port_); }
  std::vector<std::string> seen() {
    const std::lock_guard lock(mutex_);
    return seen_;
  }

 private:
  httplib::Server server_;
  std::thread thread_;
  std::mutex mutex_;
  std::vector<std::string> seen_;
  int port_ = 0;
};

TEST(HttpShell, HandsCallsToTheSimulatorAsTheyWereWritten) {
  Echo echo;
  const SystemClock clock;
  HttpShell shell(echo, clock, {});
  ASSERT_TRUE(shell.Start().has_value());
  httplib::Client client(shell.origin());
  client.set_url_encode(false);
  const auto result = client.Get("/api/v1/x?a=%E8%B7%AF+1");
  ASSERT_TRUE(result);
  EXPECT_EQ(result->status, 207);
  EXPECT_EQ(result->body, "GET " + shell.origin() + " /api/v1/x?a=%E8%B7%AF+1 ");
}

TEST(HttpShell, TakesFormBodiesOfAnyOrdinarySize) {
  Echo echo;
  const SystemClock clock;
  HttpShell shell(echo, clock, {});
  ASSERT_TRUE(shell.Start().has_value());
  httplib::Client client(shell.origin());
  const std::string body = "a=" + std::string(20'000, 'x');
  const auto result = client.Post("/p", body, "application/x-www-form-urlencoded");
  ASSERT_TRUE(result);
  EXPECT_EQ(result->body, "POST " + shell.origin() + " /p " + body);
}

TEST(HttpShell, SendsPushesAndReportsTheirAnswers) {
  Receiver receiver;
  Echo echo;
  const SystemClock clock;
  HttpShell shell(echo, clock, {});
  ASSERT_TRUE(shell.Start().has_value());
  shell.With([&] {
    echo.pushes = {{.id = 7,
                    .url = receiver.origin() + "/hooks/mt/order/paid",
                    .content_type = "application/x-www-form-urlencoded",
                    .body = "a=%25E8+1",
                    .timeout = seconds(10)},
                   {.id = 8,
                    .method = "GET",
                    .url = receiver.origin() + "/hooks/mt/refund?a=%25E8+1",
                    .content_type = {},
                    .body = {},
                    .timeout = seconds(10)}};
  });
  ASSERT_TRUE(echo.WaitForAnswers(2));
  for (const auto& [id, answer] : echo.answers) {
    EXPECT_EQ(answer.status, 200U);
    EXPECT_EQ(answer.body, R"({"data":"ok"})");
  }
  auto seen = receiver.seen();
  std::ranges::sort(seen);
  EXPECT_EQ(seen, (std::vector<std::string>{"GET /hooks/mt/refund?a=%25E8+1 ",
                                            "POST /hooks/mt/order/paid a=%25E8+1"}));
}

TEST(HttpShell, ReportsStatusZeroWhenNobodyAnswers) {
  Echo echo;
  const SystemClock clock;
  HttpShell shell(echo, clock, {});
  ASSERT_TRUE(shell.Start().has_value());
  std::string closed;
  {
    const Receiver gone;
    closed = gone.origin();
  }
  shell.With([&] {
    echo.pushes = {
        {.id = 9, .url = closed + "/x", .content_type = "a/b", .body = "", .timeout = seconds(10)}};
  });
  ASSERT_TRUE(echo.WaitForAnswers(1));
  EXPECT_EQ(echo.answers[0].second.status, 0U);
}

TEST(HttpShell, StopsCleanlyAndStartsAgain) {
  Echo echo;
  const SystemClock clock;
  HttpShell shell(echo, clock, {});
  shell.Stop();
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(shell.Start().has_value());
    EXPECT_FALSE(shell.Start().has_value());
    EXPECT_GT(shell.port(), 0);
    shell.Stop();
  }
}

TEST(HttpShell, SaysSoWhenTheAddressCannotBeBound) {
  Echo echo;
  const SystemClock clock;
  HttpShell shell(echo, clock, {.host = "not an address", .port = 0, .senders = 1});
  const auto started = shell.Start();
  ASSERT_FALSE(started.has_value());
  EXPECT_EQ(started.error().kind, ErrorKind::kConflict);
}

}  // namespace
}  // namespace weir::simulators
