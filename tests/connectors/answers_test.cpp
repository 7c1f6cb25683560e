// SPDX-License-Identifier: Apache-2.0
#include "connectors/answers.hpp"

#include <gtest/gtest.h>

namespace weir::connectors {
namespace {

TEST(Matches, IgnoresCaseOnly) {
  const auto digest = Md5("a");
  EXPECT_TRUE(MatchesHex(digest, "0cc175b9c0f1b6a831c399e269772661"));
  EXPECT_TRUE(MatchesHex(digest, "0CC175B9C0F1B6A831C399E269772661"));
  EXPECT_FALSE(MatchesHex(digest, "0cc175b9c0f1b6a831c399e269772662"));
  EXPECT_FALSE(MatchesHex(digest, "0cc175b9c0f1b6a831c399e26977266"));
  EXPECT_FALSE(MatchesHex(digest, ""));
}

TEST(HttpErrors, DecideByStatus) {
  EXPECT_EQ(ToHttpError("X", 502).kind, ErrorKind::kTransport);
  EXPECT_EQ(ToHttpError("X", 429).kind, ErrorKind::kRateLimited);
  EXPECT_EQ(ToHttpError("X", 403).kind, ErrorKind::kUnauthorized);
  EXPECT_EQ(ToHttpError("X", 404).kind, ErrorKind::kRejected);
  EXPECT_EQ(ToHttpError("X", 404).remote_code, "404");
}

TEST(Refusals, SayWhenToComeAgain) {
  const auto response = MakeRefusal({.kind = ErrorKind::kRateLimited,
                                     .message = "busy",
                                     .remote_code = {},
                                     .retry_after = std::chrono::seconds(7)});
  EXPECT_EQ(response.status, 503U);
  EXPECT_EQ(response.headers.Find("Retry-After"), "7");
}

}  // namespace
}  // namespace weir::connectors
