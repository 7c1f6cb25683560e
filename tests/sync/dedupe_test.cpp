// SPDX-License-Identifier: Apache-2.0
#include "sync/dedupe.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <optional>

#include "base/fake_time.hpp"

namespace weir::sync::testing {
namespace {

using Verdict = Dedupe::Verdict;

constexpr ContentDigest kKey{.high = 1, .low = 2};

Instant At(int seconds) { return Instant(std::chrono::seconds(1'700'000'000 + seconds)); }

class DedupeTest : public ::testing::Test {
 protected:
  std::optional<bool> WaitInBackground() {
    auto stored = std::make_shared<std::optional<bool>>();
    boost::asio::co_spawn(
        io_, dedupe_.Wait(kKey),
        [stored](std::exception_ptr, Result<void> outcome) { *stored = outcome.has_value(); });
    io_.restart();
    io_.poll();
    waiting_ = stored;
    return *stored;
  }

  std::optional<bool> Waited() {
    io_.restart();
    io_.poll();
    return *waiting_;
  }

  boost::asio::io_context io_{1};
  FakeClock clock_;
  Dedupe dedupe_{clock_, {}};
  std::shared_ptr<std::optional<bool>> waiting_;
};

TEST_F(DedupeTest, ACopyOfADurablePushIsOne) {
  EXPECT_EQ(dedupe_.Admit(kKey, At(5)), Verdict::kFirst);
  EXPECT_EQ(dedupe_.Admit(kKey, At(5)), Verdict::kInFlight);
  dedupe_.Settle(kKey, {});
  EXPECT_EQ(dedupe_.Admit(kKey, At(9)), Verdict::kDurable);
}

TEST_F(DedupeTest, ACopySentEarlierSaysSomethingNew) {
  EXPECT_EQ(dedupe_.Admit(kKey, At(5)), Verdict::kFirst);
  EXPECT_EQ(dedupe_.Admit(kKey, At(4)), Verdict::kFirst);
  dedupe_.Settle(kKey, {});
  EXPECT_EQ(dedupe_.Admit(kKey, At(4)), Verdict::kDurable);
  EXPECT_EQ(dedupe_.Admit(kKey, At(3)), Verdict::kFirst);
}

TEST_F(DedupeTest, ACopyInFlightWaitsForTheSameFlush) {
  std::ignore = dedupe_.Admit(kKey, At(5));
  EXPECT_EQ(WaitInBackground(), std::nullopt);
  dedupe_.Settle(kKey, {});
  EXPECT_EQ(Waited(), true);
}

TEST_F(DedupeTest, AFailedFlushFailsItsCopiesAndIsForgotten) {
  std::ignore = dedupe_.Admit(kKey, At(5));
  EXPECT_EQ(WaitInBackground(), std::nullopt);
  dedupe_.Settle(kKey, Fail(ErrorKind::kInternal, "flush"));
  EXPECT_EQ(Waited(), false);
  EXPECT_EQ(dedupe_.Admit(kKey, At(5)), Verdict::kFirst);
}

TEST_F(DedupeTest, TheWindowEnds) {
  std::ignore = dedupe_.Admit(kKey, At(5));
  dedupe_.Settle(kKey, {});
  clock_.Advance(std::chrono::minutes(10));
  EXPECT_EQ(dedupe_.Admit(kKey, At(5)), Verdict::kFirst);
}

TEST_F(DedupeTest, KeepsABoundedNumberOfKeys) {
  Dedupe small(clock_, {.window = std::chrono::hours(1), .max_keys = 16});
  std::ignore = small.Admit(kKey, At(5));
  small.Settle(kKey, {});
  for (std::uint64_t i = 0; i < 4; ++i) {
    const ContentDigest other{.high = kKey.high, .low = 100 + i};
    std::ignore = small.Admit(other, At(5));
    small.Settle(other, {});
  }
  EXPECT_EQ(small.Admit(kKey, At(5)), Verdict::kFirst);
}

}  // namespace
}  // namespace weir::sync::testing
