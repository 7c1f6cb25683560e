// SPDX-License-Identifier: Apache-2.0
#include "mapping/sf_express/push.hpp"

#include <gtest/gtest.h>

#include "tests/mapping/sf_express/samples.hpp"

namespace weir::mapping::sf_express {
namespace {

const json kState{{"orderNo", kNumber},
                  {"waybillNo", kWaybill},
                  {"orderStateCode", "04-40001"},
                  {"orderStateDesc", "已派单"},
                  {"empCode", "100001"},
                  {"empPhone", "13900000001"},
                  {"netCode", "755A"},
                  {"lastTime", "2026-11-22 10:30:00"},
                  {"bookTime", "2026-11-22 11:00:00"},
                  {"carrierCode", "SF"}};

std::string StateXml() {
  std::string xml = "<Request>";
  for (const auto& [name, value] : kState.items()) {
    xml += "<" + name + ">" + value.get<std::string>() + "</" + name + ">";
  }
  return xml + "</Request>";
}

TEST(States, AreNodes) {
  const auto facts = Only(MapPushed("orders", kJsonDialect, json{{"orderState", {kState}}}.dump()));
  EXPECT_EQ(facts.number, kNumber);
  ASSERT_EQ(facts.nodes.size(), 1U);
  EXPECT_EQ(facts.nodes[0].status, model::ShipmentStatus::kAssigned);
  EXPECT_EQ(facts.nodes[0].at, China("2026-11-22 10:30:00"));
  EXPECT_EQ(facts.nodes[0].text, "已派单");
  EXPECT_EQ(facts.nodes[0].rider_phone, "13900000001");
  EXPECT_EQ(ExtraOf(facts)["bookTime"], "2026-11-22 11:00:00");
}

TEST(States, AreReadAlikeFromXml) {
  const auto from_json =
      Only(MapPushed("orders", kJsonDialect, json{{"orderState", {kState}}}.dump()));
  const auto xml = Only(MapPushed("orders", kXmlDialect, StateXml()));
  EXPECT_EQ(xml.nodes, from_json.nodes);
  EXPECT_EQ(ExtraOf(xml), ExtraOf(from_json));
}

TEST(States, OfUncertainMeaningMoveNothing) {
  json state = kState;
  state["orderStateCode"] = "00-00000";
  const auto facts = Only(MapPushed("orders", kJsonDialect, state.dump()));
  EXPECT_EQ(facts.nodes.at(0).status, std::nullopt);
  EXPECT_EQ(facts.nodes.at(0).code, "00-00000");
}

TEST(PushedFees, AreSummed) {
  const auto facts = Only(
      MapPushed("fees", kJsonDialect,
                json{{"waybillNo", kWaybill},
                     {"orderNo", kNumber},
                     {"quantity", 1},
                     {"meterageWeightQty", 2.5},
                     {"feeList", {{{"feeTypeCode", "1"}, {"feeAmt", 23.0}}, {{"feeAmt", "1.50"}}}}}
                    .dump()));
  EXPECT_EQ(facts.number, kNumber);
  EXPECT_EQ(facts.look->fee, Fen(2450));
  EXPECT_EQ(facts.look->weight_g, 2500);
  EXPECT_EQ(ExtraOf(facts)["waybillInfo"]["quantity"], "1");
}

TEST(Pushes, WithoutAnythingAreEmpty) {
  for (const std::string_view dialect : {kJsonDialect, kFormDialect, kXmlDialect}) {
    const auto push = Push::Decode(PushKind::kRoutes, dialect, " \n");
    ASSERT_TRUE(push);
    EXPECT_TRUE(push->records().empty());
  }
}

TEST(Pushes, ThatHoldNoRecordAreMalformed) {
  for (const char* body : {"{}", "[]", R"({"Body":{}})", R"({"Body":{"WaybillRoute":[]}})",
                           R"({"Body":{"WaybillRoute":[1]}})", "x", "{"}) {
    const auto push = Push::Decode(PushKind::kRoutes, kJsonDialect, body);
    ASSERT_FALSE(push) << body;
    EXPECT_EQ(push.error().kind, ErrorKind::kMalformed);
  }
  EXPECT_FALSE(Push::Decode(PushKind::kRoutes, kXmlDialect, "<Request/>"));
  EXPECT_FALSE(Push::Decode(PushKind::kRoutes, kFormDialect, "other=1"));
  EXPECT_FALSE(Push::Decode(PushKind::kRoutes, "morse", "..."));
}

TEST(Pushes, HaveOneDigestHoweverTheyAreWritten) {
  const json variant = json::parse(ReadData("route_push_form_variant.json"));
  const std::string form = variant.at("raw_body");
  const std::string xml = variant.at("content_decoded_xml");
  EXPECT_EQ(Push::Decode(PushKind::kRoutes, kFormDialect, form)->Content(),
            Push::Decode(PushKind::kRoutes, kXmlDialect, xml)->Content());
}

TEST(Pushes, OfOtherContentHaveAnotherDigest) {
  const std::string one = PushOf(json::array({RouteOf(50, "2026-11-22 11:00:00")}));
  const std::string other = PushOf(json::array({RouteOf(50, "2026-11-22 11:00:01")}));
  EXPECT_NE(Push::Decode(PushKind::kRoutes, kJsonDialect, one)->Content(),
            Push::Decode(PushKind::kRoutes, kJsonDialect, other)->Content());
}

TEST(Pushes, OfNoKindAreUnknown) {
  EXPECT_EQ(MapPushed("pictures", kJsonDialect, "{}").unmappable->reason, "unknown_topic");
}

TEST(Pushes, ThatNameNoShipmentAreUnmappable) {
  for (const char* topic : {"orders", "fees"}) {
    const auto mapped = MapPushed(topic, kJsonDialect, R"({"quantity":1})");
    ASSERT_TRUE(mapped.unmappable);
    EXPECT_EQ(mapped.unmappable->reason, "missing_subject");
    EXPECT_FALSE(mapped.unmappable->in_part);
  }
}

}  // namespace
}  // namespace weir::mapping::sf_express
