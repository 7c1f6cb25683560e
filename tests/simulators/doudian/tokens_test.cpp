// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <chrono>

#include "tests/simulators/doudian/scene.hpp"

namespace weir::simulators::doudian {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

constexpr const char* kSelf = R"({"code":"","grant_type":"authorization_self","shop_id":12345})";

class DoudianTokens : public testing::Test {
 protected:
  nlohmann::json Create(const std::string& params = kSelf) {
    return WithoutToken("token.create", params);
  }
  nlohmann::json Refresh(const nlohmann::json& pair) {
    return WithoutToken("token.refresh", R"({"grant_type":"refresh_token","refresh_token":)" +
                                             pair.at("refresh_token").dump() + "}");
  }
  /// The sub_code of a call with this pair's token; empty when it is taken.
  std::string Uses(const nlohmann::json& pair) {
    scene_.token = pair.at("access_token");
    return scene_.SubCode("order.logisticsCompanyList", "{}");
  }

  Scene scene_;

 private:
  nlohmann::json WithoutToken(std::string_view method, const std::string& params) {
    const std::string kept = std::exchange(scene_.token, "");
    auto answer = scene_.Call(method, params);
    scene_.token = kept;
    return answer.at("data").is_null() ? answer : answer.at("data");
  }
};

TEST_F(DoudianTokens, AreGivenToASelfUsedApp) {
  const auto pair = Create();
  EXPECT_EQ(pair["expires_in"], 604800);
  EXPECT_EQ(pair["shop_id"], 12345);
  EXPECT_EQ(pair["auth_subject_type"], "Shop");
  EXPECT_EQ(Uses(pair), "");
}

TEST_F(DoudianTokens, AreNotGivenForAnotherShop) {
  EXPECT_EQ(Create(R"({"grant_type":"authorization_self","shop_id":1})")["sub_code"],
            "dop.token-generate-failed:no-authorization");
}

TEST_F(DoudianTokens, AreGivenForACodeOnceAndInTime) {
  const std::string code = scene_.doudian.tokens().Consent(scene_.now);
  const std::string params = R"({"code":")" + code + R"(","grant_type":"authorization_code"})";
  EXPECT_EQ(Uses(Create(params)), "");
  EXPECT_EQ(Create(params)["sub_code"], "dop.token-generate-failed:code-invalid");
  const std::string late = scene_.doudian.tokens().Consent(scene_.now);
  scene_.now += minutes(10);
  EXPECT_EQ(Create(R"({"code":")" + late + R"(","grant_type":"authorization_code"})")["sub_code"],
            "dop.token-generate-failed:code-expired");
}

TEST_F(DoudianTokens, RefreshedEarlyAreTheSame) {
  const auto pair = Create();
  scene_.now += days(6);
  const auto again = Refresh(pair);
  EXPECT_EQ(again["access_token"], pair["access_token"]);
  EXPECT_EQ(again["refresh_token"], pair["refresh_token"]);
  EXPECT_EQ(again["expires_in"], 86400);
}

TEST_F(DoudianTokens, RefreshedInTheLastHourLiveOnBesideTheNewOnes) {
  const auto pair = Create();
  scene_.now += days(7) - minutes(30);
  const auto next = Refresh(pair);
  EXPECT_NE(next["access_token"], pair["access_token"]);
  EXPECT_EQ(next["expires_in"], 604800);
  scene_.now += minutes(59);
  EXPECT_EQ(Uses(pair), "");
  EXPECT_EQ(Refresh(pair)["access_token"], next["access_token"]);
  scene_.now += minutes(1);
  EXPECT_EQ(Uses(pair), "isv.access-token-expired");
  EXPECT_EQ(Uses(next), "");
}

TEST_F(DoudianTokens, RefreshedAfterTheirEndAreDead) {
  const auto pair = Create();
  scene_.now += days(8);
  EXPECT_EQ(Uses(pair), "isv.access-token-expired");
  const auto next = Refresh(pair);
  EXPECT_EQ(Uses(next), "");
  EXPECT_EQ(Uses(pair), "isv.access-token-expired");
}

TEST_F(DoudianTokens, AreNotRefreshedTooLate) {
  const auto pair = Create();
  scene_.now += days(14);
  EXPECT_EQ(Refresh(pair)["sub_code"], "dop.token-generate-failed:token-expired");
  EXPECT_EQ(Refresh({{"refresh_token", "x"}})["sub_code"],
            "dop.token-generate-failed:token-invalid");
}

TEST_F(DoudianTokens, LiveAsLongAsTheyAreTold) {
  Options options = CalmOptions();
  options.tokens = {.access = minutes(5), .refresh = minutes(20), .overlap = minutes(1)};
  Scene scene(options);
  scene.now += minutes(5);
  EXPECT_EQ(scene.SubCode("order.logisticsCompanyList", "{}"), "isv.access-token-expired");
}

TEST_F(DoudianTokens, AreRefusedWhenTheyAreUnknownOrWithdrawn) {
  EXPECT_EQ(Uses({{"access_token", "x"}}), "isv.access-token-no-existed");
  const auto pair = Create();
  scene_.doudian.tokens().Revoke();
  EXPECT_EQ(Uses(pair), "dop.authorization-closed");
  EXPECT_EQ(Create()["sub_code"], "dop.token-generate-failed:no-authorization");
}

}  // namespace
}  // namespace weir::simulators::doudian
