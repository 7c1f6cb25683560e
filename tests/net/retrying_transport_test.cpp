// SPDX-License-Identifier: Apache-2.0
#include "net/retrying_transport.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/seeded_random.hpp"
#include "tests/net/support.hpp"

namespace weir::net {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class RetryingTransportTest : public testing::Test {
 protected:
  Result<Response> Send(bool idempotent, milliseconds timeout = seconds(60)) {
    RetryingTransport transport(next_, policy_, clock_, timer_, random_);
    Request request{.method = "POST", .target = "http://a/x"};
    request.idempotent = idempotent;
    return Await(io_, transport.Send(std::move(request), timeout), &timer_);
  }

  RetryPolicy policy_{.attempts = 3};
  ScriptedTransport next_;
  boost::asio::io_context io_;
  FakeClock clock_;
  FakeTimer timer_{clock_};
  SeededRandom random_{1};
};

TEST_F(RetryingTransportTest, SendsOnceWhatSucceeds) {
  next_.Add(200);
  EXPECT_EQ(Send(true)->status, 200U);
  EXPECT_EQ(next_.requests.size(), 1U);
}

TEST_F(RetryingTransportTest, NeverRepeatsWhatIsNotIdempotent) {
  next_.AddFailure(ErrorKind::kTransport);
  EXPECT_EQ(Send(false).error().kind, ErrorKind::kTransport);
  EXPECT_EQ(next_.requests.size(), 1U);
}

TEST_F(RetryingTransportTest, RepeatsAfterATransientError) {
  next_.AddFailure(ErrorKind::kTransport);
  next_.AddFailure(ErrorKind::kRateLimited);
  next_.Add(200);
  EXPECT_EQ(Send(true)->status, 200U);
  EXPECT_EQ(next_.requests.size(), 3U);
}

TEST_F(RetryingTransportTest, DoesNotRepeatAPermanentError) {
  next_.AddFailure(ErrorKind::kRejected);
  EXPECT_EQ(Send(true).error().kind, ErrorKind::kRejected);
  EXPECT_EQ(next_.requests.size(), 1U);
}

TEST_F(RetryingTransportTest, RepeatsPassingStatusesOnly) {
  for (const unsigned status : {429U, 502U, 503U, 504U}) {
    next_ = {};
    next_.Add(status);
    next_.Add(200);
    EXPECT_EQ(Send(true)->status, 200U) << status;
  }
  for (const unsigned status : {301U, 400U, 401U, 404U, 500U, 501U}) {
    next_ = {};
    next_.Add(status);
    next_.Add(200);
    EXPECT_EQ(Send(true)->status, status);
  }
}

TEST_F(RetryingTransportTest, GivesTheLastOutcomeWhenAttemptsAreSpent) {
  next_.Add(503);
  EXPECT_EQ(Send(true)->status, 503U);
  EXPECT_EQ(next_.requests.size(), 3U);
}

TEST_F(RetryingTransportTest, WaitsAsLongAsAsked) {
  next_.Add(429, "7");
  next_.Add(200);
  const auto begin = clock_.Monotonic();
  EXPECT_EQ(Send(true)->status, 200U);
  EXPECT_GE(clock_.Monotonic() - begin, seconds(7));
  EXPECT_LT(clock_.Monotonic() - begin, seconds(8));
}

TEST_F(RetryingTransportTest, DoesNotBeginAPauseBeyondTheTimeout) {
  next_.Add(429, "61");
  const auto begin = clock_.Monotonic();
  EXPECT_EQ(Send(true, seconds(60))->status, 429U);
  EXPECT_EQ(next_.requests.size(), 1U);
  EXPECT_LT(clock_.Monotonic() - begin, seconds(1));
}

TEST_F(RetryingTransportTest, BacksOffExponentially) {
  policy_ = {.attempts = 5, .first_pause = seconds(1), .longest_pause = seconds(4)};
  next_.Add(503);
  const auto begin = clock_.Monotonic();
  EXPECT_EQ(Send(true)->status, 503U);
  // Pauses of at most 1, 2, 4 and 4 seconds, at least half of each.
  EXPECT_GE(clock_.Monotonic() - begin, milliseconds(5500));
  EXPECT_LE(clock_.Monotonic() - begin, seconds(13));
}

TEST_F(RetryingTransportTest, LimitsEachAttempt) {
  policy_.attempt_timeout = seconds(10);
  next_.Add(503);
  (void)Send(true, seconds(25));
  EXPECT_EQ(next_.timeouts.at(0), seconds(10));
  next_ = {};
  next_.Add(200);
  (void)Send(true, seconds(4));
  EXPECT_EQ(next_.timeouts.at(0), seconds(4));
}

TEST_F(RetryingTransportTest, SendsTheSameBytesAgain) {
  RetryingTransport transport(next_, policy_, clock_, timer_, random_);
  next_.Add(503);
  next_.Add(200);
  Request request{.method = "POST", .target = "http://a/x", .headers = {}, .body = "body"};
  request.headers.Add("X-Key", "1");
  request.idempotent = true;
  (void)Await(io_, transport.Send(request, seconds(60)), &timer_);
  ASSERT_EQ(next_.requests.size(), 2U);
  EXPECT_EQ(next_.requests[1].body, "body");
  EXPECT_EQ(next_.requests[1].headers.Find("x-key"), "1");
}

}  // namespace
}  // namespace weir::net
