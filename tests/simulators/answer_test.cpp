// SPDX-License-Identifier: Apache-2.0
// What wraps an answer, whichever platform gives it.
#include <gtest/gtest.h>

#include "base/seeded_random.hpp"
#include "simulators/china_time.hpp"
#include "simulators/gzip.hpp"
#include "simulators/outage.hpp"
#include "simulators/target.hpp"

namespace weir::simulators {
namespace {

TEST(FailNowAndThen, FailsBeforeOrAfterTheEffect) {
  SeededRandom random(2);
  int served = 0;
  for (int i = 0; i < 200; ++i) {
    const HttpAnswer answer = FailNowAndThen(random, 1, [&] {
      ++served;
      return HttpAnswer{};
    });
    EXPECT_GE(answer.status, 500U);
  }
  EXPECT_GT(served, 50);
  EXPECT_LT(served, 150);
}

TEST(FailNowAndThen, LetsTheRestThrough) {
  SeededRandom random(2);
  const HttpAnswer answer =
      FailNowAndThen(random, 0, [] { return HttpAnswer{.body = "well", .headers = {}}; });
  EXPECT_EQ(answer.body, "well");
}

TEST(CompressIfWanted, LeavesOthersAlone) {
  HttpAnswer answer{.body = "text", .headers = {}};
  CompressIfWanted({.target = {}, .body = {}, .headers = {{"Accept-Encoding", "br"}}}, answer);
  EXPECT_EQ(answer.body, "text");
  EXPECT_TRUE(answer.headers.empty());
}

TEST(CompressIfWanted, MakesLongTextShort) {
  HttpAnswer answer{.body = std::string(100'000, 'x'), .headers = {}};
  CompressIfWanted({.target = {}, .body = {}, .headers = {{"accept-encoding", "br, gzip"}}},
                   answer);
  EXPECT_LT(answer.body.size(), 2'000U);
  EXPECT_EQ(answer.body.substr(0, 2), "\x1f\x8b");
  EXPECT_EQ(answer.headers.front().second, "gzip");
}

TEST(TargetOf, TakesACallApart) {
  const Target relative =
      TargetOf({.origin = "http://a", .target = "/b/c?d=e", .body = {}, .headers = {}});
  EXPECT_EQ(relative.origin, "http://a");
  EXPECT_EQ(relative.path, "/b/c");
  EXPECT_EQ(relative.query, "d=e");
  const Target absolute =
      TargetOf({.origin = {}, .target = "https://x.example.com/y", .body = {}, .headers = {}});
  EXPECT_EQ(absolute.origin, "https://x.example.com");
  EXPECT_EQ(absolute.path, "/y");
}

TEST(ChinaTime, IsEightHoursAhead) {
  constexpr Instant kLate{std::chrono::seconds(1'700'000'000)};  // 2023-11-14T22:13:20Z
  EXPECT_EQ(ChinaTime(kLate), "2023-11-15T06:13:20");
  EXPECT_EQ(ChinaDay(kLate), "20231115");
}

}  // namespace
}  // namespace weir::simulators
