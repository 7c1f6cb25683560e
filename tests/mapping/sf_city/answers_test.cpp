// SPDX-License-Identifier: Apache-2.0
#include "mapping/sf_city/answers.hpp"

#include <gtest/gtest.h>

#include "mapping/pages.hpp"
#include "tests/mapping/sf_city/samples.hpp"

namespace weir::mapping::sf_city {
namespace {

using model::ShipmentStatus;

model::ShipmentFacts MapSample(const std::string& action) {
  return OnlyShipment(MapPulled(ReadData(action + "_response.json"), action));
}

TEST(Answers, OfCreateorderTellWhatItCosts) {
  const auto facts = MapSample("createorder");
  EXPECT_EQ(facts.number, kNumber);
  ASSERT_TRUE(facts.look);
  EXPECT_EQ(facts.look->platform_no, kSfNumber);
  EXPECT_EQ(facts.look->key.updated_at, At(1700000001));
  EXPECT_EQ(facts.look->key.asked_at, At(kAskedAt));
  EXPECT_EQ(facts.look->fee, Fen(1300));
  EXPECT_EQ(facts.look->tip, std::nullopt);
  EXPECT_EQ(facts.look->distance_m, 1234);
  EXPECT_EQ(facts.look->weight_g, 600);
  EXPECT_EQ(facts.look->expected_at, At(1700003600));
  EXPECT_EQ(OnlyNode(facts).status, ShipmentStatus::kSearching);
  EXPECT_EQ(OnlyNode(facts).code, "1");
  EXPECT_EQ(OnlyNode(facts).at, At(1700000001));
}

TEST(Answers, OfCreateorderKeepTheRest) {
  EXPECT_EQ(ExtraOf(MapSample("createorder")), json::parse(R"({
      "sf_bill_id":"509008343346","total_price":"1300","start_time":"1700000000",
      "total_pay_money":"1300","coupons_total_fee":"0","settlement_type":"1",
      "overflow_fee":"0"})"));
}

TEST(Answers, OfCreateorderTakeTheFeeThatIsPaid) {
  const auto fee = [](const json& members) {
    json result{{"sf_order_id", kSfNumber}, {"shop_order_id", kNumber}};
    result.update(members);
    return OnlyShipment(MapResult(result, "createorder")).look->fee;
  };
  const json prices{{"total_price", 3}, {"total_pay_money", 2}, {"real_pay_money", 1}};
  EXPECT_EQ(fee(prices), Fen(1));
  EXPECT_EQ(fee({{"total_price", 3}, {"total_pay_money", "2"}}), Fen(2));
  EXPECT_EQ(fee({{"total_price", 3}}), Fen(3));
  EXPECT_EQ(fee(json::object()), std::nullopt);
}

TEST(Answers, OfCreateorderTellTipAndPickupCode) {
  const auto facts = OnlyShipment(MapResult({{"sf_order_id", kSfNumber},
                                             {"shop_order_id", kNumber},
                                             {"gratuity_fee", 200},
                                             {"pickup_code", 4711}},
                                            "createorder"));
  EXPECT_EQ(facts.look->tip, Fen(200));
  EXPECT_EQ(facts.look->pickup_code, "4711");
}

TEST(Answers, OfCancelorderTellWhatItCost) {
  const auto facts = MapSample("cancelorder");
  EXPECT_EQ(facts.number, kNumber);
  EXPECT_EQ(facts.look->cancel_fee, Fen(0));
  EXPECT_EQ(OnlyNode(facts).status, ShipmentStatus::kCancelled);
  EXPECT_EQ(OnlyNode(facts).at, At(1700000101));
  EXPECT_EQ(ExtraOf(facts), json::parse(R"({
      "deduction_detail":{"shop_cancel_times":"0","free_cancel_times":"2"}})"));
}

TEST(Answers, OfGetorderstatusAreTheLastStep) {
  const auto facts = MapSample("getorderstatus");
  EXPECT_EQ(facts.number, kNumber);
  EXPECT_EQ(facts.look->platform_no, kSfNumber);
  const auto node = OnlyNode(facts);
  EXPECT_EQ(node.status, ShipmentStatus::kPickedUp);
  EXPECT_EQ(node.at, At(1700000900));
  EXPECT_EQ(node.sent_at, At(kAskedAt));
  EXPECT_EQ(node.key, std::string(kSfNumber) + "/15/1700000900");
  EXPECT_EQ(node.text, "配送员已取货");
  EXPECT_EQ(node.rider_name, "测试骑手");
  EXPECT_EQ(node.rider_phone, "13900000000");
  EXPECT_EQ(ExtraOf(facts), json::parse(R"({"shop_id":"3243279847393"})"));
}

TEST(Answers, OfListorderfeedAreTheWholeWay) {
  const auto facts = MapSample("listorderfeed");
  EXPECT_EQ(facts.number, kNumber);
  ASSERT_EQ(facts.nodes.size(), 5U);
  constexpr std::array kStatuses{ShipmentStatus::kSearching, ShipmentStatus::kAssigned,
                                 ShipmentStatus::kAtPickup, ShipmentStatus::kPickedUp,
                                 ShipmentStatus::kDelivered};
  for (std::size_t i = 0; i < kStatuses.size(); ++i) {
    EXPECT_EQ(facts.nodes[i].status, kStatuses.at(i));
    EXPECT_EQ(facts.nodes[i].at, At(1700000000 + 300 * static_cast<std::int64_t>(i)));
  }
  EXPECT_EQ(facts.nodes[1].rider_name, "测试骑手");
  EXPECT_TRUE(facts.issues.empty());
}

TEST(Answers, OfListorderfeedTellTheStepsTheCallbacksTell) {
  const auto way = MapSample("listorderfeed").nodes;
  const auto callback = [](const char* file) {
    return OnlyNode(OnlyShipment(MapPush(CallbackBody(file)))).key;
  };
  EXPECT_EQ(way[1].key, callback("callback_rider_status_10.json"));
  EXPECT_EQ(way[2].key, callback("callback_rider_status_12.json"));
  EXPECT_EQ(way[3].key, callback("callback_rider_status_15.json"));
  EXPECT_EQ(way[3].key, OnlyNode(MapSample("getorderstatus")).key);
}

TEST(Answers, OfListorderfeedKeepWhatStepsSayBeyond) {
  EXPECT_EQ(ExtraOf(MapSample("listorderfeed")), json::parse(R"({
      "create_time":"1700000000",
      "feed":[{"order_status":"1","operator":"【门店生成订单】"},
              {"order_status":"10","operator":"tester"},{"order_status":"12","operator":"tester"},
              {"order_status":"15","operator":"tester"},
              {"order_status":"17","operator":"tester"}]})"));
}

TEST(Answers, OfListorderfeedMayHaveBrokenSteps) {
  const auto facts = OnlyShipment(MapResult(
      {{"shop_order_id", kNumber},
       {"feed", {1, {{"order_status", 10}, {"create_time", "yesterday"}}, json::object()}}},
      "listorderfeed"));
  EXPECT_EQ(OnlyNode(facts).code, "10");
  EXPECT_EQ(OnlyNode(facts).at, std::nullopt);
  EXPECT_EQ(facts.issues,
            (std::vector<model::Issue>{{.code = "malformed_field", .detail = "feed"},
                                       {.code = "malformed_field", .detail = "create_time"}}));
}

TEST(Answers, OfRiderlatestpositionTellIt) {
  const auto facts = MapSample("riderlatestposition");
  EXPECT_EQ(facts.number, kNumber);
  EXPECT_TRUE(facts.nodes.empty());
  EXPECT_EQ(facts.position, (model::RiderPosition{.at = At(1700000900),
                                                  .latitude = "40.020761",
                                                  .longitude = "116.359337",
                                                  .coordinate_system = "GCJ02"}));
}

TEST(Answers, WithoutATimeOfThePositionHaveThatOfTheQuestion) {
  const json result{{"shop_order_id", kNumber}, {"rider_lng", 116.5}, {"rider_lat", "40"}};
  const auto facts = OnlyShipment(MapResult(result, "riderlatestposition", kBaiduDialect));
  EXPECT_EQ(facts.position, (model::RiderPosition{.at = At(kAskedAt),
                                                  .latitude = "40",
                                                  .longitude = "116.5",
                                                  .coordinate_system = "BD09"}));
}

TEST(Answers, OfTipsTellTheSum) {
  const json result{{"sf_order_id", kSfNumber},
                    {"shop_order_id", kNumber},
                    {"gratuity_fee", 100},
                    {"total_gratuity_fee", "300"},
                    {"push_time", "1700000400"}};
  for (const char* action : {"addordergratuityfee", "getordergratuityfee"}) {
    const auto facts = OnlyShipment(MapResult(result, action));
    EXPECT_EQ(facts.look->tip, Fen(300)) << action;
    EXPECT_EQ(facts.look->key.updated_at, At(1700000400)) << action;
    EXPECT_TRUE(facts.nodes.empty()) << action;
  }
}

TEST(Answers, OfTipsWithoutATimeAreAsOfTheQuestion) {
  const auto facts = OnlyShipment(
      MapResult({{"shop_order_id", kNumber}, {"total_gratuity_fee", 300}}, "getordergratuityfee"));
  EXPECT_EQ(facts.look->key.updated_at, At(kAskedAt));
}

TEST(Answers, OfGetcallbackinfoAreTheCallbacksWithTheirBinaryFractions) {
  const std::string body = R"({"error_code":0,"error_msg":"","error_data":null,"result":[
      {"shop_id":3242477352000,"sf_order_id":3233276321394156552,"shop_order_id":"S1",
       "url_index":"rider_status","operator_name":"测试","operator_phone":"13900000000",
       "rider_lng":113.90560399999999674,"rider_lat":22.558814000000001698,"order_status":10,
       "status_desc":"配送员已指派","push_time":1541746298},
      {"shop_id":3242477352000,"sf_order_id":3233276321394156552,"shop_order_id":"S1",
       "url_index":"order_complete","order_status":17,"push_time":1541746312}]})";
  const auto mapped = MapPulled(body, "getcallbackinfo");
  EXPECT_FALSE(mapped.unmappable);
  ASSERT_EQ(mapped.shipments.size(), 2U);
  EXPECT_EQ(mapped.shipments[0].look->platform_no, "3233276321394156552");
  EXPECT_EQ(mapped.shipments[0].position->longitude, "113.905604");
  EXPECT_EQ(mapped.shipments[0].position->latitude, "22.558814");
  EXPECT_EQ(OnlyNode(mapped.shipments[1]).status, ShipmentStatus::kDelivered);
}

