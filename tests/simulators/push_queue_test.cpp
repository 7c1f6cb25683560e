// SPDX-License-Identifier: Apache-2.0
#include "simulators/push_queue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace weir::simulators {
namespace {

using std::chrono::seconds;
using Queue = PushQueue<std::string>;

constexpr Instant kStart{seconds(1'700'000'000)};

TEST(PushQueue, GivesNothingBeforeItsTime) {
  Queue queue(RetryPlan{});
  queue.Add("a", kStart + seconds(1), true);
  EXPECT_FALSE(queue.Take(kStart).has_value());
  EXPECT_EQ(queue.NextDue(), kStart + seconds(1));
}

TEST(PushQueue, GivesTheOldestFirst) {
  Queue queue(RetryPlan{});
  queue.Add("later", kStart + seconds(1), true);
  queue.Add("sooner", kStart, true);
  EXPECT_EQ(*queue.Take(kStart + seconds(2))->content, "sooner");
  EXPECT_EQ(*queue.Take(kStart + seconds(2))->content, "later");
}

TEST(PushQueue, IsDoneAfterAnOk) {
  Queue queue(RetryPlan{});
  queue.Add("a", kStart, true);
  const auto settled = queue.Settle(queue.Take(kStart)->id, true, kStart);
  EXPECT_TRUE(settled->ok);
  EXPECT_TRUE(settled->last);
  EXPECT_EQ(queue.outstanding(), 0U);
  EXPECT_EQ(queue.NextDue(), std::nullopt);
}

/// Sends one delivery, each attempt failing at once; gives the attempts' times since the start.
std::vector<seconds> FailAll(Queue& queue) {
  std::vector<seconds> times;
  while (const auto due = queue.NextDue()) {
    const auto attempt = queue.Take(*due);
    times.push_back(std::chrono::duration_cast<seconds>(*due - kStart));
    EXPECT_EQ(attempt->number + 1, times.size());
    queue.Settle(attempt->id, false, *due);
  }
  return times;
}

TEST(PushQueue, RepeatsAsThePlatformDoesAndThenStops) {
  Queue queue(RetryPlan{});
  queue.Add("a", kStart, true);
  EXPECT_THAT(FailAll(queue), testing::ElementsAre(seconds(0), seconds(30), seconds(90),
                                                   seconds(210), seconds(510)));
  EXPECT_EQ(queue.given_up(), 1U);
}

TEST(PushQueue, SendsOnceWhatIsNotRetried) {
  Queue queue(RetryPlan{});
  queue.Add("a", kStart, false);
  EXPECT_THAT(FailAll(queue), testing::ElementsAre(seconds(0)));
  EXPECT_EQ(queue.given_up(), 0U);
}

TEST(PushQueue, TakesSilenceForAFailureAtTheDeadline) {
  Queue queue(RetryPlan{});
  queue.Add("a", kStart, true);
  const auto first = queue.Take(kStart);
  EXPECT_EQ(queue.NextDue(), kStart + seconds(3));
  EXPECT_FALSE(queue.Take(kStart + seconds(3)).has_value());
  EXPECT_EQ(queue.NextDue(), kStart + seconds(33));
  EXPECT_FALSE(queue.Settle(first->id, true, kStart + seconds(4)).has_value());
  EXPECT_EQ(queue.Take(kStart + seconds(33))->number, 1U);
}

TEST(PushQueue, NamesEachAttemptAnew) {
  Queue queue(RetryPlan{});
  queue.Add("a", kStart, true);
  const auto first = queue.Take(kStart)->id;
  queue.Settle(first, false, kStart);
  EXPECT_NE(queue.Take(kStart + seconds(30))->id, first);
}

}  // namespace
}  // namespace weir::simulators
