// SPDX-License-Identifier: Apache-2.0
#include "net/timeout.hpp"

#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/steady_timer.hpp>
#include <stdexcept>

#include "tests/net/support.hpp"

namespace weir::net {
namespace {

using std::chrono::seconds;

boost::asio::awaitable<Result<int>> After(Timer* timer, std::chrono::nanoseconds delay, int value,
                                          bool* ended = nullptr) {
  co_await timer->Wait(delay);
  if (ended) {
    *ended = true;
  }
  co_return value;
}

boost::asio::awaitable<Result<int>> ThrowAfter(Timer* timer, std::chrono::nanoseconds delay) {
  co_await timer->Wait(delay);
  throw std::runtime_error("broken");
}

boost::asio::awaitable<Result<int>> FailAtOnce() { co_return Fail(ErrorKind::kConflict, "no"); }

class WithTimeoutTest : public testing::Test {
 protected:
  Result<int> Run(boost::asio::awaitable<Result<int>> work) {
    return Await(io_, WithTimeout(timer_, seconds(5), std::move(work)), &timer_);
  }

  boost::asio::io_context io_;
  FakeClock clock_;
  FakeTimer timer_{clock_};
};

TEST_F(WithTimeoutTest, GivesTheResult) {
  EXPECT_EQ(Run(After(&timer_, seconds(1), 7)).value(), 7);
}

TEST_F(WithTimeoutTest, GivesTheError) {
  EXPECT_EQ(Run(FailAtOnce()).error().kind, ErrorKind::kConflict);
}

TEST_F(WithTimeoutTest, CutsOffWhatTakesTooLong) {
  bool ended = false;
  const auto begin = clock_.Monotonic();
  EXPECT_EQ(Run(After(&timer_, seconds(60), 7, &ended)).error().kind, ErrorKind::kTransport);
  EXPECT_TRUE(ended) << "the work has to end before the answer comes";
  EXPECT_LT(clock_.Monotonic() - begin, seconds(6));
}

TEST_F(WithTimeoutTest, ThrowsAtOnceWhatTheWorkThrows) {
  const auto begin = clock_.Monotonic();
  EXPECT_THROW((void)Run(ThrowAfter(&timer_, seconds(1))), std::runtime_error);
  EXPECT_LT(clock_.Monotonic() - begin, seconds(3));
}

TEST_F(WithTimeoutTest, LeavesNoTimerBehind) {
  (void)Run(After(&timer_, seconds(1), 7));
  io_.restart();
  io_.poll();
  EXPECT_EQ(timer_.NextDue(), std::nullopt);
}

TEST_F(WithTimeoutTest, EndsWhenCancelledFromOutside) {
  boost::asio::cancellation_signal stop;
  bool done = false;
  boost::asio::co_spawn(
      io_, WithTimeout(timer_, seconds(5), After(&timer_, seconds(60), 7)),
      boost::asio::bind_cancellation_slot(
          stop.slot(), [&done](const std::exception_ptr&, Result<int>) { done = true; }));
  io_.poll();
  stop.emit(boost::asio::cancellation_type::terminal);
  io_.restart();
  io_.run();
  EXPECT_TRUE(done);
}

}  // namespace
}  // namespace weir::net