TEST(Answers, OfGetcallbackinfoCostNotEachOther) {
  const auto mapped =
      MapResult({1, {{"shop_order_id", "S1"}, {"order_status", 10}}}, "getcallbackinfo");
  EXPECT_EQ(mapped.shipments.size(), 1U);
  ASSERT_TRUE(mapped.unmappable);
  EXPECT_TRUE(mapped.unmappable->in_part);
}

TEST(Answers, OfOtherActionsNameTheOrder) {
  const auto facts = OnlyShipment(MapResult(
      {{"sf_order_id", kSfNumber}, {"shop_order_id", kNumber}, {"push_time", "1700000001"}},
      "reminderorder"));
  EXPECT_EQ(facts.look->platform_no, kSfNumber);
  EXPECT_TRUE(facts.nodes.empty());
}

TEST(Answers, ThatNameNoNumberStandBeneathIt) {
  std::string pages;
  AppendPage(pages, "shp-1", R"({"error_code":0,"result":{"order_id":"7","order_status":12}})");
  const auto facts = OnlyShipment(MapPulled(pages, "getorderstatus", kPagesDialect));
  EXPECT_EQ(facts.number, "shp-1");
  EXPECT_EQ(facts.look->platform_no, "7");
  EXPECT_EQ(OnlyNode(facts).status, ShipmentStatus::kAtPickup);
}

