// SPDX-License-Identifier: Apache-2.0
#include "connectors/douyin/orders.hpp"

#include <gtest/gtest.h>

#include "mapping/pages.hpp"
#include "tests/connectors/douyin/support.hpp"

namespace weir::connectors::douyin {
namespace {

// Protocol A10, E1.
constexpr const char* kContactSecret = "abcdef0123456789abcdef0123456789";
constexpr const char* kCipher = "EyI4nylJmLTkDJhhrqGQdA==";

json Data(const json& order) {
  json data = {{"orders", json::array()}};
  data["orders"].push_back(order);
  return data;
}

class OrdersTest : public testing::Test {
 protected:
  Orders Over(std::deque<Result<net::Response>> answers) {
    transport_ = std::make_unique<CannedTransport>(std::move(answers));
    const auto client = std::make_shared<Client>(
        TestCredentials(),
        ConnectorParts{
            .transport = *transport_, .clock = clock_, .vault = std::make_shared<FakeVault>()});
    return Orders(client, Secret(kContactSecret), Options());
  }

  FixedClock clock_;
  std::unique_ptr<CannedTransport> transport_;
};

TEST_F(OrdersTest, TheFirstQueryThatKnowsItAnswers) {
  Orders orders = Over({DataOf({{"orders", json::array()}}),
                        DataOf(Data({{"order_id", 1000001703409282301}, {"x", 1}}))});
  const auto item = Await(orders.GetOrder("1000001703409282301"));
  ASSERT_TRUE(item);
  EXPECT_EQ(item->topic, "goodlife/v1/trade/order/query");
  EXPECT_EQ(item->payload, R"({"order_id":1000001703409282301,"x":1})");
  ASSERT_EQ(transport_->requests.size(), 2U);
  EXPECT_NE(transport_->requests[0].target.find("/hermes/trade/order/query/?account_id="),
            std::string::npos);
  EXPECT_NE(transport_->requests[1].target.find("order_id=1000001703409282301"), std::string::npos);
}

TEST_F(OrdersTest, AnotherOrderIsNotTheOneAskedFor) {
  Orders orders = Over({DataOf(Data({{"order_id", "2"}})), DataOf(Data({{"order_id", "2"}}))});
  EXPECT_EQ(Await(orders.GetOrder("1")).error().kind, ErrorKind::kNotFound);
}

TEST_F(OrdersTest, AFailureIsNotTakenForAnUnknownOrder) {
  Orders orders = Over({Answer(R"({"data":{"error_code":2119003}})")});
  EXPECT_EQ(Await(orders.GetOrder("1")).error().kind, ErrorKind::kRateLimited);
}

TEST_F(OrdersTest, ContactsAreDecryptedBesideTheAnswer) {
  json order = {{"order_id", "1"}};
  order["contacts"] = mapping::douyin::OneContact("", kCipher);
  Orders orders = Over({DataOf(Data(order))});
  const auto item = Await(orders.GetOrder("1"));
  ASSERT_TRUE(item);
  EXPECT_EQ(item->dialect, "pages");
  const auto pages = mapping::SplitPages(item->payload);
  ASSERT_TRUE(pages);
  ASSERT_EQ(pages->size(), 2U);
  EXPECT_EQ(json::parse(pages->at(0).bytes), order);
  EXPECT_EQ(json::parse(pages->at(1).bytes), (json{{kCipher, "13800000000"}}));
  const auto mapped = mapping::douyin::Map({.pulled = true,
                                            .dialect = item->dialect,
                                            .topic = item->topic,
                                            .bytes = item->payload,
                                            .received_at = item->asked_at});
  EXPECT_EQ(mapped.orders.at(0).snapshot->customer.phone, "13800000000");
}

TEST_F(OrdersTest, WhatTheSecretDoesNotOpenIsAskedFor) {
  const std::string strange = "AAAAAAAAAAAAAAAAAAAAAA==";
  json order = {{"order_id", "1"}};
  order["contacts"] = mapping::douyin::OneContact("", strange);
  json told = {{"decrypt_infos", json::array()}};
  told["decrypt_infos"].push_back({{"cipher_text", strange}, {"decrypt_text", "张三"}});
  Orders orders = Over({DataOf(Data(order)), DataOf(told)});
  const auto item = Await(orders.GetOrder("1"));
  ASSERT_TRUE(item);
  EXPECT_EQ(json::parse(transport_->requests.at(1).body)["cipher_texts"].at(0), strange);
  EXPECT_EQ(json::parse(mapping::SplitPages(item->payload)->at(1).bytes),
            (json{{strange, "张三"}}));
}

TEST_F(OrdersTest, OfCouponsTheirOwnAnswerIsAdded) {
  Orders orders = Over({DataOf(Data(mapping::douyin::Voucher())),
                        Answer(ReadData("life_certificate_query_response.json"))});
  const auto item = Await(orders.GetOrder("7000278755910502444"));
  ASSERT_TRUE(item);
  EXPECT_EQ(item->topic, "order?order_id=7000278755910502444");
  const auto mapped = mapping::douyin::Map({.pulled = true,
                                            .dialect = item->dialect,
                                            .topic = item->topic,
                                            .bytes = item->payload,
                                            .received_at = item->asked_at});
  ASSERT_EQ(mapped.orders.size(), 1U);
  EXPECT_EQ(mapped.orders[0].certificates.size(), 2U);
  EXPECT_EQ(mapped.orders[0].certificates[1].verify_id, "7091644694387591181");
}

/// An order with a shop, and what it verified at the second that its coupon says.
TEST_F(OrdersTest, TheRecordsOfItsShopAreAddedToItsCoupons) {
  json order = mapping::douyin::Voucher();
  order["poi_id"] = "66";
  json record = json::parse(ReadData("life_verify_record_query_response.json"));
  record["data"]["records"][0]["status"] = 1;
  Orders orders =
      Over({DataOf(Data(order)), Answer(ReadData("life_certificate_query_response.json")),
            Answer(record.dump())});
  const auto item = Await(orders.GetOrder("7000278755910502444"));
  ASSERT_TRUE(item);
  ASSERT_EQ(transport_->requests.size(), 3U);
  EXPECT_TRUE(transport_->requests[2].target.ends_with(
      "/goodlife/v1/fulfilment/certificate/verify_record/query/?account_id=7000000000000000009"
      "&poi_ids=66&start_time=1651152314&end_time=1651152315&cursor=0&size=50"))
      << transport_->requests[2].target;
  const auto pages = mapping::SplitPages(item->payload);
  ASSERT_TRUE(pages);
  ASSERT_EQ(pages->size(), 3U);
  EXPECT_EQ(pages->at(2).topic,
            "goodlife/v1/fulfilment/certificate/verify_record/query?poi_ids=66");
  const auto mapped = mapping::douyin::Map({.pulled = true,
                                            .dialect = item->dialect,
                                            .topic = item->topic,
                                            .bytes = item->payload,
                                            .received_at = item->asked_at});
  EXPECT_EQ(mapped.orders.at(0).certificates.back().platform_shop, "66");
}

TEST_F(OrdersTest, RecordsThatDoNotComeHoldNoOrderBack) {
  json order = mapping::douyin::Voucher();
  order["poi_id"] = "66";
  Orders orders =
      Over({DataOf(Data(order)), Answer(ReadData("life_certificate_query_response.json")),
            Answer(R"({"data":{"error_code":2100004}})")});
  const auto item = Await(orders.GetOrder("7000278755910502444"));
  ASSERT_TRUE(item);
  EXPECT_EQ(mapping::SplitPages(item->payload)->size(), 2U);
}

TEST_F(OrdersTest, WhereAllCouponsMayNotBeAskedForOneIs) {
  Orders orders =
      Over({DataOf(Data(mapping::douyin::Voucher())), Answer(R"({"data":{"error_code":4000001}})"),
            DataOf({{"certificate", {{"status", 1}}}})});
  const auto item = Await(orders.GetOrder("7000278755910502444"));
  ASSERT_TRUE(item);
  ASSERT_EQ(transport_->requests.size(), 3U);
  EXPECT_NE(transport_->requests[2].target.find("/certificate/get/?account_id="),
            std::string::npos);
  EXPECT_EQ(mapping::SplitPages(item->payload)->at(1).topic,
            "goodlife/v1/fulfilment/certificate/get");
}

TEST_F(OrdersTest, ListsGoOnByNumberThenByCursor) {
  json page = {{"orders", json::array()}, {"cursor", "10000"}, {"has_more", true}};
  for (int i = 0; i < 50; ++i) page["orders"].push_back({{"order_id", std::to_string(i + 1)}});
  Orders orders =
      Over({DataOf(page), DataOf(page), DataOf(page), DataOf({{"orders", json::array()}})});
  const Window window{.from = clock_.now - std::chrono::hours(1), .to = clock_.now};
  EXPECT_EQ(Await(orders.ListOrders("66", window, ""))->next, "2");
  EXPECT_EQ(Await(orders.ListOrders("66", window, "200"))->next, "@10000");
  EXPECT_EQ(Await(orders.ListOrders("66", window, "@9000"))->next, "@10000");
  EXPECT_NE(transport_->requests.at(2).target.find("cursor=9000"), std::string::npos);
  EXPECT_EQ(Await(orders.ListOrders("66", window, "3"))->next, "");
  EXPECT_EQ(Await(orders.ListOrders("66", window, "x")).error().kind, ErrorKind::kRejected);
}

TEST_F(OrdersTest, ListsAreOfTheirShopAndOfNone) {
  json page = {{"orders", json::array()}};
  page["orders"].push_back({{"order_id", "1"}, {"poi_id", 66}});
  page["orders"].push_back({{"order_id", "2"}, {"poi", {{"poi_id", "67"}}}});
  page["orders"].push_back({{"order_id", "3"}, {"poi_id", ""}});
  Orders orders = Over({DataOf(page)});
  const auto listed = Await(orders.ListOrders("66", {}, ""));
  ASSERT_TRUE(listed);
  ASSERT_EQ(listed->items.size(), 2U);
  EXPECT_EQ(json::parse(listed->items[1].payload)["order_id"], "3");
}

}  // namespace
}  // namespace weir::connectors::douyin
