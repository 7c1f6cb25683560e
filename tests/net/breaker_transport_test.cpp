// SPDX-License-Identifier: Apache-2.0
#include "net/breaker_transport.hpp"

#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>

#include "tests/net/support.hpp"

namespace weir::net {
namespace {

using std::chrono::seconds;

/// Fails at once; or, when it is stuck, waits until it is cancelled.
class StickyTransport final : public Transport {
 public:
  explicit StickyTransport(Timer& timer) : timer_(timer) {}

  boost::asio::awaitable<Result<Response>> Send(Request, std::chrono::milliseconds) override {
    if (is_stuck) {
      co_await timer_.Wait(std::chrono::hours(1));
    }
    co_return Fail(ErrorKind::kTransport, "scripted");
  }

  bool is_stuck = false;

 private:
  Timer& timer_;
};

class BreakerTransportTest : public testing::Test {
 protected:
  Result<Response> Send(std::string target = "http://a/x") {
    Request request{.target = std::move(target)};
    return Await(io_, breaker_.Send(std::move(request), seconds(5)));
  }

  void Open() {
    next_.answers.clear();
    next_.AddFailure(ErrorKind::kTransport);
    for (int i = 0; i < 3; ++i) {
      (void)Send();
    }
    next_.requests.clear();
  }

  boost::asio::io_context io_;
  FakeClock clock_;
  ScriptedTransport next_;
  BreakerTransport breaker_{next_, {.failures = 3, .open_for = seconds(10)}, clock_};
};

TEST_F(BreakerTransportTest, OpensAfterFailuresInARow) {
  Open();
  const auto outcome = Send();
  EXPECT_EQ(outcome.error().kind, ErrorKind::kRateLimited);
  EXPECT_EQ(outcome.error().retry_after, seconds(10));
  EXPECT_TRUE(next_.requests.empty());
  EXPECT_EQ(breaker_.open_circuits(), 1U);
}

TEST_F(BreakerTransportTest, CountsOnlyFailuresInARow) {
  next_.Add(503);
  next_.Add(502);
  next_.Add(200);
  next_.Add(503);
  next_.Add(504);
  next_.Add(200);
  for (int i = 0; i < 6; ++i) {
    EXPECT_TRUE(Send().has_value());
  }
  EXPECT_EQ(breaker_.open_circuits(), 0U);
}

TEST_F(BreakerTransportTest, TakesRefusalsForLife) {
  next_.Add(429);
  next_.Add(500);
  next_.AddFailure(ErrorKind::kMalformed);
  for (int i = 0; i < 10; ++i) {
    (void)Send();
  }
  EXPECT_EQ(next_.requests.size(), 10U);
}

TEST_F(BreakerTransportTest, KeepsHostsApart) {
  Open();
  next_.answers.clear();
  next_.Add(200);
  EXPECT_TRUE(Send("http://b/x").has_value());
  EXPECT_TRUE(Send("http://a:81/x").has_value());
  EXPECT_TRUE(Send("https://a/x").has_value());
  EXPECT_FALSE(Send("http://a/y").has_value());
}

TEST_F(BreakerTransportTest, ClosesWhenTheProbeSucceeds) {
  Open();
  next_.answers.clear();
  next_.Add(200);
  clock_.Advance(seconds(10));
  EXPECT_TRUE(Send().has_value());
  EXPECT_TRUE(Send().has_value());
  EXPECT_EQ(breaker_.open_circuits(), 0U);
}

TEST_F(BreakerTransportTest, OpensAgainWhenTheProbeFails) {
  Open();
  clock_.Advance(seconds(10));
  EXPECT_EQ(Send().error().kind, ErrorKind::kTransport);
  EXPECT_EQ(Send().error().kind, ErrorKind::kRateLimited);
  EXPECT_EQ(next_.requests.size(), 1U);
}

TEST_F(BreakerTransportTest, LetsOneProbeThroughAtATime) {
  FakeTimer timer(clock_);
  StickyTransport sticky(timer);
  BreakerTransport breaker(sticky, {.failures = 1, .open_for = seconds(10)}, clock_);
  const auto send = [&] { return breaker.Send({.target = "http://a/"}, seconds(5)); };
  (void)Await(io_, send());
  clock_.Advance(seconds(10));

  sticky.is_stuck = true;
  boost::asio::cancellation_signal stop;
  boost::asio::co_spawn(
      io_, send(),
      boost::asio::bind_cancellation_slot(
          stop.slot(), [](const std::exception_ptr&, const Result<Response>&) {}));
  io_.restart();
  io_.poll();
  EXPECT_EQ(Await(io_, send()).error().kind, ErrorKind::kRateLimited);

  sticky.is_stuck = false;
  stop.emit(boost::asio::cancellation_type::terminal);
  io_.restart();
  io_.poll();
  clock_.Advance(seconds(10));
  EXPECT_EQ(Await(io_, send()).error().kind, ErrorKind::kTransport) << "the next one probes";
}

TEST_F(BreakerTransportTest, RefusesWhatIsNoUrl) {
  EXPECT_EQ(Send("nonsense").error().kind, ErrorKind::kMalformed);
}

}  // namespace
}  // namespace weir::net
