// SPDX-License-Identifier: Apache-2.0
#include "base/timer.hpp"

#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>

#include "base/clock.hpp"

namespace weir {
namespace {

TEST(SystemTimer, WaitsAtLeastAsLongAsAsked) {
  boost::asio::io_context io;
  SystemTimer timer;
  const SystemClock clock;
  const auto before = clock.Monotonic();
  bool resumed = false;
  boost::asio::co_spawn(io, timer.Wait(std::chrono::milliseconds(1)),
                        [&resumed](const std::exception_ptr&) { resumed = true; });
  io.run();
  EXPECT_TRUE(resumed);
  EXPECT_GE(clock.Monotonic() - before, std::chrono::milliseconds(1));
}

TEST(SystemTimer, ReturnsEarlyWhenCancelled) {
  boost::asio::io_context io;
  SystemTimer timer;
  boost::asio::cancellation_signal signal;
  bool resumed = false;
  boost::asio::co_spawn(
      io, timer.Wait(std::chrono::hours(24)),
      boost::asio::bind_cancellation_slot(
          signal.slot(), [&resumed](const std::exception_ptr&) { resumed = true; }));
  io.poll();
  EXPECT_FALSE(resumed);
  signal.emit(boost::asio::cancellation_type::terminal);
  io.run();
  EXPECT_TRUE(resumed);
}

TEST(SystemClock, AgreesWithTheOperatingSystem) {
  const auto difference = std::chrono::system_clock::now() - SystemClock().Now();
  EXPECT_LT(std::chrono::abs(difference), std::chrono::minutes(1));
}

}  // namespace
}  // namespace weir
