// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/mapping/doudian/samples.hpp"

namespace weir::mapping::doudian {
namespace {

std::string ReasonOf(const Mapped& mapped) {
  return mapped.unmappable ? mapped.unmappable->reason : "";
}

TEST(Map, TakesTagsIdsAndDataInEveryShape) {
  const json data = TradeData({{"pay_time", 1700000005}});
  const json text = {{"tag", "110"}, {"msg_id", "1"}, {"data", data.dump()}};
  const json object = {{"tag", 110}, {"msgId", "1"}, {"data", data}};
  const auto one = OnlyOrder(MapBody(json::array({text}).dump()));
  const auto other = OnlyOrder(MapBody(json::array({object}).dump()));
  EXPECT_EQ(one.extra, other.extra);
  EXPECT_EQ(one.platform_order_id, other.platform_order_id);
  EXPECT_EQ(one.statuses[0].at, other.statuses[0].at);
}

TEST(Map, KeepsIdsWholeBeyondTwoToThe53) {
  for (const json& id : {json(9007199254740993), json("9007199254740993")}) {
    EXPECT_EQ(OnlyOrder(MapMessage(110, TradeData({{"p_id", id}}))).platform_order_id,
              "9007199254740993");
  }
  EXPECT_EQ(OnlyOrder(MapMessage(200, RefundData())).refunds[0].id, "7100000000000000009");
}

TEST(Map, TellsAllMessagesOfOneRequest) {
  const json batch = {
      MessageOf(100, TradeData({{"create_time", 1700000000}})),
      MessageOf(110, TradeData({{"p_id", 2}, {"pay_time", 1700000005}})),
      MessageOf(400, {{"product_id", 1}}),
      MessageOf(0, "probe"),
  };
  const auto mapped = MapBody(batch.dump());
  EXPECT_EQ(mapped.orders.size(), 2U);
  EXPECT_FALSE(mapped.unmappable);
}

TEST(Map, AnUnknownTagIsKeptAsOne) {
  const auto mapped = MapMessage(999, TradeData());
  EXPECT_EQ(ReasonOf(mapped), "unknown_topic");
  EXPECT_FALSE(mapped.unmappable->in_part);
  EXPECT_TRUE(mapped.orders.empty());
}

TEST(Map, WhatNamesNothingIsMissingItsSubject) {
  EXPECT_EQ(ReasonOf(MapMessage(110, {{"shop_id", 1}})), "missing_subject");
  json refund = RefundData();
  refund.erase("aftersale_id");
  EXPECT_EQ(ReasonOf(MapMessage(200, refund)), "missing_subject");
}

TEST(Map, BadMessagesAreCounted) {
  const json bad = MessageOf(110, {{"shop_id", 1}});
  const auto mapped = MapBody(json::array({MessageOf(110, TradeData()), bad, bad, bad}).dump());
  EXPECT_EQ(mapped.orders.size(), 1U);
  EXPECT_EQ(mapped.unmappable->detail,
            "Message 2: The message names no order or no after-sale. So it is with 2 more.");
}

TEST(Map, MoreMessagesThanTheLimitAreMalformed) {
  json batch = json::array();
  for (std::size_t i = 0; i <= kMostMessages; ++i) batch.push_back(MessageOf(110, TradeData()));
  EXPECT_EQ(ReasonOf(MapBody(batch.dump())), "malformed_payload");
  batch.erase(0);
  EXPECT_EQ(MapBody(batch.dump()).orders.size(), kMostMessages);
}

TEST(Map, ACallOfUsAsksForItsOrder) {
  const auto map = [](std::string_view params) {
    return Map({.dialect = kSpi, .topic = "spi", .bytes = params});
  };
  const auto facts = OnlyOrder(map(R"({"order_id":6900000000000000001,"why":"x"})"));
  EXPECT_EQ(facts.platform_order_id, kOrder);
  EXPECT_TRUE(facts.wants_reread);
  EXPECT_EQ(ExtraOf(facts), json::parse(R"({"why":"x"})"));
  EXPECT_EQ(ReasonOf(map("{}")), "unknown_topic");
  EXPECT_EQ(ReasonOf(map("[]")), "malformed_payload");
}

TEST(Map, KnowsItsDialects) {
  EXPECT_EQ(ReasonOf(Map({.dialect = "nop", .topic = "", .bytes = "{}"})), "malformed_payload");
  EXPECT_EQ(ReasonOf(Map({.pulled = true, .dialect = "nop", .topic = "", .bytes = "{}"})),
            "malformed_payload");
}

}  // namespace
}  // namespace weir::mapping::doudian
