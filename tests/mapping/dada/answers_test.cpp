// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/mapping/dada/samples.hpp"

namespace weir::mapping::dada {
namespace {

constexpr const char* kNothing = R"({"status":"success","code":0,"result":null})";

TEST(Done, ATipIsTheOneThatWasAskedFor) {
  const auto facts = OnlyShipment(MapDoneOf("addTip?tips=3.50", kNothing));
  EXPECT_EQ(facts.number, kNumber);
  EXPECT_EQ(facts.look->tip, Fen(350));
  EXPECT_TRUE(facts.nodes.empty());
}

TEST(Done, AConfirmedReturnIsReturned) {
  const auto facts = OnlyShipment(MapDoneOf(kReturnTopic, kNothing));
  EXPECT_EQ(facts.nodes.front().status, model::ShipmentStatus::kReturned);
  EXPECT_FALSE(facts.nodes.front().at);
}

TEST(Done, AVerdictOnARiderMovesNothing) {
  const auto facts = OnlyShipment(MapDoneOf(kConfirmTopic, kNothing));
  EXPECT_EQ(facts.number, kNumber);
  EXPECT_TRUE(facts.nodes.empty());
}

TEST(Done, OfWhatNobodyMapsIsUnknown) {
  EXPECT_EQ(MapDoneOf("complaint/dada", kNothing).unmappable->reason, "unknown_topic");
  EXPECT_EQ(MapDoneOf("formalCancel/x", kNothing).unmappable->reason, "unknown_topic");
  EXPECT_EQ(
      MapAnswerOf("cityCode/list", ReadData("cityCode_list_response.json")).unmappable->reason,
      "unknown_topic");
}

TEST(Done, WithoutOurNumberNamesNothing) {
  EXPECT_EQ(MapDoneOf(kAddTopic, kNothing, "0").unmappable->reason, "missing_subject");
}

TEST(Answers, ThatAreNoneAreMalformed) {
  for (const char* body : {"", "x", "[]", R"({"code":0})", R"({"result":7})"}) {
    EXPECT_EQ(MapAnswerOf(kReadTopic, body).unmappable->reason, "malformed_payload") << body;
    EXPECT_EQ(MapAnswerOf(kPositionTopic, body).unmappable->reason, "malformed_payload") << body;
  }
  EXPECT_EQ(MapDoneOf(kAddTopic, "x").unmappable->reason, "malformed_payload");
  EXPECT_EQ(Map({.pulled = true, .dialect = kPagesDialect, .topic = kAddTopic, .bytes = "x"})
                .unmappable->reason,
            "malformed_payload");
  EXPECT_EQ(Map({.pulled = true, .dialect = "json", .topic = kReadTopic, .bytes = "{}"})
                .unmappable->reason,
            "malformed_payload");
}

TEST(Answers, OfNoOrderAreUnmappable) {
  EXPECT_EQ(MapAnswerOf(kReadTopic, R"({"result":{"statusCode":1}})").unmappable->reason,
            "missing_subject");
}

TEST(Places, OfSeveralOrdersStandForThemselves) {
  json answer = Sample("position_response.json");
  json other = answer["result"][0];
  other["orderId"] = "D2";
  other["transporterLat"] = "91";
  answer["result"].push_back(other);
  answer["result"].push_back({{"transporterLat", "1"}});
  const Mapped mapped = MapAnswerOf(kPositionTopic, answer.dump());
  ASSERT_EQ(mapped.shipments.size(), 2U);
  EXPECT_TRUE(mapped.shipments.at(0).position);
  EXPECT_FALSE(mapped.shipments.at(1).position);
  EXPECT_EQ(mapped.shipments.at(1).number, "D2");
  ASSERT_TRUE(mapped.unmappable);
  EXPECT_TRUE(mapped.unmappable->in_part);
}

}  // namespace
}  // namespace weir::mapping::dada
