// SPDX-License-Identifier: Apache-2.0
#include "connectors/eleme/tokens.hpp"

#include <gtest/gtest.h>

#include "tests/connectors/eleme/support.hpp"

namespace weir::connectors::eleme {
namespace {

Result<Token> Issue(CannedTransport& transport, std::optional<Token> former = std::nullopt) {
  const FixedClock clock;
  Tokens tokens(TestCredentials(), transport, clock);
  return Await(tokens.Issue(std::move(former)));
}

Token Former(const char* refresh) {
  Token token;
  token.access = Secret("old");
  token.refresh = Secret(refresh);
  return token;
}

TEST(Tokens, AreAskedForByTheApplication) {
  CannedTransport transport(ReadData("token_response.json"));
  ASSERT_TRUE(Issue(transport));
  const net::Request& request = transport.requests.at(0);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.target, "https://open-api.shop.ele.me/token");
  EXPECT_EQ(request.body, "grant_type=client_credentials");
  EXPECT_EQ(request.headers.Find("Content-Type"), "application/x-www-form-urlencoded");
  EXPECT_EQ(request.headers.Find("Authorization"), "Basic dGVzdF9rZXk6dGVzdF9zZWNyZXRfZWxlbWU=");
  EXPECT_FALSE(request.idempotent);
}

TEST(Tokens, LiveFromWhenTheyWereAskedFor) {
  CannedTransport transport(ReadData("token_response.json"));
  const auto token = Issue(transport);
  ASSERT_TRUE(token);
  EXPECT_EQ(token->access.Reveal(), "0123456789abcdef0123456789abcdef");
  EXPECT_EQ(token->refresh.Reveal(), "fedcba9876543210fedcba9876543210");
  EXPECT_EQ(token->obtained_at, Instant(std::chrono::seconds(1700000000)));
  EXPECT_EQ(token->expires_at, Instant(std::chrono::seconds(1700000000 + 2592000)));
}

TEST(Tokens, AreRefreshedWhereTheyCanBe) {
  CannedTransport transport(ReadData("token_response.json"));
  ASSERT_TRUE(Issue(transport, Former("re fresh")));
  EXPECT_EQ(transport.requests.at(0).body, "grant_type=refresh_token&refresh_token=re%20fresh");
}

TEST(Tokens, WithoutARefreshTokenAreNewOnes) {
  CannedTransport transport(ReadData("token_response.json"));
  ASSERT_TRUE(Issue(transport, Former("")));
  EXPECT_EQ(transport.requests.at(0).body, "grant_type=client_credentials");
}

TEST(Tokens, ARefusalNamesItsReason) {
  CannedTransport transport(ReadData("token_error.json"));
  const auto token = Issue(transport);
  ASSERT_FALSE(token);
  EXPECT_EQ(token.error().kind, ErrorKind::kUnauthorized);
  EXPECT_EQ(token.error().remote_code, "invalid_client");
}

TEST(Tokens, ARefusedRefreshIsNotTriedAnotherWay) {
  CannedTransport transport(R"({"error":"invalid_grant","error_description":"x"})");
  const auto token = Issue(transport, Former("used"));
  ASSERT_FALSE(token);
  EXPECT_EQ(token.error().remote_code, "invalid_grant");
  EXPECT_EQ(transport.requests.size(), 1U);
}

TEST(Tokens, WhatIsNoTokenIsMalformed) {
  for (const char* body :
       {"", "[]", "{}", R"({"access_token":"","expires_in":5})", R"({"access_token":"a"})",
        R"({"access_token":"a","expires_in":0})", R"({"access_token":"a","expires_in":"x"})",
        R"({"access_token":"a","expires_in":99999999999999})",
        R"({"access_token":1,"expires_in":5})"}) {
    CannedTransport transport((std::string(body)));
    const auto token = Issue(transport);
    ASSERT_FALSE(token) << body;
    EXPECT_EQ(token.error().kind, ErrorKind::kMalformed) << body;
  }
}

TEST(Tokens, AnOutageIsTransient) {
  net::Response response = Answer("<html>");
  response.status = 502;
  CannedTransport transport(std::deque<Result<net::Response>>{response});
  const auto token = Issue(transport);
  ASSERT_FALSE(token);
  EXPECT_EQ(token.error().kind, ErrorKind::kTransport);
}

}  // namespace
}  // namespace weir::connectors::eleme
