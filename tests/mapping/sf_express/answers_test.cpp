// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "mapping/sf_express/answer.hpp"
#include "tests/mapping/sf_express/samples.hpp"

namespace weir::mapping::sf_express {
namespace {

using Status = model::ShipmentStatus;
using Kind = model::WaybillKind;

std::optional<Status> StatusOf(const model::ShipmentFacts& facts) {
  return facts.nodes.empty() ? std::nullopt : facts.nodes.back().status;
}

TEST(Orders, ThatArePlacedHaveAWaybill) {
  const auto facts = Only(MapAnswered(kCreateOrder, ReadData("create_order_response.json")));
  EXPECT_EQ(facts.number, kNumber);
  EXPECT_EQ(facts.waybill, kWaybill);
  EXPECT_EQ(facts.waybills,
            (std::vector<model::Waybill>{{.no = std::string(kWaybill), .kind = Kind::kMother}}));
  EXPECT_EQ(StatusOf(facts), Status::kCreated);
  ASSERT_TRUE(facts.look);
  EXPECT_EQ(facts.look->platform_no, kWaybill);
  EXPECT_EQ(facts.look->key.asked_at, kAskedAt);
  EXPECT_TRUE(facts.look->issues.empty());
  EXPECT_EQ(ExtraOf(facts)["originCode"], "755");
  EXPECT_EQ(ExtraOf(facts)["filterResult"], "2");
}

TEST(Orders, AreReadAlikeFromAnObject) {
  const auto text = Only(MapAnswered(kCreateOrder, ReadData("create_order_response.json")));
  const auto object =
      Only(MapAnswered(kCreateOrder, ReadData("create_order_response_object_variant.json")));
  EXPECT_EQ(text.look, object.look);
  EXPECT_EQ(text.nodes, object.nodes);
  EXPECT_EQ(text.waybills, object.waybills);
}

TEST(Orders, ThatAreReadSayTheSame) {
  const auto facts = Only(MapAnswered(kSearchOrder, ReadData("search_order_response.json")));
  EXPECT_EQ(facts.number, kNumber);
  EXPECT_EQ(facts.look->platform_no, kWaybill);
  EXPECT_EQ(ExtraOf(facts)["origincode"], "755");
}

TEST(Orders, HaveWaybillsOfThreeKinds) {
  const auto facts =
      Only(MapAnswered(kSubWaybills, AnswerOf({{"orderId", kNumber},
                                               {"waybillNoInfoList",
                                                {{{"waybillType", 1}, {"waybillNo", "SF1"}},
                                                 {{"waybillType", "2"}, {"waybillNo", "SF2"}},
                                                 {{"waybillType", 3}, {"waybillNo", "SF3"}},
                                                 {{"waybillType", 9}, {"waybillNo", "SF9"}}}}})));
  EXPECT_EQ(facts.waybills, (std::vector<model::Waybill>{{.no = "SF1", .kind = Kind::kMother},
                                                         {.no = "SF2", .kind = Kind::kChild},
                                                         {.no = "SF3", .kind = Kind::kSignBack}}));
  EXPECT_EQ(facts.issues.at(0).code, "unknown_status");
}

TEST(Orders, ThatCannotBeDeliveredSaySo) {
  for (const json& result : {json(3), json("3")}) {
    const auto facts =
        Only(MapAnswered(kCreateOrder, AnswerOf({{"orderId", kNumber}, {"filterResult", result}})));
    ASSERT_EQ(facts.look->issues.size(), 1U);
    EXPECT_EQ(facts.look->issues[0].code, "undeliverable");
  }
}

TEST(Cancels, AreCancelledAsOfTheQuestion) {
  const auto facts = Only(MapAnswered(kCancelTopic, ReadData("update_order_response.json")));
  EXPECT_EQ(facts.number, kNumber);
  EXPECT_EQ(StatusOf(facts), Status::kCancelled);
  EXPECT_EQ(facts.nodes.back().at, kAskedAt);
}

TEST(Cancels, ThatWereDoneBeforeAreDone) {
  const auto facts =
      Only(MapAnswered(kCancelTopic, ReadData("update_order_already_cancelled_response.json")));
  EXPECT_EQ(facts.number, kNumber);
  EXPECT_EQ(StatusOf(facts), Status::kCancelled);
}

TEST(Cancels, OfAnotherWaybillCancelNothing) {
  const auto facts =
      Only(MapAnswered(kCancelTopic, AnswerOf({{"orderId", kNumber}, {"resStatus", 1}})));
  EXPECT_EQ(StatusOf(facts), std::nullopt);
  EXPECT_EQ(facts.issues.at(0).code, "unknown_status");
}

TEST(Cancels, AreNotConfirmations) {
  EXPECT_EQ(StatusOf(Only(MapAnswered(kUpdateOrder, ReadData("update_order_response.json")))),
            Status::kCreated);
}

TEST(Fees, AreTheSumOfTheirList) {
  const auto facts = Only(MapAnswered(kQueryFee, ReadData("query_fee_response.json")));
  EXPECT_EQ(facts.number, kNumber);
  EXPECT_EQ(facts.waybill, kWaybill);
  EXPECT_EQ(facts.look->fee, Fen(2600));
  EXPECT_EQ(facts.look->weight_g, 2000);
  EXPECT_TRUE(facts.look->issues.empty());
  EXPECT_EQ(ExtraOf(facts)["waybillInfo"]["realWeightQty"], "1.8");
  EXPECT_EQ(ExtraOf(facts)["waybillFeeList"][1]["serviceProdCode"], "IN01");
}

std::string FeeAnswer(const json& list, const json& weight = 1) {
  return AnswerOf({{"waybillInfo", {{"waybillNo", kWaybill}, {"meterageWeightQty", weight}}},
                   {"waybillFeeList", list}});
}

TEST(Fees, AreUnknownWhereOneIs) {
  const auto facts =
      Only(MapAnswered(kQueryFee, FeeAnswer({{{"value", 23.0}}, {{"value", "much"}}})));
  EXPECT_EQ(facts.look->fee, std::nullopt);
  EXPECT_EQ(facts.look->issues.at(0).code, "malformed_field");
  EXPECT_EQ(Only(MapAnswered(kQueryFee, FeeAnswer(json::array()))).look->fee, std::nullopt);
}

TEST(Fees, AreExact) {
  const auto facts = Only(
      MapAnswered(kQueryFee, FeeAnswer({{{"value", 0.1}}, {{"value", 0.2}}, {{"feeAmt", 1.15}}})));
  EXPECT_EQ(facts.look->fee, Fen(145));
}

TEST(Fees, WeighInGrams) {
  struct Row {
    json weight;
    std::optional<std::int64_t> grams;
  };
  for (const Row& row : {Row{1, 1000}, Row{"1.234", 1234}, Row{0.05, 50}, Row{"12.50000", 12500},
                         Row{"1.2345", std::nullopt}, Row{"-1", std::nullopt},
                         Row{"heavy", std::nullopt}, Row{"", std::nullopt}}) {
    const auto facts = Only(MapAnswered(kQueryFee, FeeAnswer({{{"value", 1}}}, row.weight)));
    EXPECT_EQ(facts.look->weight_g, row.grams) << row.weight;
  }
}

TEST(Fees, NameTheChildren) {
  const auto facts = Only(MapAnswered(
      kQueryFee,
      AnswerOf({{"waybillInfo", {{"waybillNo", "SF1"}, {"waybillChilds", "SF2,SF3"}}}})));
  EXPECT_EQ(facts.waybills, (std::vector<model::Waybill>{{.no = "SF1", .kind = Kind::kMother},
                                                         {.no = "SF2", .kind = Kind::kChild},
                                                         {.no = "SF3", .kind = Kind::kChild}}));
}

TEST(PromisedTimes, AreWhenItShouldArrive) {
  const auto facts = Only(MapAnswered(
      kPromisedTime, AnswerOf({{"searchNo", kWaybill}, {"promiseTm", "2026-11-24 18:00:00"}})));
  EXPECT_EQ(facts.look->expected_at, China("2026-11-24 18:00:00"));
  EXPECT_EQ(facts.number, kNumber);
}

TEST(Intercepts, MoveNothingByThemselves) {
  const auto facts = Only(MapAnswered(kIntercept, AnswerOf(nullptr)));
  EXPECT_EQ(facts.number, kNumber);
  EXPECT_TRUE(facts.nodes.empty());
  EXPECT_TRUE(ExtraOf(facts).contains("intercept"));
}

TEST(Answers, ThatSayNoAreUnmappable) {
  for (const char* file :
       {"bad_digest_response.json", "create_order_badcard_response.json",
        "create_order_duplicate_response.json", "update_order_notplaced_response.json"}) {
    const auto mapped = MapAnswered(kCreateOrder, ReadData(file));
    ASSERT_TRUE(mapped.unmappable) << file;
    EXPECT_EQ(mapped.unmappable->reason, "malformed_payload");
    EXPECT_TRUE(mapped.shipments.empty());
  }
}

TEST(Answers, OfOtherServicesAreUnknown) {
  EXPECT_EQ(MapAnswered("EXP_OTHER", AnswerOf(json::object())).unmappable->reason, "unknown_topic");
}

TEST(Answers, MayCallSuccessByAText) {
  json answer = json::parse(AnswerOf({{"orderId", kNumber}}, false));
  answer["apiResultData"]["success"] = "true";
  EXPECT_TRUE(Answer::Parse(answer.dump())->succeeded());
  answer["apiResultData"]["success"] = "false";
  EXPECT_FALSE(Answer::Parse(answer.dump())->succeeded());
}

}  // namespace
}  // namespace weir::mapping::sf_express
