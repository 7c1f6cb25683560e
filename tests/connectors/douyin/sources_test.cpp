// SPDX-License-Identifier: Apache-2.0
#include "connectors/douyin/sources.hpp"

#include <gtest/gtest.h>

#include "mapping/pages.hpp"
#include "tests/connectors/douyin/support.hpp"

namespace weir::connectors::douyin {
namespace {

class SourcesTest : public testing::Test {
 protected:
  Sources Over(std::deque<Result<net::Response>> answers, MenuQuery menu = MenuQuery::kGoods) {
    transport_ = std::make_unique<CannedTransport>(std::move(answers));
    return Sources(std::make_shared<Client>(TestCredentials(),
                                            ConnectorParts{.transport = *transport_,
                                                           .clock = clock_,
                                                           .vault = std::make_shared<FakeVault>()}),
                   menu);
  }
  [[nodiscard]] const std::string& Target(std::size_t call) const {
    return transport_->requests.at(call).target;
  }

  FixedClock clock_;
  std::unique_ptr<CannedTransport> transport_;
};

TEST_F(SourcesTest, AReviewIsAnItemAsItStands) {
  Sources sources = Over({Answer(ReadData("life_comment_query_response.json"))});
  const Window window{.from = clock_.now - std::chrono::hours(1), .to = clock_.now};
  const auto page = Await(sources.ListReviews("66", window, ""));
  ASSERT_TRUE(page);
  ASSERT_EQ(page->items.size(), 1U);
  EXPECT_EQ(json::parse(page->items[0].payload)["poi_id"], "7000000000000000001");
  EXPECT_EQ(page->items[0].topic, "goodlife/v1/akte/comment/query");
  EXPECT_EQ(page->next, "");
  EXPECT_NE(Target(0).find("start_time=1699996400&end_time=1700000000&cursor=0&count=100&"
                           "poi_id_list=66"),
            std::string::npos);
}

TEST_F(SourcesTest, ReviewsGoOnByExactlyTheirCursor) {
  Sources sources =
      Over({DataOf({{"comments", json::array()}, {"has_more", true}, {"cursor", "9"}}),
            DataOf({{"comments", json::array()}, {"has_more", true}, {"cursor", "9"}})});
  EXPECT_EQ(Await(sources.ListReviews("66", {}, ""))->next, "9");
  EXPECT_EQ(Await(sources.ListReviews("66", {}, "9")).error().kind, ErrorKind::kMalformed);
}

TEST_F(SourcesTest, AMenuIsAllItsPages) {
  Sources sources = Over({Answer(ReadData("life_goods_online_query_response.json")),
                          DataOf({{"products", json::array()}, {"has_more", false}})});
  const auto menu = Await(sources.ReadMenu("6601137575719602180"));
  ASSERT_TRUE(menu);
  EXPECT_EQ(menu->topic, "menu?poi_id=6601137575719602180");
  EXPECT_EQ(mapping::SplitPages(menu->payload)->size(), 2U);
  EXPECT_NE(Target(1).find("cursor=4&count=50"), std::string::npos);
}

TEST_F(SourcesTest, AMenuOfDishesIsAllItsPages) {
  Sources sources =
      Over({DataOf({{"dishes", json::array()}, {"has_more", true}, {"next_cursor", 50}}),
            DataOf({{"dishes", json::array()}, {"has_more", false}})},
           MenuQuery::kDishes);
  const auto menu = Await(sources.ReadMenu("66"));
  ASSERT_TRUE(menu);
  EXPECT_EQ(mapping::SplitPages(menu->payload)->size(), 2U);
  const net::Request& second = transport_->requests.at(1);
  EXPECT_EQ(second.target, "https://open.douyin.com/goodlife/v1/goods/foodorder/dish/list/");
  EXPECT_TRUE(second.idempotent);
  EXPECT_EQ(json::parse(second.body), json::parse(R"({"account_id":"7000000000000000009",
                "poi_id":"66","cursor":"50","count":50})"));
}

TEST_F(SourcesTest, AFailedPageFailsTheMenu) {
  Sources sources = Over({Answer(ReadData("life_goods_online_query_response.json")),
                          Answer(R"({"data":{"error_code":2119003}})")});
  EXPECT_EQ(Await(sources.ReadMenu("1")).error().kind, ErrorKind::kRateLimited);
}

TEST_F(SourcesTest, ShopsAreListedAndRead) {
  Sources sources = Over({Answer(ReadData("life_shop_poi_query_response.json")),
                          Answer(ReadData("life_shop_poi_query_response.json"))});
  const auto shops = Await(sources.ListShops());
  ASSERT_TRUE(shops);
  EXPECT_EQ(*shops, std::vector<std::string>{"111111"});
  const auto read = Await(sources.ReadShops(*shops));
  ASSERT_TRUE(read);
  ASSERT_EQ(read->size(), 1U);
  EXPECT_EQ(json::parse(read->at(0).payload)["poi"]["poi_name"], "西店");
  EXPECT_NE(Target(1).find("page=1&size=50&poi_id=111111"), std::string::npos);
}

TEST_F(SourcesTest, MatchTasksAreAskedForTogether) {
  Sources sources = Over({DataOf(json::object())});
  ASSERT_TRUE(Await(sources.MatchTasks({"1", "2"})));
  EXPECT_NE(Target(0).find("task_ids=1%2C2"), std::string::npos);
}

}  // namespace
}  // namespace weir::connectors::douyin
