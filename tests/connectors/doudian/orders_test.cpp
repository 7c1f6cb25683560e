// SPDX-License-Identifier: Apache-2.0
#include "connectors/doudian/orders.hpp"

#include <gtest/gtest.h>

#include "mapping/pages.hpp"
#include "net/query.hpp"
#include "tests/connectors/doudian/support.hpp"

namespace weir::connectors::doudian {
namespace {

using mapping::doudian::AnswerOf;
using mapping::doudian::DecryptAnswer;
using mapping::doudian::HourlyOrder;
using mapping::doudian::ShipmentAnswer;

constexpr const char* kNoShipment =
    R"({"code":50002,"msg":"x","sub_code":"isv.business-failed:no-shipment","data":null})";
constexpr const char* kBusy = R"({"code":20000,"msg":"x","sub_code":"dop.service-error"})";

net::Response Detail(const json& order) { return Answer(AnswerOf({{"shop_order_detail", order}})); }
net::Response Decrypted() { return Answer(AnswerOf(DecryptAnswer())); }

Result<PulledItem> Get(CannedTransport& transport) {
  const FixedClock clock;
  const auto client = std::make_shared<Client>(
      TestCredentials(),
      ConnectorParts{
          .transport = transport, .clock = clock, .vault = std::make_shared<FakeVault>()});
  Orders orders(client);
  return Await(orders.GetOrder("6900000000000000001"));
}

std::vector<std::string> TopicsOf(const PulledItem& item) {
  std::vector<std::string> topics;
  for (const auto& page : *mapping::SplitPages(item.payload)) topics.emplace_back(page.topic);
  return topics;
}

TEST(Orders, OnTheirWayAreReadWithRiderAndContacts) {
  CannedTransport transport({Detail(HourlyOrder({{"order_status", 3}, {"accept_order_status", 1}})),
                             Answer(AnswerOf(ShipmentAnswer())), Decrypted()});
  const auto item = Get(transport);
  ASSERT_TRUE(item) << item.error().message;
  EXPECT_EQ(item->dialect, "pages");
  EXPECT_EQ(item->topic, "order.orderDetail");
  EXPECT_EQ(TopicsOf(*item),
            (std::vector<std::string>{"order.orderDetail", "superm.getShipmentInfo",
                                      "order.batchDecrypt"}));
  ASSERT_EQ(transport.requests.size(), 3U);
  EXPECT_EQ(transport.requests[0].body, R"({"shop_order_id":"6900000000000000001"})");
  EXPECT_EQ(transport.requests[1].body,
            R"({"shipment_type":1,"shop_order_id":6900000000000000001})");
  const json asked = json::parse(transport.requests[2].body)["cipher_infos"];
  ASSERT_EQ(asked.size(), 3U);
  EXPECT_EQ(asked[0]["auth_id"], "6900000000000000001");
  EXPECT_EQ(asked[0]["cipher_text"], "##0123456789abcdef0123456789##");
}

TEST(Orders, BecomeOneRecordOfAllThatWasRead) {
  CannedTransport transport({Detail(HourlyOrder({{"order_status", 3}, {"accept_order_status", 1}})),
                             Answer(AnswerOf(ShipmentAnswer())), Decrypted()});
  const auto item = Get(transport);
  ASSERT_TRUE(item);
  const auto mapped = mapping::doudian::Map({.pulled = true,
                                             .dialect = item->dialect,
                                             .topic = item->topic,
                                             .bytes = item->payload,
                                             .received_at = item->asked_at});
  ASSERT_EQ(mapped.orders.size(), 1U);
  EXPECT_EQ(mapped.orders[0].snapshot->customer.name, "张三");
  EXPECT_EQ(mapped.orders[0].deliveries.size(), 1U);
}

TEST(Orders, ThatWaitNeedNoRider) {
  CannedTransport transport({Detail(HourlyOrder()), Decrypted()});
  const auto item = Get(transport);
  ASSERT_TRUE(item);
  EXPECT_EQ(TopicsOf(*item), (std::vector<std::string>{"order.orderDetail", "order.batchDecrypt"}));
}

TEST(Orders, StandWithoutWhatIsRefused) {
  CannedTransport transport({Detail(HourlyOrder({{"order_status", 3}})), Answer(kNoShipment),
                             Answer(ReadData("error_response.json"))});
  const auto item = Get(transport);
  ASSERT_TRUE(item);
  EXPECT_EQ(TopicsOf(*item), std::vector<std::string>{"order.orderDetail"});
}

TEST(Orders, AreReadAgainAfterAnOutage) {
  CannedTransport transport({Detail(HourlyOrder({{"order_status", 3}})), Answer(kBusy)});
  const auto item = Get(transport);
  ASSERT_FALSE(item);
  EXPECT_EQ(item.error().kind, ErrorKind::kTransport);
}

TEST(Orders, ThatNobodyKnowsAreNotFound) {
  for (const char* answer : {R"({"code":10000,"data":{}})", R"({"code":10000,"data":null})"}) {
    CannedTransport transport({Answer(answer)});
    const auto item = Get(transport);
    ASSERT_FALSE(item);
    EXPECT_EQ(item.error().kind, ErrorKind::kNotFound);
  }
}

Result<PulledPage> List(CannedTransport& transport, const std::string& shop,
                        const std::string& cursor) {
  const FixedClock clock;
  Orders orders(std::make_shared<Client>(
      TestCredentials(),
      ConnectorParts{
          .transport = transport, .clock = clock, .vault = std::make_shared<FakeVault>()}));
  const Window window{.from = Instant(std::chrono::seconds(1699996400)),
                      .to = Instant(std::chrono::seconds(1700000000))};
  return Await(orders.ListOrders(shop, window, cursor));
}

net::Response Listed(const json& orders) {
  return Answer(AnswerOf({{"page", 0}, {"size", 50}, {"shop_order_list", orders}}));
}

TEST(OrderList, GivesTheWholeOrdersOfAShop) {
  CannedTransport transport(
      {Listed({HourlyOrder(), HourlyOrder({{"sku_order_list", nullptr}})}), Decrypted()});
  const auto page = List(transport, "88001", "");
  ASSERT_TRUE(page) << page.error().message;
  ASSERT_EQ(page->items.size(), 1U);
  EXPECT_EQ(page->next, "");
  EXPECT_EQ(transport.requests.at(0).body,
            R"({"create_time_end":1700000000,"create_time_start":1699996400,)"
            R"("order_asc":true,"order_by":"create_time","page":0,"size":50})");
  const PulledItem& item = page->items[0];
  EXPECT_EQ(TopicsOf(item), (std::vector<std::string>{"order.orderDetail", "order.batchDecrypt"}));
  const auto mapped = mapping::doudian::Map({.pulled = true,
                                             .dialect = item.dialect,
                                             .topic = item.topic,
                                             .bytes = item.payload,
                                             .received_at = item.asked_at});
  ASSERT_EQ(mapped.orders.size(), 1U);
  EXPECT_EQ(mapped.orders[0].snapshot->platform_shop, "88001");
}

TEST(OrderList, GoesOnWhileAPageIsFull) {
  json orders = json::array();
  for (int i = 0; i < 50; ++i) orders.push_back(HourlyOrder());
  CannedTransport transport({Listed(orders)});
  const auto page = List(transport, "another", "3");
  ASSERT_TRUE(page);
  EXPECT_TRUE(page->items.empty());
  EXPECT_EQ(page->next, "4");
  EXPECT_EQ(json::parse(transport.requests.at(0).body)["page"], 3);
}

TEST(OrderList, RefusesACursorOfAnotherList) {
  CannedTransport transport("");
  EXPECT_FALSE(List(transport, "88001", "x"));
}

}  // namespace
}  // namespace weir::connectors::doudian
