// SPDX-License-Identifier: Apache-2.0
#include "connectors/doudian/tokens.hpp"

#include <gtest/gtest.h>

#include "net/query.hpp"
#include "tests/connectors/doudian/support.hpp"

namespace weir::connectors::doudian {
namespace {

constexpr const char* kAccess = "00000000-1111-2222-3333-444444444444";

Result<Token> Issue(CannedTransport& transport, std::optional<Token> former = std::nullopt,
                    const Credentials& credentials = TestCredentials()) {
  const FixedClock clock;
  Tokens tokens(credentials, transport, clock);
  return Await(tokens.Issue(std::move(former)));
}

Token Former(const char* access, const char* refresh) {
  Token token;
  token.access = Secret(access);
  token.refresh = Secret(refresh);
  token.expires_at = Instant(std::chrono::seconds(1700005000));
  token.refresh_expires_at = Instant(std::chrono::seconds(1700600000));
  return token;
}

TEST(Tokens, AreAskedForByTheShopsOwnApplication) {
  CannedTransport transport(ReadData("token_create_response.json"));
  ASSERT_TRUE(Issue(transport));
  const net::Request& request = transport.requests.at(0);
  EXPECT_EQ(request.target.find("https://openapi-fxg.jinritemai.com/token/create?"), 0U);
  EXPECT_EQ(request.body, R"({"code":"","grant_type":"authorization_self","shop_id":12345})");
  const auto query = *net::ParseQuery(request.query(), net::Decoding::kStrict);
  EXPECT_EQ(net::FindParameter(query, "access_token"), nullptr);
  EXPECT_FALSE(request.idempotent);
}

TEST(Tokens, AreAskedForWithACode) {
  Credentials credentials = TestCredentials();
  credentials.authorization_code = Secret("one-time");
  CannedTransport transport(ReadData("token_create_response.json"));
  ASSERT_TRUE(Issue(transport, std::nullopt, credentials));
  EXPECT_EQ(transport.requests[0].body, R"({"code":"one-time","grant_type":"authorization_code"})");
}

TEST(Tokens, OfATestShopSaySo) {
  Credentials credentials = TestCredentials();
  credentials.manner.test_shop = true;
  CannedTransport transport(ReadData("token_create_response.json"));
  ASSERT_TRUE(Issue(transport, std::nullopt, credentials));
  EXPECT_EQ(json::parse(transport.requests[0].body)["test_shop"], "1");
}

TEST(Tokens, LiveFromWhenTheyWereAskedFor) {
  CannedTransport transport(ReadData("token_create_response.json"));
  const auto token = Issue(transport);
  ASSERT_TRUE(token);
  EXPECT_EQ(token->access.Reveal(), kAccess);
  EXPECT_EQ(token->refresh.Reveal(), "55555555-6666-7777-8888-999999999999");
  EXPECT_EQ(token->expires_at, Instant(std::chrono::seconds(1700000000 + 604800)));
  EXPECT_EQ(token->refresh_expires_at, Instant(std::chrono::seconds(1700000000 + 2 * 604800)));
}

TEST(Tokens, AreRefreshedWhereTheyCanBe) {
  CannedTransport transport(ReadData("token_create_response.json"));
  ASSERT_TRUE(Issue(transport, Former("old", "re-fresh")));
  EXPECT_EQ(transport.requests[0].target.find("https://openapi-fxg.jinritemai.com/token/refresh?"),
            0U);
  EXPECT_EQ(transport.requests[0].body,
            R"({"grant_type":"refresh_token","refresh_token":"re-fresh"})");
}

TEST(Tokens, ThatComeBackTheSameDoNotLiveLonger) {
  CannedTransport transport(ReadData("token_create_response.json"));
  const Token former = Former(kAccess, "re-fresh");
  const auto token = Issue(transport, former);
  ASSERT_TRUE(token);
  EXPECT_EQ(token->expires_at, former.expires_at);
  EXPECT_EQ(token->refresh_expires_at, former.refresh_expires_at);
}

TEST(Tokens, ARefusalNamesItsReason) {
  CannedTransport transport(
      R"({"code":50001,"msg":"x","sub_code":"dop.token-generate-failed:token-expired"})");
  const auto token = Issue(transport, Former("old", "used"));
  ASSERT_FALSE(token);
  EXPECT_EQ(token.error().kind, ErrorKind::kUnauthorized);
  EXPECT_EQ(token.error().remote_code, "dop.token-generate-failed:token-expired");
}

TEST(Tokens, WhatIsNoTokenIsMalformed) {
  for (const char* data :
       {"{}", "[]", R"({"access_token":"","expires_in":5})", R"({"access_token":"a"})",
        R"({"access_token":"a","expires_in":0})", R"({"access_token":"a","expires_in":"x"})",
        R"({"access_token":"a","expires_in":99999999999999})"}) {
    CannedTransport transport(std::string(R"({"code":10000,"data":)") + data + "}");
    const auto token = Issue(transport);
    ASSERT_FALSE(token) << data;
    EXPECT_EQ(token.error().kind, ErrorKind::kMalformed) << data;
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
}  // namespace weir::connectors::doudian
