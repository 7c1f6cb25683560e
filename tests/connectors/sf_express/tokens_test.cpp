// SPDX-License-Identifier: Apache-2.0
#include "connectors/sf_express/tokens.hpp"

#include <gtest/gtest.h>

#include "tests/connectors/sf_express/support.hpp"

namespace weir::connectors::sf_express {
namespace {

Result<Token> Issue(CannedTransport& transport) {
  const FixedClock clock;
  Tokens tokens(TestCredentials(), transport, clock);
  return Await(tokens.Issue(std::nullopt));
}

TEST(Tokens, AreAskedForWithTheCheckWord) {
  CannedTransport transport(ReadData("oauth2_response.json"));
  ASSERT_TRUE(Issue(transport));
  EXPECT_EQ(transport.requests.at(0).target, "https://bspgw.sf-express.com/oauth2/accessToken");
  EXPECT_EQ(transport.Field(0, "partnerID"), "DEMO_PARTNER");
  EXPECT_EQ(transport.Field(0, "secret"), kCheckWord);
  EXPECT_EQ(transport.Field(0, "grantType"), "password");
}

TEST(Tokens, LiveAsLongAsIsSaid) {
  CannedTransport transport(ReadData("oauth2_response.json"));
  const auto token = Issue(transport);
  ASSERT_TRUE(token);
  EXPECT_EQ(token->access.Reveal(), "20D02FC4F63B4A4AA7C9A236EAD5B0A1");
  EXPECT_TRUE(token->refresh.empty());
  EXPECT_EQ(token->expires_at, Instant(std::chrono::seconds(1700000000 + 5150)));
}

TEST(Tokens, ThatAreRefusedAreUnauthorized) {
  CannedTransport transport(ReadData("oauth2_fail_response.json"));
  const auto token = Issue(transport);
  ASSERT_FALSE(token);
  EXPECT_EQ(token.error().kind, ErrorKind::kUnauthorized);
  EXPECT_EQ(token.error().remote_code, "A1011");
}

TEST(Tokens, WhatIsNoneIsMalformed) {
  for (const char* body : {"", "[]", "{}", R"({"apiResultCode":"A1000"})",
                           R"({"apiResultCode":"A1000","accessToken":"a"})",
                           R"({"apiResultCode":"A1000","accessToken":"a","expiresIn":0})",
                           R"({"apiResultCode":"A1000","accessToken":"a","expiresIn":99999})"}) {
    CannedTransport transport((std::string(body)));
    const auto token = Issue(transport);
    ASSERT_FALSE(token) << body;
    EXPECT_EQ(token.error().kind, ErrorKind::kMalformed) << body;
  }
}

TEST(Tokens, AnOutageIsTransient) {
  CannedTransport transport({Answer("<html>", 502)});
  EXPECT_EQ(Issue(transport).error().kind, ErrorKind::kTransport);
}

}  // namespace
}  // namespace weir::connectors::sf_express
