// SPDX-License-Identifier: Apache-2.0
#include "connectors/eleme/order_list.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mapping/eleme/map.hpp"
#include "tests/connectors/eleme/support.hpp"

namespace weir::connectors::eleme {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

class OneToken final : public TokenVault {
 public:
  boost::asio::awaitable<Result<Secret>> Access() override { co_return Secret("token"); }
  boost::asio::awaitable<Result<Secret>> Renew(Secret) override {
    co_return Fail(ErrorKind::kUnauthorized, "no other");
  }
};

net::Response PageOf(const std::string& list) {
  return Answer(R"({"id":"1","result":{"list":[)" + list + R"(],"total":2},"error":null})");
}

class OrderListTest : public testing::Test {
 protected:
  OrderList Over(std::deque<Result<net::Response>> answers) {
    transport_ = std::make_unique<CannedTransport>(std::move(answers));
    return OrderList(std::make_shared<Client>(
        TestCredentials(),
        ConnectorParts{
            .transport = *transport_, .clock = clock_, .vault = std::make_shared<OneToken>()}));
  }
  Window Today() const { return {clock_.Now() - std::chrono::days(1), clock_.Now()}; }

  FixedClock clock_;  // 2023-11-14T22:13:20Z
  std::unique_ptr<CannedTransport> transport_;
};

TEST_F(OrderListTest, AnOrderIsAnItemAsAReadOfItWouldBe) {
  OrderList list = Over({PageOf(R"({"id":"17", "shopId":10001},{"id":"18"})")});
  const auto page = Await(list.ListOrders("10001", Today(), ""));
  ASSERT_TRUE(page);
  ASSERT_THAT(page->items, SizeIs(2));
  EXPECT_EQ(page->items[0].payload, R"({"result":{"id":"17", "shopId":10001}})");
  const auto mapped = mapping::eleme::Map({.pulled = true,
                                           .dialect = page->items[0].dialect,
                                           .topic = page->items[0].topic,
                                           .bytes = page->items[0].payload,
                                           .received_at = page->items[0].asked_at});
  ASSERT_THAT(mapped.orders, SizeIs(1));
  EXPECT_EQ(mapped.orders[0].platform_order_id, "17");
}

TEST_F(OrderListTest, EveryDayOfTheWindowIsReadUntilAPageIsEmpty) {
  OrderList list =
      Over({PageOf(R"({"id":"17"})"), PageOf(""), PageOf(R"({"id":"18"})"), PageOf("")});
  std::string cursor;
  std::vector<std::pair<std::string, int>> asked;
  do {
    const auto page = Await(list.ListOrders("10001", Today(), cursor));
    ASSERT_TRUE(page);
    cursor = page->next;
    const json params = json::parse(transport_->requests.back().body)["params"];
    EXPECT_EQ(params["shopId"], 10001);
    EXPECT_EQ(params["pageSize"], 50);
    asked.emplace_back(params["date"], params["pageNo"]);
  } while (!cursor.empty());
  EXPECT_THAT(asked, testing::ElementsAre(std::pair("2023-11-14", 1), std::pair("2023-11-14", 2),
                                          std::pair("2023-11-15", 1), std::pair("2023-11-15", 2)));
}

TEST_F(OrderListTest, AFailedPageIsAnError) {
  OrderList list =
      Over({Answer(R"({"id":"1","result":null,"error":{"code":"EXCEED_LIMIT","message":"m"}})")});
  const auto page = Await(list.ListOrders("10001", Today(), ""));
  ASSERT_FALSE(page);
  EXPECT_EQ(page.error().kind, ErrorKind::kRateLimited);
}

TEST_F(OrderListTest, WhatCannotBeListedIsNotAskedFor) {
  OrderList list = Over({});
  EXPECT_FALSE(Await(list.ListOrders("shop_001", Today(), "")));
  EXPECT_FALSE(Await(list.ListOrders("10001", Today(), "nonsense")));
  EXPECT_FALSE(Await(list.ListOrders("10001", Today(), "19675/101")));
  EXPECT_THAT(transport_->requests, IsEmpty());
}

}  // namespace
}  // namespace weir::connectors::eleme
