// SPDX-License-Identifier: Apache-2.0
#include "net/retry_after.hpp"

#include <gtest/gtest.h>

namespace weir::net {
namespace {

using std::chrono::seconds;

// 2026-11-22T03:00:00Z, a Sunday.
constexpr Instant kNow{seconds(1'795'316'400)};

std::optional<seconds> Read(std::string text) {
  Response response;
  response.headers.Add("retry-after", std::move(text));
  return RetryAfter(response, kNow);
}

TEST(RetryAfter, ReadsSeconds) { EXPECT_EQ(Read("120"), seconds(120)); }

TEST(RetryAfter, ReadsADate) {
  EXPECT_EQ(Read("Sun, 22 Nov 2026 03:01:30 GMT"), seconds(90));
  EXPECT_EQ(Read("Sun, 22 Nov 2026 02:00:00 GMT"), seconds(0));
}

TEST(RetryAfter, CapsAWeek) {
  EXPECT_EQ(Read("18446744073709551615"), std::chrono::hours(24 * 7));
  EXPECT_EQ(Read("Sun, 22 Nov 2099 03:00:00 GMT"), std::chrono::hours(24 * 7));
}

TEST(RetryAfter, IgnoresWhatItCannotRead) {
  for (const char* text : {"", "-1", "soon", "1.5", "Sun, 22 Xxx 2026 03:01:30 GMT",
                           "Sunday, 22-Nov-26 03:01:30 GMT", "Sun, 22 Nov 2026 03:01:30 CST"}) {
    EXPECT_EQ(Read(text), std::nullopt) << text;
  }
  EXPECT_EQ(RetryAfter(Response{}, kNow), std::nullopt);
}

}  // namespace
}  // namespace weir::net
