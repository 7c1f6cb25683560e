// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <chrono>

#include "tests/simulators/douyin/scene.hpp"

namespace weir::simulators::douyin {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr const char* kClient =
    R"({"client_key":"awdemo0001","client_secret":"dysecret_demo_0001","grant_type":"client_credential"})";
constexpr const char* kShops = "shop/poi/query/?account_id=7000000000000000009&page=1&size=50";

nlohmann::json Ask(Scene& scene, const std::string& body = kClient,
                   const char* path = "/oauth/client_token/") {
  return nlohmann::json::parse(scene.Send("POST", path, body).body).at("data");
}

std::string TokenOf(const nlohmann::json& data) { return data.at("access_token"); }

TEST(DouyinTokens, LiveTwoHours) {
  Scene scene;
  const auto data = Ask(scene);
  EXPECT_EQ(data["expires_in"], 7200);
  EXPECT_EQ(data["error_code"], 0);
  EXPECT_TRUE(TokenOf(data).starts_with("clt."));
  scene.token = TokenOf(data);
  EXPECT_EQ(CodeOf(scene.Get(kShops)), 0);
  scene.now += hours(2);
  EXPECT_EQ(CodeOf(scene.Get(kShops)), 2190008);
}

TEST(DouyinTokens, AreAskedForAsJsonFormOrQuery) {
  Scene scene;
  const std::string form =
      "client_key=awdemo0001&client_secret=dysecret_demo_0001&grant_type=client_credential";
  EXPECT_EQ(Ask(scene, form)["error_code"], 0);
  const auto answer = scene.Send("GET", "/oauth/client_token/?" + form);
  EXPECT_EQ(nlohmann::json::parse(answer.body)["data"]["error_code"], 0);
}

TEST(DouyinTokens, AreRefusedWithHttp200) {
  Scene scene;
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string body = kClient;
    const auto answer =
        scene.Send("POST", "/oauth/client_token/", body.replace(body.find(from), from.size(), to));
    EXPECT_EQ(answer.status, 200U);
    return nlohmann::json::parse(answer.body);
  };
  EXPECT_EQ(with("awdemo0001", "awdemo0002")["data"]["error_code"], 10003);
  EXPECT_EQ(with("0001\",\"grant", "0002\",\"grant")["data"]["error_code"], 10013);
  EXPECT_EQ(with("client_credential\"", "password\"")["data"]["error_code"], 10002);
  EXPECT_EQ(with("awdemo0001", "awdemo0002")["message"], "error");
}

TEST(DouyinTokens, ShortenTheFormerOneToFiveMinutes) {
  Scene scene;
  const std::string first = TokenOf(Ask(scene));
  (void)Ask(scene);
  scene.token = first;
  scene.now += minutes(5) - seconds(1);
  EXPECT_EQ(CodeOf(scene.Get(kShops)), 0);
  scene.now += seconds(1);
  EXPECT_EQ(CodeOf(scene.Get(kShops)), 2190008);
}

TEST(DouyinTokens, AreNeverValidBeyondTheNewestTwo) {
  Scene scene;
  const std::string first = TokenOf(Ask(scene));
  (void)Ask(scene);
  (void)Ask(scene);
  scene.token = first;
  EXPECT_EQ(CodeOf(scene.Get(kShops)), 2190008);
}

TEST(DouyinTokens, AreRefusedAfterFiveHundredCallsInFiveMinutes) {
  Scene scene;
  for (int i = 0; i < 500; ++i) ASSERT_EQ(Ask(scene)["error_code"], 0) << i;
  EXPECT_EQ(Ask(scene)["error_code"], 10020);
  EXPECT_EQ(scene.douyin.tokens().counts().flooded, 1U);
  scene.now += minutes(5);
  EXPECT_EQ(Ask(scene)["error_code"], 0);
}

TEST(DouyinTokens, AreTheSameWhenTheyAreStable) {
  Scene scene;
  constexpr const char* kStable = "/oauth/stable_client_token/";
  const std::string first = TokenOf(Ask(scene, kClient, kStable));
  scene.now += hours(1);
  const auto again = Ask(scene, kClient, kStable);
  EXPECT_EQ(TokenOf(again), first);
  EXPECT_EQ(again["expires_in"], 3600);
  (void)Ask(scene);
  scene.token = first;
  EXPECT_EQ(CodeOf(scene.Get(kShops)), 0);
  scene.now += hours(1);
  EXPECT_NE(TokenOf(Ask(scene, kClient, kStable)), first);
}

TEST(DouyinTokens, ThatNobodyGaveAreInvalid) {
  Scene scene;
  scene.token = "clt.unknown";
  EXPECT_EQ(CodeOf(scene.Get(kShops)), 2190002);
  scene.token = "";
  EXPECT_EQ(CodeOf(scene.Get(kShops)), 2190002);
}

TEST(DouyinTokens, CanBeForgotten) {
  Scene scene;
  scene.douyin.tokens().Forget();
  EXPECT_EQ(CodeOf(scene.Get(kShops)), 2190002);
}

}  // namespace
}  // namespace weir::simulators::douyin
