// SPDX-License-Identifier: Apache-2.0
#include "mapping/eleme/map.hpp"

#include <gtest/gtest.h>

#include "tests/mapping/eleme/samples.hpp"

namespace weir::mapping::eleme {
namespace {

std::string ReasonOf(const Mapped& mapped) {
  return mapped.unmappable ? mapped.unmappable->reason : std::string();
}

TEST(Map, AnUnknownTypeIsKeptAsUnknown) {
  EXPECT_EQ(ReasonOf(MapMessage(999, {{"orderId", "1"}})), "unknown_topic");
  EXPECT_EQ(ReasonOf(MapMessage(50, {{"orderId", "1"}})), "unknown_topic");
  EXPECT_EQ(ReasonOf(MapMessage(27, {{"orderId", "1"}})), "unknown_topic");
}

TEST(Map, AnOrdersMessageWithoutOrderHasNoSubject) {
  for (const int type : {10, 12, 20, 30, 45, 51, 71, 217}) {
    EXPECT_EQ(ReasonOf(MapMessage(type, {{"shopId", 1}})), "missing_subject") << type;
  }
}

TEST(Map, AMessageThatIsNoObjectIsMalformed) {
  for (const char* message : {"", "{", "[]", "1", "null"}) {
    const std::string body = json{{"type", 10}, {"message", message}, {"appId", 1}}.dump();
    EXPECT_EQ(ReasonOf(MapBody(body)), "malformed_payload") << message;
  }
}

TEST(Map, AProbeSaysNothing) {
  for (const char* body : {"", "{}"}) {
    const Mapped mapped = MapBody(body);
    EXPECT_TRUE(mapped.orders.empty());
    EXPECT_FALSE(mapped.unmappable);
  }
}

TEST(Map, AnUnknownDialectIsMalformed) {
  EXPECT_EQ(ReasonOf(Map({.dialect = "strange", .topic = "10", .bytes = "{}"})),
            "malformed_payload");
}

TEST(Map, TypesMayBeText) {
  json push = json::parse(ReadData("push_12_order_confirmed.json"));
  push["type"] = "12";
  push["userId"] = "123456789012345678";
  EXPECT_EQ(OnlyOrder(MapBody(push.dump())).statuses.at(0).status, model::OrderStatus::kAccepted);
}

TEST(Map, LeanMessagesAskForTheOrder) {
  for (const int type : {217, 218}) {
    const auto facts =
        OnlyOrder(MapMessage(type, {{"orderId", "1"}, {"income", 27.2}, {"totalAmount", 37.0}}));
    EXPECT_TRUE(facts.wants_reread);
    EXPECT_FALSE(facts.snapshot);
    EXPECT_TRUE(facts.statuses.empty());
    EXPECT_EQ(ExtraOf(facts), json::parse(R"({"income":"27.2","totalAmount":"37.0"})"));
  }
}

TEST(Map, WhatIsOfNoOrderOrShopStateIsSilent) {
  for (const int type : {93, 105, 221, 222}) {
    const Mapped mapped = MapMessage(type, {{"shopId", 1}, {"applyId", 5}});
    EXPECT_TRUE(mapped.orders.empty() && mapped.stores.empty()) << type;
    EXPECT_FALSE(mapped.unmappable) << type;
  }
}

TEST(Map, AShopsUnknownStateIsToldRaw) {
  const Mapped mapped = MapMessage(91, {{"shopId", 10001}, {"busyLevel", "busyLevelParty"}});
  ASSERT_EQ(mapped.stores.size(), 1U);
  EXPECT_EQ(mapped.stores[0].state, "busyLevelParty");
}

TEST(Map, AShopsMessageWithoutStateHasNoSubject) {
  EXPECT_EQ(ReasonOf(MapMessage(91, {{"shopId", 10001}})), "missing_subject");
}

TEST(MapAnswers, OrdersMayComeAsAPageOrAMap) {
  json other = Placed();
  other["id"] = other["orderId"] = "2";
  const json page = {{"list", {Placed(), other}}, {"total", 2}};
  EXPECT_EQ(MapAnswer(page, "eleme.order.getAllOrders").orders.size(), 2U);
  const json map = {{"1200000000000000001", Placed()}, {"2", other}};
  EXPECT_EQ(MapAnswer(map, "eleme.order.mgetOrders").orders.size(), 2U);
  EXPECT_EQ(MapAnswer({Placed(), other}, "eleme.order.getUnprocessOrders").orders.size(), 2U);
}

TEST(MapAnswers, ARefundReadKeepsWhatItSays) {
  const auto facts = OnlyOrder(
      MapAnswer({{"orderId", "1"}, {"refundStatus", "applied"}}, "eleme.order.getRefundOrder"));
  EXPECT_TRUE(facts.refunds.empty());
  EXPECT_EQ(ExtraOf(facts).at("refundStatus"), "applied");
}

TEST(MapAnswers, OtherActionsAreNotMappedHere) {
  EXPECT_EQ(ReasonOf(MapAnswer(Placed(), "eleme.user.getTokenStatus")), "unknown_topic");
}

TEST(MapAnswers, TheSameContentHasOneDigestWhateverItsOrder) {
  const std::string one = R"({"id":"a","error":null,"result":{"orderId":"1","createdAt":""}})";
  const std::string two = R"({"result":{"createdAt":"","orderId":"1"},"id":"b"})";
  const auto digest = [](const std::string& body) {
    return OnlyOrder(Map({.pulled = true,
                          .dialect = kDialect,
                          .topic = "eleme.order.getOrder",
                          .bytes = body,
                          .received_at = At(kAskedAt)}))
        .extra.has_value();
  };
  EXPECT_EQ(digest(one), digest(two));
}

}  // namespace
}  // namespace weir::mapping::eleme
