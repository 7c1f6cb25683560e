// SPDX-License-Identifier: Apache-2.0
#include "tests/mapping/dada/samples.hpp"

#include <gtest/gtest.h>

#include "mapping/dada/status.hpp"

/// The protocol's own samples, exactly.
namespace weir::mapping::dada {
namespace {

using model::ShipmentStatus;
using model::TrackingNode;

TEST(Samples, OfCallbacksAreOneStepEach) {
  for (const char* file : kStatusSamples) {
    const auto facts = OnlyShipment(MapBody(ReadData(file)));
    EXPECT_EQ(facts.platform, "dada") << file;
    EXPECT_EQ(facts.number, kNumber) << file;
    EXPECT_EQ(facts.nodes.size(), 1U) << file;
    EXPECT_TRUE(facts.nodes.front().status) << file;
    EXPECT_TRUE(facts.issues.empty()) << file;
    EXPECT_TRUE(facts.look->issues.empty()) << file;
  }
}

TEST(Samples, AcceptedBringsTheRider) {
  const auto facts = OnlyShipment(MapBody(ReadData("callback_2.json")));
  EXPECT_EQ(facts.waybill, "1000000001");
  EXPECT_EQ(facts.look->platform_no, "1000000001");
  EXPECT_EQ(facts.look->key.asked_at, At(1700000100));
  EXPECT_EQ(facts.nodes.front(), (TrackingNode{.key = "2/1700000100/666/",
                                               .at = At(1700000100),
                                               .sent_at = std::nullopt,
                                               .status = ShipmentStatus::kAssigned,
                                               .code = "2",
                                               .text = "",
                                               .place = "",
                                               .life = "1000000001",
                                               .precedence = 0,
                                               .rider_name = "测试达达",
                                               .rider_phone = "13900000000"}));
}

TEST(Samples, AnUpdateTimeMayBeText) {
  EXPECT_EQ(OnlyShipment(MapBody(ReadData("callback_2_string_update_time.json"))).nodes,
            OnlyShipment(MapBody(ReadData("callback_2.json"))).nodes);
}

TEST(Samples, AFailedCreationIsCutToItsSecond) {
  const auto facts = OnlyShipment(MapBody(ReadData("callback_1000.json")));
  EXPECT_EQ(facts.nodes.front().at, At(1700000001));
  EXPECT_EQ(facts.nodes.front().key, "1000/1700000001//");
  EXPECT_EQ(facts.nodes.front().status, ShipmentStatus::kFailed);
  EXPECT_EQ(facts.nodes.front().life, "");
}

TEST(Samples, ARepeatedStepTakesPrecedence) {
  const auto again = OnlyShipment(MapBody(ReadData("callback_1_repeat_reassigned.json")));
  EXPECT_EQ(again.nodes.front().precedence, kOfRepeat);
  EXPECT_EQ(again.nodes.front().key, "1/1700000200//1");
  EXPECT_EQ(again.nodes.front().rider_name, "");
  const auto handed = OnlyShipment(MapBody(ReadData("callback_2_repeat_transfer.json")));
  EXPECT_EQ(handed.nodes.front().precedence, kOfRepeat);
  EXPECT_EQ(handed.nodes.front().key, "2/1700000250/777/2");
  EXPECT_EQ(handed.nodes.front().rider_name, "接力达达");
}

TEST(Samples, ACancelSaysWhy) {
  const auto facts = OnlyShipment(MapBody(ReadData("callback_5_merchant_cancel.json")));
  EXPECT_EQ(facts.nodes.front().status, ShipmentStatus::kCancelled);
  EXPECT_EQ(facts.nodes.front().text, "顾客取消订单");
  EXPECT_EQ(facts.look->cancel_reason, "顾客取消订单");
  EXPECT_EQ(ExtraOf(facts), json({{"cancel_from", "2"}}));
}

TEST(Samples, TheReceiptsCodeIsKept) {
  EXPECT_EQ(ExtraOf(OnlyShipment(MapBody(ReadData("callback_3.json")))),
            json({{"finish_code", "1961"}}));
}

TEST(Samples, ARiderAsksToBeLetOff) {
  const auto facts = OnlyShipment(MapBody(ReadData("message_1_rider_cancel.json")));
  EXPECT_EQ(facts.number, kNumber);
  EXPECT_EQ(
      facts.asks,
      (model::RiderAsks{.platform_no = "1000000001", .reason = "车辆故障", .at = At(1700000200)}));
  EXPECT_TRUE(facts.nodes.empty());
  EXPECT_FALSE(facts.look);
}

TEST(Samples, AShopIsOffline) {
  const Mapped mapped = MapBody(ReadData("message_4_shop_status.json"));
  EXPECT_FALSE(mapped.unmappable);
  ASSERT_EQ(mapped.stores.size(), 1U);
  const model::StoreFact& fact = mapped.stores.front();
  EXPECT_EQ(fact.aspect, model::StoreAspect::kListing);
  EXPECT_EQ(fact.platform_shop, "shop001");
  EXPECT_EQ(fact.state, "offline");
  EXPECT_EQ(fact.reason, "审核不通过");
  EXPECT_EQ(fact.at, At(1700000200));
}

TEST(Samples, ARead) {
  const auto facts = OnlyShipment(MapAnswerOf(kReadTopic, ReadData("statusQuery_response.json")));
  EXPECT_EQ(facts.number, kNumber);
  EXPECT_EQ(facts.look->fee, Fen(950));
  EXPECT_EQ(facts.look->tip, Fen(0));
  EXPECT_FALSE(facts.look->cancel_fee);
  EXPECT_EQ(facts.look->distance_m, 1422);
  EXPECT_EQ(facts.look->key.asked_at, At(kAskedAt));
  ASSERT_EQ(facts.nodes.size(), 3U);
  // 2023-11-15 06:13:20 in Beijing.
  EXPECT_EQ(facts.nodes.at(0).at, At(1700000000));
  EXPECT_EQ(facts.nodes.at(0).status, ShipmentStatus::kSearching);
  EXPECT_EQ(facts.nodes.at(0).rider_name, "");
  EXPECT_EQ(facts.nodes.at(1).at, At(1700000102));
  EXPECT_EQ(facts.nodes.at(1).status, ShipmentStatus::kAssigned);
  EXPECT_EQ(facts.nodes.at(1).key, "2/1700000102/666/");
  EXPECT_EQ(facts.nodes.at(2).at, At(1700000681));
  EXPECT_EQ(facts.nodes.at(2).status, ShipmentStatus::kPickedUp);
  EXPECT_EQ(facts.nodes.at(2).rider_phone, "13900000000");
  EXPECT_EQ(facts.nodes.at(2).text, "配送中");
  EXPECT_EQ(facts.nodes.at(1).precedence, kOfStep);
  EXPECT_EQ(facts.nodes.at(2).precedence, kOfReadState);
  EXPECT_EQ(
      facts.position,
      (model::RiderPosition{.at = At(kAskedAt), .latitude = "31.25322", .longitude = "121.53671"}));
  EXPECT_EQ(ExtraOf(facts).at("orderFinishCode"), "1961");
  EXPECT_EQ(ExtraOf(facts).at("supplierName"), "测试门店");
}

TEST(Samples, AnOrderIsSearchedARiderFor) {
  const auto facts = OnlyShipment(MapDoneOf(kAddTopic, ReadData("addOrder_response.json")));
  EXPECT_EQ(facts.number, kNumber);
  EXPECT_EQ(facts.look->fee, Fen(950));
  EXPECT_EQ(facts.look->tip, Fen(0));
  EXPECT_EQ(facts.look->distance_m, 1422);
  ASSERT_EQ(facts.nodes.size(), 1U);
  EXPECT_EQ(facts.nodes.front().status, ShipmentStatus::kSearching);
  EXPECT_FALSE(facts.nodes.front().at);
  EXPECT_EQ(facts.nodes.front().sent_at, At(kAskedAt));
  EXPECT_EQ(ExtraOf(facts).at("deliverFee"), "9.5");
}

TEST(Samples, AnOrderOfAQuoteCostsWhatWasQuoted) {
  const auto facts = OnlyShipment(
      MapDoneOf(std::string(kAddQuotedTopic) + "9.50", ReadData("addAfterQuery_response.json")));
  EXPECT_EQ(facts.nodes.front().status, ShipmentStatus::kSearching);
  EXPECT_EQ(facts.look->fee, Fen(950));
}

TEST(Samples, ACancelTellsWhatItCost) {
  const auto facts = OnlyShipment(MapDoneOf(kCancelTopic, ReadData("formalCancel_response.json")));
  EXPECT_EQ(facts.look->cancel_fee, Fen(200));
  EXPECT_EQ(facts.nodes.front().status, ShipmentStatus::kCancelled);
  EXPECT_FALSE(facts.nodes.front().at);
}

TEST(Samples, WhereTheRiderIs) {
  const auto facts = OnlyShipment(MapAnswerOf(kPositionTopic, ReadData("position_response.json")));
  EXPECT_EQ(facts.number, kNumber);
  EXPECT_EQ(
      facts.position,
      (model::RiderPosition{.at = At(kAskedAt), .latitude = "31.25322", .longitude = "121.53671"}));
  EXPECT_TRUE(facts.nodes.empty());
  EXPECT_FALSE(facts.look);
}

}  // namespace
}  // namespace weir::mapping::dada
