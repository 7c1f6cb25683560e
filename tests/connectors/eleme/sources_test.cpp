// SPDX-License-Identifier: Apache-2.0
#include "connectors/eleme/sources.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mapping/pages.hpp"
#include "tests/connectors/eleme/support.hpp"

namespace weir::connectors::eleme {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

class OneToken final : public TokenVault {
 public:
  boost::asio::awaitable<Result<Secret>> Access() override { co_return Secret("token"); }
  boost::asio::awaitable<Result<Secret>> Renew(Secret) override {
    co_return Fail(ErrorKind::kUnauthorized, "no other");
  }
};

net::Response ResultOf(const std::string& result) {
  return Answer(R"({"id":"1","result":)" + result + R"(,"error":null})");
}

class SourcesTest : public testing::Test {
 protected:
  Sources Over(std::deque<Result<net::Response>> answers) {
    transport_ = std::make_unique<CannedTransport>(std::move(answers));
    return Sources(std::make_shared<Client>(
        TestCredentials(),
        ConnectorParts{
            .transport = *transport_, .clock = clock_, .vault = std::make_shared<OneToken>()}));
  }
  json ParamsOf(std::size_t call) {
    return json::parse(transport_->requests.at(call).body)["params"];
  }

  FixedClock clock_;  // 2023-11-14T22:13:20Z
  std::unique_ptr<CannedTransport> transport_;
};

TEST_F(SourcesTest, AReviewIsAnItemAsItStands) {
  Sources sources = Over({ResultOf(R"([{"id": 1},{"id":2}])")});
  const auto page = Await(
      sources.ListReviews("10001", {clock_.Now() - std::chrono::days(1), clock_.Now()}, "40"));
  ASSERT_TRUE(page);
  ASSERT_THAT(page->items, SizeIs(2));
  EXPECT_EQ(page->items[0].payload, R"({"id": 1})");
  EXPECT_EQ(page->items[0].topic, "eleme.ugc.getOrderRatesByShopId");
  EXPECT_EQ(page->next, "42");
  EXPECT_EQ(ParamsOf(0), json::parse(R"({"shopId":10001,"startTime":"2023-11-14T06:13:20",
      "endTime":"2023-11-15T06:13:20","offset":40,"pageSize":20})"));
}

TEST_F(SourcesTest, AMenuIsAllItsPages) {
  Sources sources = Over({ResultOf("[]"), ResultOf(R"([{"id":1},{"id":2}])"), ResultOf("[]")});
  const auto menu = Await(sources.ReadMenu("10001"));
  ASSERT_TRUE(menu);
  EXPECT_EQ(menu->topic, "menu?shopId=10001");
  const auto pages = mapping::SplitPages(menu->payload);
  ASSERT_TRUE(pages);
  EXPECT_THAT(*pages, SizeIs(2));
  EXPECT_EQ(ParamsOf(2)["queryPage"], json::parse(R"({"shopId":10001,"offset":2,"limit":100})"));
}

TEST_F(SourcesTest, ShopsAreListedAndRead) {
  Sources sources = Over({ResultOf(R"({"authorizedShops":[{"id":10001},{"id":10002}]})"),
                          ResultOf(R"({"id":10001})"), ResultOf(R"({"id":10002})")});
  const auto shops = Await(sources.ListShops());
  ASSERT_TRUE(shops);
  EXPECT_THAT(*shops, ElementsAre("10001", "10002"));
  const auto read = Await(sources.ReadShops(*shops));
  ASSERT_TRUE(read);
  EXPECT_THAT(*read, SizeIs(2));
  EXPECT_EQ(ParamsOf(2), json::parse(R"({"shopId":10002})"));
}

TEST_F(SourcesTest, WhatIsNoShopIsNotAskedFor) {
  Sources sources = Over({});
  EXPECT_FALSE(Await(sources.ReadMenu("shop_001")));
  EXPECT_TRUE(transport_->requests.empty());
}

}  // namespace
}  // namespace weir::connectors::eleme
