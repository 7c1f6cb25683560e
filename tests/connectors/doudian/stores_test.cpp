// SPDX-License-Identifier: Apache-2.0
#include "connectors/doudian/stores.hpp"

#include <gtest/gtest.h>

#include "tests/connectors/doudian/support.hpp"

namespace weir::connectors::doudian {
namespace {

using mapping::doudian::AnswerOf;

net::Response List(std::int64_t first, std::int64_t count) {
  json list = json::array();
  for (std::int64_t i = 0; i < count; ++i) list.push_back({{"store", {{"store_id", first + i}}}});
  return Answer(AnswerOf({{"store_detail_list", list}, {"total", count}}));
}

net::Response Detail(std::int64_t id) {
  return Answer(AnswerOf({{"store_detail", {{"store", {{"store_id", id}, {"name", "门店"}}}}}}));
}

class StoresTest : public testing::Test {
 protected:
  Stores Make(CannedTransport& transport) {
    return Stores(std::make_shared<Client>(
        TestCredentials(),
        ConnectorParts{
            .transport = transport, .clock = clock_, .vault = std::make_shared<FakeVault>()}));
  }
  FixedClock clock_;
};

TEST_F(StoresTest, AreListedFromPageZeroToTheEnd) {
  CannedTransport transport({List(1, 100), List(101, 1)});
  Stores stores = Make(transport);
  const auto all = Await(stores.ListShops());
  ASSERT_TRUE(all);
  EXPECT_EQ(all->size(), 101U);
  EXPECT_EQ(all->back(), "101");
  EXPECT_EQ(transport.requests.at(0).body, R"({"page":0,"page_size":100})");
  EXPECT_EQ(transport.requests.at(1).body, R"({"page":1,"page_size":100})");
}

TEST_F(StoresTest, AreReadOneByOne) {
  CannedTransport transport(
      {Detail(88001), Answer(R"({"code":50002,"sub_code":"isv.business-failed:1"})")});
  Stores stores = Make(transport);
  const auto read = Await(stores.ReadShops({"88001", "88002"}));
  ASSERT_TRUE(read);
  ASSERT_EQ(read->size(), 1U);
  EXPECT_EQ(read->front().topic, "shop.getStoreDetail");
  EXPECT_EQ(transport.requests.at(0).body, R"({"store_id":88001})");
}

TEST_F(StoresTest, AnOutageEndsTheRead) {
  CannedTransport transport({Answer(R"({"code":20000})")});
  Stores stores = Make(transport);
  EXPECT_FALSE(Await(stores.ReadShops({"88001"})));
}

}  // namespace
}  // namespace weir::connectors::doudian