TEST(Answers, ThatSayNothingBeneathANumberAreDone) {
  std::string pages;
  AppendPage(pages, "shp-1", R"({"error_code":0,"error_msg":"","result":null})");
  const auto mapped = MapPulled(pages, "reminderorder", kPagesDialect);
  EXPECT_TRUE(mapped.shipments.empty());
  EXPECT_FALSE(mapped.unmappable);
}

TEST(Answers, OfNoOrderAreUnmappable) {
  const auto reason = [](std::string_view body, std::string_view dialect = kDialect) {
    return MapPulled(body, "getorderstatus", dialect).unmappable->reason;
  };
  EXPECT_EQ(reason("x"), "malformed_payload");
  EXPECT_EQ(reason("[]"), "malformed_payload");
  EXPECT_EQ(reason(R"({"error_code":1202,"error_msg":"","result":{}})"), "malformed_payload");
  EXPECT_EQ(reason(R"({"error_code":0,"result":null})"), "malformed_payload");
  EXPECT_EQ(reason(R"({"error_code":0,"result":{"order_status":1}})"), "missing_subject");
  EXPECT_EQ(reason("{}", "form"), "malformed_payload");
  EXPECT_EQ(reason("{}", kPagesDialect), "malformed_payload");
}

class StrangersInAnswers : public testing::TestWithParam<AnswerSample> {};

TEST_P(StrangersInAnswers, AnUnknownMemberIsKeptInExtra) {
  json answer = json::parse(ReadData(GetParam().file));
  const auto known = OnlyShipment(MapPulled(answer.dump(), GetParam().action));
  answer["result"]["newMember"] = {{"deep", {1, "二"}}};
  const auto facts = OnlyShipment(MapPulled(answer.dump(), GetParam().action));
  EXPECT_EQ(ExtraOf(facts).at("newMember"), json::parse(R"({"deep":["1","二"]})"));
  EXPECT_EQ(facts.nodes, known.nodes);
  EXPECT_EQ(facts.position, known.position);
  EXPECT_EQ(facts.look->fee, known.look->fee);
}

INSTANTIATE_TEST_SUITE_P(Samples, StrangersInAnswers, testing::ValuesIn(kAnswerSamples));

TEST(StrangeWords, InAStateOrAFeedMoveNothing) {
  json state = json::parse(ReadData("getorderstatus_response.json"));
  state["result"]["order_status"] = 77;
  auto facts = OnlyShipment(MapPulled(state.dump(), "getorderstatus"));
  EXPECT_EQ(OnlyNode(facts).status, std::nullopt);
  EXPECT_EQ(OnlyNode(facts).rider_name, "");
  EXPECT_EQ(facts.issues.at(0).code, "unknown_status");
  json feed = json::parse(ReadData("listorderfeed_response.json"));
  feed["result"]["feed"][4]["order_status"] = "soon";
  facts = OnlyShipment(MapPulled(feed.dump(), "listorderfeed"));
  EXPECT_EQ(facts.nodes.at(4).status, std::nullopt);
  EXPECT_EQ(facts.nodes.at(4).code, "soon");
  EXPECT_EQ(facts.issues.at(0).code, "unknown_status");
}

}  // namespace
}  // namespace weir::mapping::sf_city
