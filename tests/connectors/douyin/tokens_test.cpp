// SPDX-License-Identifier: Apache-2.0
#include "connectors/douyin/tokens.hpp"

#include <gtest/gtest.h>

#include "tests/connectors/douyin/support.hpp"

namespace weir::connectors::douyin {
namespace {

constexpr std::size_t kStorm = 1000;

/// Gives a token whenever it is asked.
class TokenServer final : public net::Transport {
 public:
  boost::asio::awaitable<Result<net::Response>> Send(
      net::Request request, std::chrono::milliseconds /*timeout*/) override {
    requests.push_back(std::move(request));
    co_return Answer(ReadData("life_client_token_response.json"));
  }
  std::vector<net::Request> requests;
};

class TokensTest : public testing::Test {
 protected:
  Result<Token> Issue(std::optional<Token> former = std::nullopt) {
    return Await(tokens_.Issue(std::move(former)));
  }

  FixedClock clock_;
  TokenServer server_;
  Tokens tokens_{TestCredentials(), true, server_, clock_};
};

TEST_F(TokensTest, AreAskedForByTheApplication) {
  const auto token = Issue();
  ASSERT_TRUE(token);
  const net::Request& request = server_.requests.at(0);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.target, "https://open.douyin.com/oauth/stable_client_token/");
  EXPECT_EQ(json::parse(request.body),
            json::parse(R"({"client_key":"awdemo0001","client_secret":"dysecret_demo_0001",
                            "grant_type":"client_credential"})"));
  EXPECT_EQ(token->access.Reveal(), "clt.EXAMPLE00000000000000000000000000");
  EXPECT_TRUE(token->refresh.empty());
  EXPECT_EQ(token->obtained_at, clock_.now);
  EXPECT_EQ(token->expires_at, clock_.now + std::chrono::seconds(7200));
}

TEST_F(TokensTest, MayBeTheOtherKind) {
  Tokens tokens(TestCredentials(), false, server_, clock_);
  ASSERT_TRUE(Await(tokens.Issue(std::nullopt)));
  EXPECT_EQ(server_.requests.at(0).target, "https://open.douyin.com/oauth/client_token/");
}

TEST_F(TokensTest, ARefusalNamesItsReason) {
  CannedTransport transport(ReadData("life_client_token_error.json"));
  Tokens tokens(TestCredentials(), true, transport, clock_);
  const auto token = Await(tokens.Issue(std::nullopt));
  ASSERT_FALSE(token);
  EXPECT_EQ(token.error().kind, ErrorKind::kUnauthorized);
  EXPECT_EQ(token.error().remote_code, "10003");
}

TEST_F(TokensTest, WhatIsNoTokenIsMalformed) {
  for (const char* data :
       {"{}", R"({"access_token":"","expires_in":5})", R"({"access_token":"a","expires_in":0})",
        R"({"access_token":"a","expires_in":"x"})",
        R"({"access_token":"a","expires_in":99999999999999})"}) {
    CannedTransport transport(R"({"data":)" + std::string(data) + "}");
    Tokens tokens(TestCredentials(), true, transport, clock_);
    EXPECT_EQ(Await(tokens.Issue(std::nullopt)).error().kind, ErrorKind::kMalformed) << data;
  }
}

TEST_F(TokensTest, AStormStaysFarBelowWhatDouyinTakes) {
  for (std::size_t i = 0; i < kStorm; ++i) {
    const auto token = Issue();
    if (!token) EXPECT_EQ(token.error().kind, ErrorKind::kRateLimited);
    clock_.now += std::chrono::milliseconds(100);
  }
  EXPECT_EQ(server_.requests.size(), 100U);
}

TEST_F(TokensTest, RestartsDoNotAddUp) {
  // Each time a new object, which knows only what is durable.
  std::optional<Token> kept;
  for (std::size_t i = 0; i < kStorm; ++i) {
    Tokens tokens(TestCredentials(), true, server_, clock_);
    if (auto token = Await(tokens.Issue(kept))) kept = *std::move(token);
    clock_.now += std::chrono::milliseconds(300);
  }
  EXPECT_LE(server_.requests.size(), 150U);
}

TEST_F(TokensTest, AreAskedForAgainAfterAWhile) {
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(Issue());
  ASSERT_FALSE(Issue());
  clock_.now += std::chrono::minutes(5);
  EXPECT_TRUE(Issue());
}

}  // namespace
}  // namespace weir::connectors::douyin
