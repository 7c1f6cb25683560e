// SPDX-License-Identifier: Apache-2.0
#include "simulators/eleme/tokens.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "tests/simulators/eleme/scene.hpp"

namespace weir::simulators::eleme {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

std::string Refresh(const nlohmann::json& pair) {
  return "grant_type=refresh_token&refresh_token=" + pair["refresh_token"].get<std::string>();
}

class Tokens : public testing::Test {
 protected:
  bool Works(const nlohmann::json& pair) {
    scene_.token = pair["access_token"];
    return scene_.CodeOf("eleme.user.getUser", "{}").empty();
  }
  nlohmann::json First() { return scene_.Ask("grant_type=client_credentials"); }
  const TokenCounts& counts() { return scene_.eleme.tokens().counts(); }

  Scene scene_;
};

TEST_F(Tokens, ComeForTheCredentials) {
  const auto pair = First();
  EXPECT_EQ(pair["token_type"], "Bearer");
  EXPECT_EQ(pair["expires_in"], 30 * 24 * 3600);
  EXPECT_TRUE(Works(pair));
}

TEST_F(Tokens, AreRefusedToOthers) {
  EXPECT_EQ(scene_.Ask("grant_type=client_credentials", "test_key:wrong")["error"],
            "invalid_client");
  EXPECT_EQ(scene_.Post("/token", "grant_type=client_credentials").status, 401U);
  EXPECT_EQ(scene_.Ask("grant_type=password")["error"], "unsupported_grant_type");
  EXPECT_EQ(counts().refused, 3U);
}

TEST_F(Tokens, ComeForClientsThatEncodeTheirNames) {
  EXPECT_TRUE(scene_.Ask("grant_type=client_credentials", "test%5Fkey:test%5Fsecret%5Feleme")
                  .contains("access_token"));
}

TEST_F(Tokens, ComeForACodeOnce) {
  const auto consent = scene_.eleme.Handle(
      {.origin = "https://open-api.shop.ele.me",
       .target = "/authorize?response_type=code&client_id=test_key&redirect_uri=https%3A%2F%2Fgw%"
                 "2Fback&state=a%20b&scope=all",
       .body = {},
       .headers = {}},
      scene_.now);
  EXPECT_EQ(consent.status, 302U);
  const std::string& location = consent.headers.front().second;
  ASSERT_TRUE(location.starts_with("https://gw/back?code="));
  ASSERT_TRUE(location.ends_with("&state=a%20b"));
  const std::string code = location.substr(21, 32);
  const std::string form = "grant_type=authorization_code&code=" + code +
                           "&redirect_uri=https%3A%2F%2Fgw%2Fback&client_id=test_key";
  EXPECT_TRUE(Works(scene_.Ask(form)));
  EXPECT_EQ(scene_.Ask(form)["error"], "invalid_grant");
}

TEST_F(Tokens, DoNotComeForACodeOfAnotherAddress) {
  const std::string code = scene_.eleme.tokens().Consent("https://gw/back", scene_.now);
  EXPECT_EQ(scene_.Ask("grant_type=authorization_code&client_id=test_key&redirect_uri=https%3A%2F%"
                       "2Fevil&code=" +
                       code)["error"],
            "invalid_grant");
}

TEST_F(Tokens, Expire) {
  const auto pair = First();
  scene_.now += std::chrono::days(30) - seconds(1);
  EXPECT_TRUE(Works(pair));
  scene_.now += seconds(1);
  EXPECT_EQ(scene_.CodeOf("eleme.user.getUser", "{}"), "UNAUTHORIZED");
}

TEST_F(Tokens, AreRefreshed) {
  const auto first = First();
  const auto second = scene_.Ask(Refresh(first));
  EXPECT_NE(second["refresh_token"], first["refresh_token"]);
  EXPECT_TRUE(Works(second));
  EXPECT_FALSE(Works(first));
  EXPECT_EQ(counts().refreshed, 1U);
}

TEST_F(Tokens, AreRefreshedAgainWithinThirtyMinutes) {
  const auto first = First();
  (void)scene_.Ask(Refresh(first));
  scene_.now += minutes(30) - seconds(1);
  EXPECT_TRUE(Works(scene_.Ask(Refresh(first))));
  EXPECT_EQ(counts().repeated, 1U);
  scene_.now += seconds(1);
  EXPECT_EQ(scene_.Ask(Refresh(first))["error"], "invalid_grant");
}

TEST_F(Tokens, AreNotRefreshedForEver) {
  const auto first = First();
  scene_.now += std::chrono::days(35);
  EXPECT_EQ(scene_.Ask(Refresh(first))["error"], "invalid_grant");
}

TEST_F(Tokens, DieWithTheAuthorisation) {
  const auto pair = First();
  scene_.eleme.Revoke(scene_.now);
  EXPECT_FALSE(Works(pair));
  EXPECT_EQ(scene_.Ask(Refresh(pair))["error"], "invalid_grant");
  EXPECT_EQ(First()["error"], "access_denied");
  scene_.Run();
  EXPECT_EQ(scene_.pushes.back().type(), 100);
}

TEST_F(Tokens, SayTheirStatus) {
  const auto pair = First();
  const std::string access = pair["access_token"];
  scene_.token.clear();
  const auto status = scene_.Result("eleme.user.getTokenStatus", R"({"token":")" + access + "\"}");
  EXPECT_EQ(status["valid"], true);
  EXPECT_EQ(status["expireTime"], "2023-12-15T06:13:20");
}

}  // namespace
}  // namespace weir::simulators::eleme
