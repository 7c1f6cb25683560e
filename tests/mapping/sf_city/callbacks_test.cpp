// SPDX-License-Identifier: Apache-2.0
#include "mapping/sf_city/callbacks.hpp"

#include <gtest/gtest.h>

#include "tests/mapping/sf_city/samples.hpp"

namespace weir::mapping::sf_city {
namespace {

using model::ShipmentStatus;

/// A callback of kind rider_status with these members beside its numbers.
json CallbackOf(const json& members) {
  json callback{{"sf_order_id", kSfNumber},
                {"shop_order_id", kNumber},
                {"url_index", "rider_status"},
                {"push_time", 1700000300}};
  callback.update(members);
  return callback;
}
model::ShipmentFacts MapMembers(const json& members) {
  return OnlyShipment(MapPush(CallbackOf(members).dump()));
}

struct Expected {
  const char* file;
  const char* code;
  ShipmentStatus status;
  std::int64_t at;
  const char* text;
  const char* rider;
  const char* key;
  bool has_position;
};

class CallbackSamples : public testing::TestWithParam<Expected> {};

TEST_P(CallbackSamples, AreOneNodeEach) {
  const Expected& expected = GetParam();
  const auto facts = OnlyShipment(MapPush(CallbackBody(expected.file)));
  EXPECT_EQ(facts.platform, "sf_city");
  EXPECT_EQ(facts.number, kNumber);
  EXPECT_EQ(facts.waybill, "");
  EXPECT_TRUE(facts.issues.empty());
  ASSERT_TRUE(facts.look);
  EXPECT_EQ(facts.look->platform_no, kSfNumber);
  EXPECT_EQ(facts.look->key.updated_at, At(expected.at));
  const auto node = OnlyNode(facts);
  EXPECT_EQ(node.code, expected.code);
  EXPECT_EQ(node.status, expected.status);
  EXPECT_EQ(node.at, At(expected.at));
  EXPECT_EQ(node.sent_at, At(expected.at));
  EXPECT_EQ(node.text, expected.text);
  EXPECT_EQ(node.rider_name, expected.rider);
  EXPECT_EQ(node.key, std::string(kSfNumber) + expected.key);
  EXPECT_EQ(facts.position.has_value(), expected.has_position);
}

INSTANTIATE_TEST_SUITE_P(
    Protocol, CallbackSamples,
    testing::Values(Expected{"callback_rider_status_10.json", "10", ShipmentStatus::kAssigned,
                             1700000300, "配送员已接单", "测试骑手", "/10/1700000300", true},
                    Expected{"callback_rider_status_12.json", "12", ShipmentStatus::kAtPickup,
                             1700000600, "配送员已到店", "测试骑手", "/12/1700000600", true},
                    Expected{"callback_rider_status_15.json", "15", ShipmentStatus::kPickedUp,
                             1700000900, "配送员已取货", "测试骑手", "/15/1700000900", true},
                    Expected{"callback_order_complete_17.json", "17", ShipmentStatus::kDelivered,
                             1700001800, "配送员完成", "测试骑手", "/17/1700001800", true},
                    Expected{"callback_rider_exception.json", "91", ShipmentStatus::kException,
                             1700001200, "联系不上顾客", "测试骑手", "/91/1700001200", false},
                    Expected{"callback_sf_cancel_2.json", "2", ShipmentStatus::kCancelled,
                             1700000500, "订单取消", "", "/2/1700000500", false}));

struct Code {
  int code;
  std::optional<ShipmentStatus> status;
};

class Codes : public testing::TestWithParam<Code> {};

TEST_P(Codes, AreOurWords) {
  const auto facts = MapMembers({{"order_status", GetParam().code}});
  EXPECT_EQ(OnlyNode(facts).status, GetParam().status);
  EXPECT_EQ(OnlyNode(facts).code, std::to_string(GetParam().code));
  EXPECT_TRUE(facts.issues.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Protocol, Codes,
    testing::Values(Code{1, ShipmentStatus::kSearching}, Code{10, ShipmentStatus::kAssigned},
                    Code{12, ShipmentStatus::kAtPickup}, Code{14, ShipmentStatus::kPickedUp},
                    Code{15, ShipmentStatus::kPickedUp}, Code{17, ShipmentStatus::kDelivered},
                    Code{2, ShipmentStatus::kCancelled}, Code{22, ShipmentStatus::kSearching},
                    Code{28, ShipmentStatus::kCancelled}, Code{31, std::nullopt},
                    Code{91, ShipmentStatus::kException}));

TEST(Callbacks, TellWhereTheRiderWas) {
  const auto facts = OnlyShipment(MapPush(CallbackBody("callback_rider_status_10.json")));
  EXPECT_EQ(facts.position, (model::RiderPosition{.at = At(1700000300),
                                                  .latitude = "40.020761",
                                                  .longitude = "116.359337",
                                                  .coordinate_system = "GCJ02"}));
}

TEST(Callbacks, OfAnAccountOfBaidusHaveItsCoordinates) {
  const auto facts =
      OnlyShipment(MapPush(CallbackBody("callback_rider_status_10.json"), kBaiduDialect));
  EXPECT_EQ(facts.position->coordinate_system, "BD09");
}

TEST(Callbacks, CancelledSaysWhyAndKeepsWhoDidIt) {
  const auto facts = OnlyShipment(MapPush(CallbackBody("callback_sf_cancel_2.json")));
  EXPECT_EQ(facts.look->cancel_reason, "运力原因");
  EXPECT_EQ(ExtraOf(facts).at("operator_name"), "客服");
}

TEST(Callbacks, WhatHasNoFieldIsInExtra) {
  const auto facts = OnlyShipment(MapPush(CallbackBody("callback_rider_exception.json")));
  EXPECT_EQ(ExtraOf(facts), json::parse(R"({"ex_id":"1","shop_id":"3243279847393"})"));
}

TEST(Callbacks, AnExceptionMayMoveTheExpectedTime) {
  const auto facts = MapMembers(
      {{"url_index", "rider_exception"}, {"ex_content", "x"}, {"expect_time", 1700009000}});
  EXPECT_EQ(facts.look->expected_at, At(1700009000));
}

TEST(Callbacks, AGivenUpOrderHasNoRider) {
  const auto node = OnlyNode(MapMembers({{"order_status", 22}, {"operator_name", "甲"}}));
  EXPECT_EQ(node.status, ShipmentStatus::kSearching);
  EXPECT_EQ(node.rider_name, "");
}

TEST(Callbacks, WithoutAStatusSayWhatTheirKindSays) {
  EXPECT_EQ(OnlyNode(MapMembers({{"url_index", "rider_recall"}})).code, "22");
  EXPECT_EQ(OnlyNode(MapMembers({{"url_index", "sf_cancel "}})).code, "2");
  EXPECT_EQ(OnlyNode(MapMembers({{"url_index", "order_complete"}})).code, "17");
}

TEST(Callbacks, TakeNumbersAsNumberOrText) {
  const json text = CallbackOf({{"order_status", "10"}, {"push_time", "1700000300"}});
  json number = text;
  number["order_status"] = 10;
  number["push_time"] = 1700000300;
  number["sf_order_id"] = 3165848793513984;
  const auto one = OnlyShipment(MapPush(text.dump()));
  const auto other = OnlyShipment(MapPush(number.dump()));
  EXPECT_EQ(one.nodes, other.nodes);
  EXPECT_EQ(one.look->platform_no, other.look->platform_no);
}

TEST(Callbacks, ContentIsThatOfAllMembersInAnyOrder) {
  const auto digest = [](std::string_view body) { return ReadCallback(body, kDialect).content; };
  EXPECT_EQ(digest(R"({"a":1,"b":"2"})"), digest(R"({"b":2,"a":"1"})"));
  EXPECT_NE(digest(R"({"a":1,"b":"2"})"), digest(R"({"a":1,"b":"3"})"));
}

TEST(Callbacks, NameTheirKindWithoutBlanks) {
  const auto callback = ReadCallback(CallbackOf({{"url_index", "sf_cancel "}}).dump(), kDialect);
  EXPECT_EQ(callback.kind, "sf_cancel");
  EXPECT_EQ(callback.sent_at, At(1700000300));
}

TEST(Callbacks, OfSfsNumberAloneGoByIt) {
  json callback = CallbackOf({{"order_status", 10}});
  callback.erase("shop_order_id");
  const auto facts = OnlyShipment(MapPush(callback.dump()));
  EXPECT_EQ(facts.number, "");
  EXPECT_EQ(facts.waybill, kSfNumber);
}

std::string ReasonOf(const Mapped& mapped) {
  return mapped.unmappable ? mapped.unmappable->reason : "";
}

TEST(Callbacks, ThatSayNothingOfAnOrderAreQuarantined) {
  EXPECT_EQ(ReasonOf(MapPush("x")), "malformed_payload");
  EXPECT_EQ(ReasonOf(MapPush("[]")), "malformed_payload");
  EXPECT_EQ(ReasonOf(MapPush(R"({"url_index":"rider_status","order_status":10})")),
            "missing_subject");
  EXPECT_EQ(ReasonOf(MapPush(CallbackOf(json::object()).dump())), "missing_subject");
  EXPECT_EQ(ReasonOf(MapPush(R"({"url_index":"shop_auth","shop_id":1})")), "unknown_topic");
}

class StrangersInCallbacks : public testing::TestWithParam<const char*> {};

TEST_P(StrangersInCallbacks, AnUnknownMemberIsKeptInExtra) {
  json body = json::parse(CallbackBody(GetParam()));
  body["newMember"] = {{"deep", {1, "二"}}};
  const auto facts = OnlyShipment(MapPush(body.dump()));
  EXPECT_EQ(ExtraOf(facts).at("newMember"), json::parse(R"({"deep":["1","二"]})"));
  EXPECT_EQ(facts.nodes, OnlyShipment(MapPush(CallbackBody(GetParam()))).nodes);
}

TEST_P(StrangersInCallbacks, AnUnknownStatusMovesNothing) {
  json body = json::parse(CallbackBody(GetParam()));
  for (const json& status : {json(77), json("newStatus")}) {
    body["order_status"] = status;
    const auto facts = OnlyShipment(MapPush(body.dump()));
    EXPECT_EQ(OnlyNode(facts).status, std::nullopt);
    EXPECT_EQ(OnlyNode(facts).code, status.is_string() ? "newStatus" : "77");
    EXPECT_EQ(facts.issues,
              (std::vector<model::Issue>{{.code = "unknown_status", .detail = "order_status"}}));
  }
}

INSTANTIATE_TEST_SUITE_P(Samples, StrangersInCallbacks, testing::ValuesIn(kCallbackSamples));

}  // namespace
}  // namespace weir::mapping::sf_city
