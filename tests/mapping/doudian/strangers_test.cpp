// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/mapping/doudian/samples.hpp"

/// Every sample with members nobody has seen yet and codes nobody knows: nothing of it is lost and
/// nothing moves by it.
namespace weir::mapping::doudian {
namespace {

const json kStranger = {{"deep", {1, "二"}}};
const json kKept = json::parse(R"({"deep":["1","二"]})");

class Strangers : public testing::TestWithParam<const char*> {
 protected:
  static json Message() { return SampleMessage(GetParam()); }
  static model::OrderFacts With(const json& message) {
    return OnlyOrder(MapBody(json::array({message}).dump()));
  }
};

TEST_P(Strangers, InAMessageAreKeptInExtra) {
  json message = Message();
  message["data"]["new_member"] = kStranger;
  EXPECT_EQ(ExtraOf(With(message)).at("new_member"), kKept);
}

TEST_P(Strangers, ThatAreCodesMoveNothing) {
  json message = Message();
  message["data"]["order_status"] = 4711;
  message["data"]["aftersale_status"] = 4711;
  const auto facts = With(message);
  const auto known = With(Message());
  EXPECT_EQ(ExtraOf(facts).at("order_status"), "4711");
  EXPECT_EQ(ExtraOf(facts).at("aftersale_status"), "4711");
  ASSERT_EQ(facts.statuses.size(), known.statuses.size());
  for (std::size_t i = 0; i < known.statuses.size(); ++i) {
    EXPECT_EQ(facts.statuses[i].status, known.statuses[i].status);
  }
  ASSERT_EQ(facts.refunds.size(), known.refunds.size());
}

TEST_P(Strangers, BesideTheDataAreNotLookedAt) {
  json message = Message();
  message["p_id"] = "999";
  EXPECT_NE(With(message).platform_order_id, "999");
}

INSTANTIATE_TEST_SUITE_P(Samples, Strangers, testing::ValuesIn(kMessageSamples));

TEST(StrangersInAnswers, AreKeptInExtra) {
  json answer = json::parse(ReadData("order_orderDetail_response_legacy.json"));
  json& order = answer["data"]["shop_order_detail"];
  order["new_member"] = kStranger;
  order["sku_order_list"][0]["new_member"] = kStranger;
  const json extra = ExtraOf(OnlyOrder(MapAnswer("order.orderDetail", answer.dump())));
  EXPECT_EQ(extra.at("new_member"), kKept);
  EXPECT_EQ(extra.at("sku_order_list").at(0).at("new_member"), kKept);
}

TEST(StrangersInAnswers, OfARiderAreKeptInExtra) {
  json shipment = ShipmentAnswer();
  shipment["shipment_info"]["new_member"] = kStranger;
  const auto facts = OnlyOrder(MapAnswer("superm.getShipmentInfo", AnswerOf(shipment)));
  EXPECT_EQ(ExtraOf(facts).at("shipment_info").at("new_member"), kKept);
}

TEST(StrangersInAnswers, ThatAreWordsAreKeptRaw) {
  json lines = HourlyOrder()["sku_order_list"];
  lines[1]["given_product_type"] = "NEW";
  const auto facts = MapDetail({{"sku_order_list", lines}, {"trade_type", 99}});
  EXPECT_FALSE(facts.snapshot->items->at(1).gift);
  EXPECT_EQ(ExtraOf(facts)["trade_type"], "99");
}

}  // namespace
}  // namespace weir::mapping::doudian
