// SPDX-License-Identifier: Apache-2.0
#include "app/demo/courier_audit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

namespace weir::app::demo {
namespace {

using nlohmann::json;
using simulators::Event;
using simulators::ShipmentTruth;
using std::chrono::seconds;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

const Instant kNoon = *ParseRfc3339("2026-11-22T04:00:00Z");

ShipmentTruth Truth(const char* number, std::string_view status = "delivered") {
  return {.number = number,
          .platform_no = "30001",
          .status = status,
          .live = false,
          .fee = 900,
          .tip = 200,
          .created = kNoon,
          .ended = kNoon + seconds(10),
          .way = {},
          .events = {Event{.topic = "s", .what = "status 4", .sent = 1, .answered_ok = 1}}};
}

json Record(const char* number) {
  return {{"id", number},
          {"platform", "dada"},
          {"connection", "dada-main"},
          {"platform_no", "30001"},
          {"order", "meituan-1"},
          {"status", "delivered"},
          {"fee", 900},
          {"tip", 200},
          {"cancel_fee", nullptr},
          {"tracking", json::array()},
          {"predecessor", nullptr}};
}

CourierAudit AuditOf(const ShipmentTruth& truth, const json& record) {
  CourierAudit audit({"dada"}, false);
  audit.CheckBooks({{"dada", {truth}}}, {{record.at("id").get<std::string>(), record}});
  return audit;
}

TEST(CourierAudit, PassesWhatAgrees) {
  const CourierAudit audit = AuditOf(Truth("shp-1"), Record("shp-1"));
  EXPECT_TRUE(audit.ok());
  EXPECT_THAT(audit.differences(), testing::IsEmpty());
}

struct Mutation {
  const char* member;
  json value;
  const char* difference;
};

class MutatedShipment : public testing::TestWithParam<Mutation> {};

TEST_P(MutatedShipment, IsFound) {
  json record = Record("shp-1");
  record[GetParam().member] = GetParam().value;
  EXPECT_THAT(AuditOf(Truth("shp-1"), record).differences(),
              ElementsAre(HasSubstr(GetParam().difference)));
}

INSTANTIATE_TEST_SUITE_P(
    CourierAudit, MutatedShipment,
    testing::Values(Mutation{"status", "cancelled",
                             R"(status is "cancelled", the courier says "delivered")"},
                    Mutation{"platform_no", "30002", "number is \"30002\""},
                    Mutation{"fee", 901, "fee is 901, the courier says 900"},
                    Mutation{"fee", nullptr, "fee is null"}, Mutation{"tip", nullptr, "tip is 0"},
                    Mutation{"cancel_fee", 1, "cancel fee is 1"}));

TEST(CourierAudit, MissesAShipment) {
  EXPECT_THAT(AuditOf(Truth("shp-1"), Record("shp-2")).differences(),
              ElementsAre(HasSubstr("shp-1: GET /v1/shipments does not list it")));
}

TEST(CourierAudit, FindsACallbackWithoutAnswer) {
  ShipmentTruth truth = Truth("shp-1");
  truth.events.front().answered_ok = 0;
  EXPECT_THAT(AuditOf(truth, Record("shp-1")).differences(),
              ElementsAre(HasSubstr("has not answered ok")));
}

TEST(CourierAudit, FindsAShipmentThatNobodyCarries) {
  CourierAudit audit({"dada"}, false);
  json refused = Record("shp-2");
  refused["status"] = "failed";
  audit.CheckKnown({}, {{"shp-1", Record("shp-1")}, {"shp-2", refused}});
  EXPECT_THAT(audit.differences(), ElementsAre(HasSubstr("shp-1: delivered, but not in the book")));
}

TEST(CourierAudit, FindsTwoCouriersAtOnce) {
  ShipmentTruth second = Truth("shp-2");
  second.created = kNoon + seconds(9);
  const CourierAudit::Records records = {{"shp-1", Record("shp-1")}, {"shp-2", Record("shp-2")}};
  CourierAudit audit({"dada", "sf_city"}, false);
  audit.CheckAlone({{"dada", {Truth("shp-1")}}, {"sf_city", {second}}}, records);
  EXPECT_THAT(audit.differences(), ElementsAre(HasSubstr("meituan-1: shp-1 was not over")));
}

TEST(CourierAudit, LetsOneCourierFollowAnother) {
  ShipmentTruth second = Truth("shp-2");
  second.created = kNoon + seconds(10);
  second.live = true;
  const CourierAudit::Records records = {{"shp-1", Record("shp-1")}, {"shp-2", Record("shp-2")}};
  CourierAudit audit({"dada", "sf_city"}, false);
  audit.CheckAlone({{"dada", {Truth("shp-1")}}, {"sf_city", {second}}}, records);
  EXPECT_TRUE(audit.ok());
}

TEST(CourierAudit, WantsAnOrderToNameItsLastShipment) {
  json last = Record("shp-2");
  last["predecessor"] = "shp-1";
  const CourierAudit::Records records = {{"shp-1", Record("shp-1")}, {"shp-2", last}};
  CourierAudit audit({"dada"}, false);
  audit.CheckOrders(records, {{"meituan-1", {{"delivery", {{"shipment", "shp-2"}}}}}});
  EXPECT_TRUE(audit.ok());
  audit.CheckOrders(records, {{"meituan-1", {{"delivery", {{"shipment", "shp-1"}}}}}});
  EXPECT_THAT(audit.differences(), ElementsAre(HasSubstr(R"(names the shipment "shp-1")")));
}

ShipmentTruth Parcel() {
  ShipmentTruth truth = Truth("shp-1");
  truth.fee = 1800;
  const auto node = [](const char* code, int second) {
    return Event{.topic = "routes",
                 .what = std::string("opCode ") + code,
                 .at = kNoon + seconds(second),
                 .sent = 1,
                 .answered_ok = 1};
  };
  truth.events = {node("50", 1), node("80", 2)};
  return truth;
}

json ParcelRecord() {
  json record = Record("shp-1");
  record["platform"] = "sf_express";
  record["fee"] = nullptr;  // Not told.
  record["tracking"] = {{{"key", "a"}, {"at", "2026-11-22T04:00:01.000Z"}, {"code", "50"}},
                        {{"key", "b"}, {"at", "2026-11-22T04:00:02.000Z"}, {"code", "80"}}};
  return record;
}

std::vector<std::string> DifferencesOfParcel(const json& record) {
  CourierAudit audit({"sf_express"}, false);
  audit.CheckBooks({{"sf_express", {Parcel()}}}, {{"shp-1", record}});
  return audit.differences();
}

TEST(CourierAudit, FollowsAParcel) {
  EXPECT_THAT(DifferencesOfParcel(ParcelRecord()), testing::IsEmpty());
}

TEST(CourierAudit, FindsANodeTwice) {
  json record = ParcelRecord();
  record["tracking"].push_back(record["tracking"][1]);
  EXPECT_THAT(DifferencesOfParcel(record), ElementsAre(HasSubstr("a node twice")));
}

TEST(CourierAudit, FindsNodesOutOfOrder) {
  json record = ParcelRecord();
  std::swap(record["tracking"][0], record["tracking"][1]);
  EXPECT_THAT(DifferencesOfParcel(record), ElementsAre(HasSubstr("out of its order")));
}

TEST(CourierAudit, MissesANode) {
  json record = ParcelRecord();
  record["tracking"].erase(0);
  EXPECT_THAT(DifferencesOfParcel(record), ElementsAre(HasSubstr("has 1 nodes, the courier's 2")));
}

TEST(CourierAudit, OfALongRunWantsACourierToHaveTakenOver) {
  json second = Record("shp-2");
  second["connection"] = "sfc-main";
  second["platform"] = "sf_city";
  second["predecessor"] = "shp-1";
  const CourierAudit::Records records = {{"shp-1", Record("shp-1")}, {"shp-2", second}};
  CourierAudit audit({"dada"}, true);
  audit.CheckKnown({{"dada", {Truth("shp-1")}}}, {{"shp-1", Record("shp-1")}});
  EXPECT_EQ(audit.taken_over(), 0U);
  EXPECT_FALSE(audit.ok());
  audit.CheckKnown({{"dada", {Truth("shp-1")}}, {"sf_city", {Truth("shp-2")}}}, records);
  EXPECT_EQ(audit.taken_over(), 1U);
}

}  // namespace
}  // namespace weir::app::demo
