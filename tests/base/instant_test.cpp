// SPDX-License-Identifier: Apache-2.0
#include "base/instant.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>
#include <string>

namespace weir {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

Instant At(std::int64_t milliseconds_since_1970) {
  return Instant(milliseconds(milliseconds_since_1970));
}

struct Spelling {
  std::string text;
  std::int64_t milliseconds;
};

class Rfc3339Text : public testing::TestWithParam<Spelling> {};

TEST_P(Rfc3339Text, Parses) {
  const auto at = ParseRfc3339(GetParam().text);
  ASSERT_TRUE(at) << GetParam().text;
  EXPECT_EQ(at->time_since_epoch().count(), GetParam().milliseconds);
}

INSTANTIATE_TEST_SUITE_P(Instant, Rfc3339Text,
                         testing::Values(Spelling{"1970-01-01T00:00:00Z", 0},
                                         Spelling{"2026-11-22T03:00:00.000Z", 1795316400000},
                                         Spelling{"2026-11-22T11:00:00+08:00", 1795316400000},
                                         Spelling{"2026-11-21t21:30:00-05:30", 1795316400000},
                                         Spelling{"2026-11-22 03:00:00.5z", 1795316400500},
                                         Spelling{"2026-11-22T03:00:00.123999999Z", 1795316400123},
                                         Spelling{"2024-02-29T00:00:00Z", 1709164800000},
                                         Spelling{"1969-12-31T23:59:59.999Z", -1},
                                         Spelling{"9999-12-31T23:59:59.999Z", 253402300799999}));

class RefusedRfc3339Text : public testing::TestWithParam<std::string> {};

TEST_P(RefusedRfc3339Text, IsMalformed) {
  const auto at = ParseRfc3339(GetParam());
  ASSERT_FALSE(at) << ToRfc3339(*at);
  EXPECT_EQ(at.error().kind, ErrorKind::kMalformed);
}

INSTANTIATE_TEST_SUITE_P(
    Instant, RefusedRfc3339Text,
    testing::Values("", "2026-11-22", "2026-11-22T03:00:00", "2026-11-22T03:00Z",
                    "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z",
                    "2026-11-22T24:00:00Z", "2026-11-22T23:59:60Z", "2026-11-22T03:60:00Z",
                    "2026-11-22T03:00:00.Z", "2026-11-22T03:00:00.1234567890Z",
                    "2026-11-22T03:00:00+24:00", "2026-11-22T03:00:00+08:60",
                    "2026-11-22T03:00:00+0800", "2026-11-22T03:00:00Z ", " 2026-11-22T03:00:00Z",
                    "2026-1-22T03:00:00Z", "-026-11-22T03:00:00Z", "2026/11/22T03:00:00Z",
                    "0000-01-01T00:00:00+01:00", "9999-12-31T23:59:59-00:01"));

TEST(Instant, ShowsMilliseconds) {
  EXPECT_EQ(ToRfc3339(At(1795316400007)), "2026-11-22T03:00:00.007Z");
}

TEST(Instant, ShowsTimesBefore1970) { EXPECT_EQ(ToRfc3339(At(-1)), "1969-12-31T23:59:59.999Z"); }

TEST(Instant, ShowsTheEndsOfTheFormatForWhatIsBeyond) {
  EXPECT_EQ(ToRfc3339(At(std::numeric_limits<std::int64_t>::max())), "9999-12-31T23:59:59.999Z");
  EXPECT_EQ(ToRfc3339(At(std::numeric_limits<std::int64_t>::min())), "0000-01-01T00:00:00.000Z");
}

TEST(Instant, AppendsWithoutTouchingWhatIsThere) {
  std::string out = "at ";
  AppendRfc3339(out, At(0));
  EXPECT_EQ(out, "at 1970-01-01T00:00:00.000Z");
}

RC_GTEST_PROP(Instant, ParsesWhatItShows, ()) {
  const Instant at = At(*rc::gen::inRange<std::int64_t>(-62167219200000, 253402300800000));
  RC_ASSERT(ParseRfc3339(ToRfc3339(at)).value() == at);
}

TEST(Instant, ParsesUnixSeconds) {
  EXPECT_EQ(ParseUnixSeconds("1700000000"), At(1700000000000));
  EXPECT_EQ(ParseUnixSeconds("0"), At(0));
  EXPECT_EQ(ParseUnixSeconds("99999999999"), At(99999999999000));
}

TEST(Instant, RefusesOtherUnixSeconds) {
  for (const std::string text : {"", "-1", "+1", " 1", "1.5", "1e9", "1700000000000", "abc"}) {
    const auto at = ParseUnixSeconds(text);
    ASSERT_FALSE(at) << text;
    EXPECT_EQ(at.error().kind, ErrorKind::kMalformed);
  }
}

TEST(Instant, ParsesLocalTimes) {
  for (const std::string text :
       {"2026-11-22 11:00:00", "2026-11-22T11:00:00", "2026-11-22 11:00:00.000"}) {
    EXPECT_EQ(ParseLocalTime(text, Zone::China()), At(1795316400000)) << text;
  }
}

TEST(Instant, RefusesOtherLocalTimes) {
  for (const std::string text : {"", "2026-11-22", "2026-11-22 11:00", "2026-11-22 11:00:00Z",
                                 "2026-11-22 25:00:00", "2026-11-31 11:00:00", "0"}) {
    const auto at = ParseLocalTime(text, Zone::China());
    ASSERT_FALSE(at) << text;
    EXPECT_EQ(at.error().kind, ErrorKind::kMalformed);
  }
}

TEST(Instant, FloorsUnixSeconds) {
  EXPECT_EQ(UnixSeconds(At(1999)), 1);
  EXPECT_EQ(UnixSeconds(At(-1)), -1);
}

TEST(Zone, ParsesNamesAndOffsets) {
  EXPECT_EQ(Zone::Parse("Asia/Shanghai")->offset(), minutes(480));
  EXPECT_EQ(Zone::Parse("Asia/Taipei")->offset(), minutes(480));
  EXPECT_EQ(Zone::Parse("UTC")->offset(), minutes(0));
  EXPECT_EQ(Zone::Parse("Z")->offset(), minutes(0));
  EXPECT_EQ(Zone::Parse("+08:00")->offset(), minutes(480));
  EXPECT_EQ(Zone::Parse("-03:30")->offset(), minutes(-210));
}

TEST(Zone, RefusesWhatItDoesNotKnow) {
  for (const std::string text : {"", "Europe/Paris", "asia/shanghai", "08:00", "+8", "+08:00 "}) {
    EXPECT_FALSE(Zone::Parse(text)) << text;
  }
}

}  // namespace
}  // namespace weir
