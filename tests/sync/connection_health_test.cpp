// SPDX-License-Identifier: Apache-2.0
#include "sync/connection_health.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/fake_time.hpp"

namespace weir::sync {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::SizeIs;

const Error kDown{.kind = ErrorKind::kTransport, .message = "HTTP 503", .remote_code = "503"};
const Error kRefused{.kind = ErrorKind::kUnauthorized, .message = "no", .remote_code = "703"};
const Error kNoSuch{.kind = ErrorKind::kNotFound, .message = "no such order"};

class ConnectionHealthTest : public ::testing::Test {
 protected:
  Health health() const { return health_.Read().health; }

  FakeClock clock_;
  ConnectionHealth health_{"mt-main", clock_};
};

TEST_F(ConnectionHealthTest, IsGoodUntilSomethingFails) { EXPECT_EQ(health(), Health::kOk); }

TEST_F(ConnectionHealthTest, IsDegradedByTheThirdFailureInARow) {
  health_.NoteError(CallKind::kOrders, kDown);
  health_.NoteError(CallKind::kMenus, kDown);
  EXPECT_EQ(health(), Health::kOk);
  health_.NoteError(CallKind::kOrders, kDown);
  EXPECT_EQ(health(), Health::kDegraded);
}

TEST_F(ConnectionHealthTest, IsNotDegradedByFailuresNowAndThen) {
  for (int i = 0; i < 10; ++i) {
    health_.NoteError(CallKind::kOrders, kDown);
    health_.NoteError(CallKind::kOrders, kDown);
    health_.NoteAnswer(CallKind::kMenus);
  }
  EXPECT_EQ(health(), Health::kOk);
}

TEST_F(ConnectionHealthTest, HealsWithTheFirstAnswerEvenIfItIsNo) {
  for (int i = 0; i < 3; ++i) health_.NoteError(CallKind::kOrders, kDown);
  health_.NoteError(CallKind::kOrders, kNoSuch);
  EXPECT_EQ(health(), Health::kOk);
}

TEST_F(ConnectionHealthTest, IsSkewedByOneRefusedClockUntilACallIsTaken) {
  health_.NoteError(CallKind::kOrders, kRefused, true);
  EXPECT_EQ(health(), Health::kClockSkew);
  health_.NoteAnswer(CallKind::kStores);
  EXPECT_EQ(health(), Health::kOk);
}

TEST_F(ConnectionHealthTest, IsUnauthorizedUntilThatCallIsTaken) {
  health_.NoteError(CallKind::kMenus, kRefused);
  health_.NoteAnswer(CallKind::kOrders);
  EXPECT_EQ(health(), Health::kUnauthorized);
  health_.NoteAnswer(CallKind::kMenus);
  EXPECT_EQ(health(), Health::kOk);
}

TEST_F(ConnectionHealthTest, ANewTokenEndsWhatTheOldOneWasRefused) {
  health_.NoteError(CallKind::kMenus, kRefused);
  health_.NoteAnswer(CallKind::kToken);
  EXPECT_EQ(health(), Health::kOk);
}

TEST_F(ConnectionHealthTest, OurOwnFaultSaysNothingOfThePlatform) {
  for (int i = 0; i < 5; ++i) {
    health_.NoteError(CallKind::kOrders, {.kind = ErrorKind::kInternal, .message = "disk"});
  }
  EXPECT_EQ(health(), Health::kOk);
  EXPECT_THAT(health_.Read().last_errors, SizeIs(1));
}

TEST_F(ConnectionHealthTest, CountsOutcomes) {
  health_.NoteAnswer(CallKind::kOrders);
  health_.NoteError(CallKind::kOrders, kDown);
  health_.NoteError(CallKind::kOrders, kDown);
  health_.NoteMissed();
  const auto report = health_.Read();
  EXPECT_EQ(report.answered, 1U);
  EXPECT_EQ(report.failed.at("transport"), 2U);
  EXPECT_EQ(report.missed_by_push, 1U);
}

TEST_F(ConnectionHealthTest, KeepsErrorsOfOneKindTogetherNewestFirst) {
  health_.NoteError(CallKind::kOrders, kDown);
  health_.NoteError(CallKind::kOrders, kNoSuch);
  clock_.Advance(std::chrono::seconds(5));
  health_.NoteError(CallKind::kOrders, kDown);
  const auto errors = health_.Read().last_errors;
  EXPECT_THAT(errors, ElementsAre(Field(&CallError::code, "503"), Field(&CallError::code, "")));
  EXPECT_EQ(errors[0].count, 2U);
  EXPECT_EQ(errors[0].at, clock_.Now());
}

TEST_F(ConnectionHealthTest, KeepsFewErrors) {
  for (int i = 0; i < 100; ++i) {
    health_.NoteError(CallKind::kOrders,
                      {.kind = ErrorKind::kRejected, .remote_code = std::to_string(i)});
  }
  const auto errors = health_.Read().last_errors;
  ASSERT_THAT(errors, SizeIs(ConnectionHealth::kErrorsKept));
  EXPECT_EQ(errors.front().code, "99");
}

TEST(HealthBook, KnowsAConnectionAgainWhileAnybodyHoldsIt) {
  const FakeClock clock;
  HealthBook book(clock);
  const auto held = book.Of("demo", "mt-main", "digest");
  EXPECT_EQ(book.Of("demo", "mt-main", "digest"), held);
  EXPECT_NE(book.Of("demo", "mt-main", "other"), held);
}

}  // namespace
}  // namespace weir::sync
