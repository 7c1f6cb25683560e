// SPDX-License-Identifier: Apache-2.0
#include "connectors/doudian/menus.hpp"

#include <gtest/gtest.h>

#include "mapping/pages.hpp"
#include "tests/connectors/doudian/support.hpp"

namespace weir::connectors::doudian {
namespace {

using mapping::doudian::AnswerOf;

net::Response Products(std::int64_t first, std::int64_t count) {
  json list = json::array();
  for (std::int64_t i = 0; i < count; ++i) {
    list.push_back({{"product_id", first + i}, {"name", "奶茶"}, {"status", 0}});
  }
  return Answer(AnswerOf({{"data", list}, {"total", count}, {"page", 1}, {"size", 100}}));
}

net::Response Skus() {
  return Answer(AnswerOf(json::array(
      {{{"id", 1780000000000000011}, {"price", 1500}, {"stock_num", 8}, {"code", "MT-L"}}})));
}

Result<PulledItem> Read(CannedTransport& transport, const std::string& shop) {
  const FixedClock clock;
  Menus menus(std::make_shared<Client>(
      TestCredentials(),
      ConnectorParts{
          .transport = transport, .clock = clock, .vault = std::make_shared<FakeVault>()}));
  return Await(menus.ReadMenu(shop));
}

TEST(Menus, AreReadFromPageOneWithTheirSkus) {
  CannedTransport transport({Products(3473196049974326153, 1), Skus()});
  const auto menu = Read(transport, "88001");
  ASSERT_TRUE(menu) << menu.error().message;
  EXPECT_EQ(menu->dialect, "pages");
  EXPECT_EQ(menu->topic, "menu?shop=88001");
  EXPECT_EQ(transport.requests.at(0).body, R"({"page":1,"size":100,"status":0,"store_id":88001})");
  EXPECT_EQ(transport.requests.at(1).body, R"({"product_id":3473196049974326153})");
  const auto mapped = mapping::doudian::Map({.pulled = true,
                                             .dialect = menu->dialect,
                                             .topic = menu->topic,
                                             .bytes = menu->payload,
                                             .received_at = menu->asked_at});
  ASSERT_EQ(mapped.menus.size(), 1U);
  EXPECT_EQ(mapped.menus[0].platform_shop, "88001");
  ASSERT_EQ(mapped.menus[0].items.size(), 1U);
  ASSERT_EQ(mapped.menus[0].items[0].specs.size(), 1U);
  const auto& spec = mapped.menus[0].items[0].specs[0];
  EXPECT_EQ(spec.platform_sku, "1780000000000000011");
  EXPECT_EQ(spec.merchant_code, "MT-L");
  EXPECT_EQ(spec.price, Money::FromFen(1500));
  EXPECT_EQ(spec.stock, 8);
}

TEST(Menus, OfTheAccountsShopNameNoStore) {
  CannedTransport transport({Products(1, 0)});
  ASSERT_TRUE(Read(transport, "12345"));
  EXPECT_EQ(transport.requests.at(0).body, R"({"page":1,"size":100,"status":0})");
}

TEST(Menus, GoOnWhileAPageIsFull) {
  std::deque<Result<net::Response>> answers{Products(1, 100), Products(101, 1)};
  for (int i = 0; i < 101; ++i) answers.emplace_back(Skus());
  CannedTransport transport(std::move(answers));
  const auto menu = Read(transport, "88001");
  ASSERT_TRUE(menu);
  EXPECT_EQ(json::parse(transport.requests.at(1).body)["page"], 2);
  EXPECT_EQ(mapping::SplitPages(menu->payload)->size(), 103U);
}

TEST(Menus, AreNeverHalfRead) {
  CannedTransport transport({Products(1, 1)});
  EXPECT_FALSE(Read(transport, "88001"));
  CannedTransport broken(R"({"code":10000,"data":{"data":"x"}})");
  EXPECT_FALSE(Read(broken, "88001"));
}

}  // namespace
}  // namespace weir::connectors::doudian
