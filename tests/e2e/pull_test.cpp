// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "tests/e2e/core_life.hpp"

/// Menus, reviews and shops that a whole gateway pulls from a platform when it is asked to.
namespace weir::e2e {
namespace {

using nlohmann::json;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::SizeIs;

/// Answers reads as Meituan does: lists in pages of 200 by their offset.
class Platform {
 public:
  Result<net::Response> operator()(const net::Request& request) {
    net::Response response;
    response.body = R"({"data":"ng","error":{"code":711,"msg":"too often"}})";
    for (const auto& [path, list] : lists) {
      if (request.target.find(path) != std::string::npos) {
        response.body = json{{"data", PageOf(list, OffsetIn(request.target))}}.dump();
      }
    }
    return response;
  }

  std::map<std::string, json> lists;  ///< By path.

 private:
  static std::size_t OffsetIn(const std::string& target) {
    const std::size_t at = target.find("offset=");
    return at == std::string::npos ? 0 : std::stoul(target.substr(at + 7));
  }
  static json PageOf(const json& list, std::size_t offset) {
    json page = json::array();
    for (std::size_t i = offset; i < std::min(list.size(), offset + 200); ++i) {
      page.push_back(list[i]);
    }
    return page;
  }
};

json Sample(const std::string& name) {
  std::ifstream file(std::string(WEIR_TEST_DATA "/meituan/") + name);
  return json::parse(file).at("data");
}

json Shop() {
  return {{"app_poi_code", "shop_001"}, {"name", "示例店"}, {"open_level", 3}, {"is_online", 1}};
}

class Pull : public ::testing::Test {
 protected:
  Pull() {
    ground_.platform = [this](const net::Request& request) { return platform_(request); };
    platform_.lists = {{"/comment/query?", Sample("response_comment_query.json")},
                       {"/foodCat/list?", json::array()},
                       {"/food/list?", Sample("response_food_list.json")},
                       {"/poi/getids?", json::array({"shop_001"})},
                       {"/poi/mget?", json::array({Shop()})}};
    life_.emplace(ground_);
    life_->Pass(seconds(1));
  }

  /// What a pull came to.
  json Do(const std::string& feed) {
    const auto asked = life_->Post("/v1/connections/mt-main/pull", json{{"feed", feed}}.dump());
    EXPECT_EQ(asked.status, 202U) << asked.body;
    life_->Pass(seconds(2));
    const std::string position = json::parse(asked.body).value("position", "");
    return life_->GetJson("/v1/connections/mt-main/pulls/" + position);
  }
  std::vector<std::string> Changes() {
    std::vector<std::string> types;
    for (const json& change : life_->GetJson("/v1/changes")["data"])
      types.push_back(change["type"]);
    return types;
  }

  Ground ground_;
  Platform platform_;
  std::optional<CoreLife> life_;
};

TEST_F(Pull, EveryFeedBecomesRecords) {
  EXPECT_EQ(Do("reviews")["window"]["stored"], 1);
  EXPECT_EQ(Do("menus")["window"]["stored"], 1);
  EXPECT_EQ(Do("stores")["window"]["stored"], 1);
  const json review = life_->GetJson("/v1/reviews/meituan-70001");
  EXPECT_EQ(review["rating"], 40);
  EXPECT_EQ(review["store"], "sh-001");
  const json menu = life_->GetJson("/v1/menus/sh-001/mt-main");
  EXPECT_EQ(menu["items"][0]["specs"][0]["price"], 1500);
  const json link = life_->GetJson("/v1/stores/sh-001")["links"][0];
  EXPECT_EQ(link["state"], "resting");
  EXPECT_EQ(link["states"]["listing"]["state"], "online");
  EXPECT_EQ(link["profile"]["name"], "示例店");
  EXPECT_THAT(Changes(), ElementsAre("review.created", "menu.updated", "store.status_changed"));
}

TEST_F(Pull, WhatIsKnownIsNotStoredAgain) {
  for (const char* feed : {"reviews", "menus", "stores"}) {
    Do(feed);
    const json again = Do(feed);
    EXPECT_EQ(again["status"], "done");
    EXPECT_EQ(again["window"]["seen"], 1) << feed;
    EXPECT_EQ(again["window"]["stored"], 0) << feed;
  }
  EXPECT_THAT(Changes(), SizeIs(3));
}

TEST_F(Pull, AnErrorIsToldWithThePlatformsCode) {
  platform_.lists.erase("/comment/query?");
  const json failed = Do("reviews");
  EXPECT_EQ(failed["status"], "failed");
  EXPECT_EQ(failed["window"]["error"]["kind"], "rate_limited");
  EXPECT_EQ(failed["window"]["error"]["code"], "711");
  EXPECT_EQ(life_->GetJson("/v1/connections/mt-main/pulls")["data"][0]["status"], "failed");
}

TEST_F(Pull, AReplayIsIdentical) {
  for (const char* feed : {"reviews", "menus", "stores", "orders"}) Do(feed);
  const sync::ReplayReport report = life_->Replay();
  EXPECT_EQ(report.differing, 0U);
  EXPECT_GE(report.records, 4U);
}

TEST_F(Pull, AnotherLifeGoesOnWithWhatIsPlanned) {
  const auto asked = life_->Post("/v1/connections/mt-main/pull", R"({"feed":"reviews"})");
  ASSERT_EQ(asked.status, 202U);
  life_.reset();
  life_.emplace(ground_);
  life_->Pass(seconds(3));
  EXPECT_EQ(life_->GetJson("/v1/reviews/meituan-70001")["rating"], 40);
}

TEST_F(Pull, AMenuOfThreeThousandItemsIsOneRecord) {
  const json sample = Sample("response_food_list.json")[0];
  json& foods = platform_.lists["/food/list?"];
  foods = json::array();
  for (int i = 0; i < 3000; ++i) {
    foods.push_back(sample);
    foods.back()["app_food_code"] = fmt::format("F{:04}", i);
  }
  EXPECT_EQ(Do("menus")["status"], "done");
  const json first = life_->GetJson("/v1/menus/sh-001/mt-main?limit=500");
  EXPECT_EQ(first["item_count"], 3000);
  EXPECT_THAT(first["items"], SizeIs(500));
  EXPECT_EQ(first["changes"]["more"], true);
  foods[7]["name"] = "another";
  EXPECT_EQ(Do("menus")["window"]["stored"], 1);
  EXPECT_THAT(life_->GetJson("/v1/menus")["data"][0]["changes"]["changed"], ElementsAre("F0007"));
}

}  // namespace
}  // namespace weir::e2e
