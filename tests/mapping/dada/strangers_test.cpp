// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/mapping/dada/samples.hpp"

/// Every sample with members nobody has seen yet: nothing of it is lost and nothing moves by it.
namespace weir::mapping::dada {
namespace {

const json kStranger = {{"deep", {1, "二", 18446744073709551615U}}};
const json kKept = json::parse(R"({"deep":["1","二","18446744073709551615"]})");

class StrangeCallbacks : public testing::TestWithParam<const char*> {};

TEST_P(StrangeCallbacks, KeepAnUnknownMember) {
  json callback = Sample(GetParam());
  callback["new_member"] = kStranger;
  const auto known = OnlyShipment(MapBody(ReadData(GetParam())));
  const auto facts = OnlyShipment(MapBody(callback.dump()));
  EXPECT_EQ(ExtraOf(facts).at("new_member"), kKept);
  EXPECT_EQ(facts.nodes, known.nodes);
  EXPECT_EQ(facts.issues, known.issues);
}

INSTANTIATE_TEST_SUITE_P(Samples, StrangeCallbacks, testing::ValuesIn(kStatusSamples));

TEST(Strangers, OfAMessageAreKept) {
  json message = Sample("message_1_rider_cancel.json");
  json body = json::parse(message["messageBody"].get<std::string>());
  body["new_member"] = kStranger;
  message["messageBody"] = body.dump();
  EXPECT_EQ(ExtraOf(OnlyShipment(MapBody(message.dump()))).at("new_member"), kKept);
}

TEST(Strangers, OfAReadAreKept) {
  const auto facts = MapReadWith({{"newMember", kStranger}});
  EXPECT_EQ(ExtraOf(facts).at("newMember"), kKept);
  EXPECT_EQ(facts.nodes, MapReadWith(json::object()).nodes);
}

TEST(Strangers, OfAPlaceAreKept) {
  json answer = Sample("position_response.json");
  answer["result"][0]["newMember"] = kStranger;
  const auto facts = OnlyShipment(MapAnswerOf(kPositionTopic, answer.dump()));
  EXPECT_EQ(ExtraOf(facts).at("newMember"), kKept);
  EXPECT_TRUE(facts.position);
}

TEST(Strangers, OfWhatIsDoneAreKept) {
  for (const char* file : {"addOrder_response.json", "formalCancel_response.json"}) {
    json answer = Sample(file);
    answer["result"]["newMember"] = kStranger;
    EXPECT_EQ(ExtraOf(OnlyShipment(MapDoneOf(kAddTopic, answer.dump()))).at("newMember"), kKept);
  }
}

TEST(Strangers, ThatAreNewStatusesMoveNothing) {
  for (const char* file : kStatusSamples) {
    json callback = Sample(file);
    callback["order_status"] = 4242;
    const auto facts = OnlyShipment(MapBody(callback.dump()));
    EXPECT_FALSE(facts.nodes.front().status) << file;
    EXPECT_EQ(facts.issues.size(), 1U) << file;
  }
}

}  // namespace
}  // namespace weir::mapping::dada
