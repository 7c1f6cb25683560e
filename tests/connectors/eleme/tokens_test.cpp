// SPDX-License-Identifier: Apache-2.0
#include "connectors/eleme/tokens.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "simulators/eleme/tokens.hpp"
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

class CodedTokens : public testing::Test {
 protected:
  Result<Token> IssueFrom(CannedTransport& transport, std::optional<Token> former = std::nullopt) {
    if (!tokens_) {
      tokens_.emplace(*ParseCredentials(CodedOptions()), transport, clock_);
    }
    return Await(tokens_->Issue(std::move(former)));
  }

  FixedClock clock_;
  std::optional<Tokens> tokens_;
};

TEST_F(CodedTokens, AreAskedForWithTheMerchantsConsent) {
  CannedTransport transport(ReadData("token_response.json"));
  ASSERT_TRUE(IssueFrom(transport));
  EXPECT_EQ(transport.requests.at(0).body,
            "grant_type=authorization_code&code=c%2F1&redirect_uri=https%3A%2F%2Fgw.example.com"
            "%2Fdone&client_id=test_key");
}

TEST_F(CodedTokens, LiveOnByTheirRefreshToken) {
  CannedTransport transport(ReadData("token_response.json"));
  ASSERT_TRUE(IssueFrom(transport, Former("r1")));
  EXPECT_EQ(transport.requests.at(0).body, "grant_type=refresh_token&refresh_token=r1");
}

TEST_F(CodedTokens, UseTheirCodeOnce) {
  CannedTransport transport(
      {Answer(ReadData("token_response.json")), Answer(ReadData("token_response.json"))});
  ASSERT_TRUE(IssueFrom(transport));
  const auto again = IssueFrom(transport);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind, ErrorKind::kUnauthorized);
  EXPECT_EQ(transport.requests.size(), 1U);
}

TEST_F(CodedTokens, DoNotOfferACodeAgainThatWasRefused) {
  CannedTransport transport(R"({"error":"invalid_grant"})");
  EXPECT_EQ(IssueFrom(transport).error().remote_code, "invalid_grant");
  EXPECT_EQ(IssueFrom(transport).error().kind, ErrorKind::kUnauthorized);
  EXPECT_EQ(transport.requests.size(), 1U);
}

TEST_F(CodedTokens, OfferACodeAgainThatNobodyAnswered) {
  CannedTransport transport(
      {Fail(ErrorKind::kTransport, "reset"), Answer(ReadData("token_response.json"))});
  ASSERT_FALSE(IssueFrom(transport));
  EXPECT_TRUE(IssueFrom(transport));
}

TEST_F(CodedTokens, DoNotUseTheCodeOfATokenThatIsHeld) {
  CannedTransport transport(R"({"error":"invalid_grant"})");
  ASSERT_FALSE(IssueFrom(transport, Former("too old")));
  EXPECT_EQ(IssueFrom(transport).error().kind, ErrorKind::kUnauthorized);
  EXPECT_EQ(IssueFrom(transport, Former("")).error().kind, ErrorKind::kUnauthorized);
  EXPECT_EQ(transport.requests.size(), 1U);
}

/// The platform's own token server, by way of HTTP without a socket.
class ServerTransport final : public net::Transport {
 public:
  explicit ServerTransport(simulators::eleme::TokenServer& server) : server_(server) {}

  boost::asio::awaitable<Result<net::Response>> Send(
      net::Request request, std::chrono::milliseconds /*timeout*/) override {
    simulators::HttpCall call;
    call.method = request.method;
    call.target = request.target;
    call.body = request.body;
    for (const auto& header : request.headers.items()) call.headers.push_back(header);
    const simulators::HttpAnswer answer = server_.Token(call, FixedClock().Now());
    net::Response response;
    response.status = answer.status;
    response.body = answer.body;
    co_return response;
  }

 private:
  simulators::eleme::TokenServer& server_;
};

TEST(TokenServer, ExchangesACodeOnceAndThenRefreshes) {
  simulators::eleme::Options options;
  options.app_key = "test_key";
  options.app_secret = kSecret;
  SystemRandom random;
  simulators::eleme::TokenServer server(options, random);
  const FixedClock clock;
  const std::string code = server.Consent("https://gw.example.com/done", clock.Now());
  ServerTransport transport(server);
  const Credentials credentials = *ParseCredentials(CodedOptions(code));
  Tokens tokens(credentials, transport, clock);
  const auto first = Await(tokens.Issue(std::nullopt));
  ASSERT_TRUE(first) << first.error().message;
  const auto second = Await(tokens.Issue(*first));
  ASSERT_TRUE(second) << second.error().message;
  EXPECT_NE(first->access, second->access);
  // Lost before it was kept: the old refresh token is taken for 30 minutes more.
  EXPECT_TRUE(Await(tokens.Issue(*first)));
  // A gateway that knows nothing of all this offers the code again, and is refused.
  Tokens fresh(credentials, transport, clock);
  const auto refused = Await(fresh.Issue(std::nullopt));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::kUnauthorized);
  EXPECT_EQ(refused.error().remote_code, "invalid_grant");
}

}  // namespace
}  // namespace weir::connectors::eleme
