// SPDX-License-Identifier: Apache-2.0
#include "base/fake_time.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/this_coro.hpp>
#include <string>
#include <vector>

namespace weir {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

using Log = std::vector<std::string>;

boost::asio::awaitable<void> WaitAndTell(Timer* timer, std::chrono::nanoseconds duration, Log* log,
                                         std::string name) {
  co_await timer->Wait(duration);
  log->push_back(std::move(name));
}

boost::asio::awaitable<void> TellEach(Timer* timer, FakeClock* clock,
                                      std::vector<std::chrono::nanoseconds>* times, int left) {
  for (; left > 0; --left) {
    co_await timer->Wait(10ms);
    times->push_back(clock->Monotonic());
  }
}

boost::asio::awaitable<void> WaitThoughCancelled(Timer* timer,
                                                 boost::asio::cancellation_signal* own,
                                                 bool* resumed) {
  co_await boost::asio::this_coro::throw_if_cancelled(false);
  own->emit(boost::asio::cancellation_type::terminal);
  co_await timer->Wait(1h);
  *resumed = true;
}

class FakeTimerTest : public testing::Test {
 protected:
  void Spawn(std::chrono::nanoseconds duration, std::string name) {
    boost::asio::co_spawn(io_, WaitAndTell(&timer_, duration, &log_, std::move(name)),
                          boost::asio::detached);
    Poll();
  }

  void Poll() {
    io_.restart();
    io_.poll();
  }

  FakeClock clock_;
  FakeTimer timer_{clock_};
  Log log_;
  boost::asio::io_context io_;
};

TEST(FakeClock, MovesBothTimes) {
  FakeClock clock;
  const Instant start = clock.Now();
  clock.Advance(1500us);
  EXPECT_EQ(clock.Now() - start, 1ms);
  EXPECT_EQ(clock.Monotonic(), 1500us);
  clock.Advance(500us);
  EXPECT_EQ(clock.Now() - start, 2ms);
}

TEST(FakeClock, SetLetsTimePass) {
  FakeClock clock;
  clock.Set(clock.Now() + 5s);
  EXPECT_EQ(clock.Monotonic(), 5s);
}

TEST(FakeClock, SetBackMovesTheWallOnly) {
  FakeClock clock;
  const Instant start = clock.Now();
  clock.Set(start - 5s);
  EXPECT_EQ(clock.Now(), start - 5s);
  EXPECT_EQ(clock.Monotonic(), 0s);
}

TEST(FakeClock, JumpMovesTheWallOnly) {
  FakeClock clock;
  const Instant start = clock.Now();
  clock.Jump(-3s);
  EXPECT_EQ(clock.Now(), start - 3s);
  EXPECT_EQ(clock.Monotonic(), 0s);
}

TEST_F(FakeTimerTest, WaitsForTheClock) {
  Spawn(10ms, "a");
  EXPECT_EQ(timer_.Advance(9ms), 0U);
  Poll();
  EXPECT_THAT(log_, IsEmpty());
  EXPECT_EQ(timer_.Advance(1ms), 1U);
  Poll();
  EXPECT_THAT(log_, ElementsAre("a"));
}

TEST_F(FakeTimerTest, ResumesByPostingOnly) {
  Spawn(10ms, "a");
  timer_.Advance(10ms);
  EXPECT_THAT(log_, IsEmpty());
}

TEST_F(FakeTimerTest, ResumesInOrderOfTimeThenOfArrival) {
  Spawn(20ms, "late");
  Spawn(10ms, "first");
  Spawn(10ms, "second");
  timer_.Advance(20ms);
  Poll();
  EXPECT_THAT(log_, ElementsAre("first", "second", "late"));
}

TEST_F(FakeTimerTest, AWaitOfNothingNeedsNoTime) {
  Spawn(-5ms, "a");
  timer_.RunDue();
  Poll();
  EXPECT_THAT(log_, ElementsAre("a"));
}

TEST_F(FakeTimerTest, TellsWhatIsNextDue) {
  EXPECT_EQ(timer_.NextDue(), std::nullopt);
  clock_.Advance(1s);
  Spawn(20ms, "late");
  Spawn(10ms, "early");
  EXPECT_EQ(timer_.NextDue(), 1s + 10ms);
}

TEST_F(FakeTimerTest, AWaitWithoutEndIsNeverDue) {
  clock_.Advance(1s);
  Spawn(std::chrono::nanoseconds::max(), "never");
  EXPECT_EQ(timer_.NextDue(), std::chrono::nanoseconds::max());
}

TEST_F(FakeTimerTest, IgnoresJumpsOfTheWall) {
  Spawn(10ms, "a");
  clock_.Jump(1h);
  EXPECT_EQ(timer_.RunDue(), 0U);
}

TEST_F(FakeTimerTest, ReturnsEarlyWhenCancelled) {
  boost::asio::cancellation_signal signal;
  bool ended = false;
  boost::asio::co_spawn(io_, timer_.Wait(1h),
                        boost::asio::bind_cancellation_slot(
                            signal.slot(), [&ended](const std::exception_ptr&) { ended = true; }));
  Poll();
  signal.emit(boost::asio::cancellation_type::terminal);
  Poll();
  EXPECT_TRUE(ended);
  EXPECT_EQ(timer_.NextDue(), std::nullopt);
}

TEST_F(FakeTimerTest, DoesNotWaitOnceCancelled) {
  boost::asio::cancellation_signal signal;
  bool resumed = false;
  boost::asio::co_spawn(io_, WaitThoughCancelled(&timer_, &signal, &resumed),
                        boost::asio::bind_cancellation_slot(signal.slot(), boost::asio::detached));
  Poll();
  EXPECT_TRUE(resumed);
}

TEST_F(FakeTimerTest, RunForStopsAtEachDueMoment) {
  std::vector<std::chrono::nanoseconds> times;
  boost::asio::co_spawn(io_, TellEach(&timer_, &clock_, &times, 3), boost::asio::detached);
  timer_.RunFor(io_, 25ms);
  EXPECT_THAT(times, ElementsAre(10ms, 20ms));
  EXPECT_EQ(clock_.Monotonic(), 25ms);
  timer_.RunFor(io_, 5ms);
  EXPECT_THAT(times, ElementsAre(10ms, 20ms, 30ms));
}

TEST(FakeTimer, MayGoBeforeItsWaiters) {
  boost::asio::io_context io;
  FakeClock clock;
  {
    FakeTimer timer(clock);
    boost::asio::co_spawn(io, timer.Wait(1h), boost::asio::detached);
    io.poll();
  }
  EXPECT_FALSE(io.stopped());
}

}  // namespace
}  // namespace weir
