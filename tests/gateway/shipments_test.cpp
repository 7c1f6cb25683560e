// SPDX-License-Identifier: Apache-2.0
#include "model/shipment_state.hpp"
#include "tests/gateway/records_fixture.hpp"

namespace weir::gateway::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Instant Day(int day) { return Instant(std::chrono::days(20'000 + day)); }

class ShipmentsTest : public RecordsTest {
 protected:
  void Write(int number, storage::RecordColumns columns = {}) {
    json shipment = Example("Shipment");
    shipment["id"] = "shp-" + std::to_string(number);
    columns.sorted_at = Day(number);
    Put(storage::RecordKind::kShipment, shipment["id"], std::move(columns), shipment);
  }
  std::vector<std::string> Ids(const std::string& target) {
    std::vector<std::string> ids;
    for (const json& shipment : Get(target)["data"]) ids.push_back(shipment["id"]);
    return ids;
  }
};

TEST_F(ShipmentsTest, AreListedNewestFirstPageByPage) {
  for (const int number : {2, 3, 1}) Write(number);
  const json page = Get("/v1/shipments?limit=2");
  EXPECT_EQ(page["data"][0]["id"], "shp-3");
  EXPECT_THAT(Ids("/v1/shipments?limit=2&cursor=" + page["next_cursor"].get<std::string>()),
              ElementsAre("shp-1"));
}

TEST_F(ShipmentsTest, AreFiltered) {
  Write(1, {.store = "sh-001", .platform = "dada", .status = "assigned", .number = "meituan-1"});
  Write(2, {.store = "sh-002", .platform = "sf_city", .status = "delivered", .display = "77"});
  EXPECT_THAT(Ids("/v1/shipments?store=sh-002"), ElementsAre("shp-2"));
  EXPECT_THAT(Ids("/v1/shipments?platform=dada"), ElementsAre("shp-1"));
  EXPECT_THAT(Ids("/v1/shipments?status=delivered"), ElementsAre("shp-2"));
  EXPECT_THAT(Ids("/v1/shipments?order=meituan-1"), ElementsAre("shp-1"));
  EXPECT_THAT(Ids("/v1/shipments?platform_no=77"), ElementsAre("shp-2"));
  EXPECT_THAT(Ids("/v1/shipments?platform_no=77&status=assigned"), ElementsAre());
  EXPECT_THAT(
      Ids("/v1/shipments?created_from=" + ToRfc3339(Day(1)) + "&created_to=" + ToRfc3339(Day(2))),
      ElementsAre("shp-1"));
  EXPECT_EQ(Refusal("/v1/shipments?status=perhaps"), "400 invalid_parameter");
  EXPECT_EQ(Refusal("/v1/shipments?number=1"), "400 unknown_parameter");
}

TEST_F(ShipmentsTest, OneIsShownWithItsTag) {
  Write(1);
  EXPECT_EQ(Get("/v1/shipments/shp-1")["status"], "in_transit");
  net::Request request;
  request.method = "GET";
  request.target = "/v1/shipments/shp-1";
  request.headers.Add("Authorization", "Bearer full");
  request.headers.Add("If-None-Match", "\"1\"");
  EXPECT_EQ(Ask(request).status, 304U);
  EXPECT_EQ(Refusal("/v1/shipments/shp-9"), "404 not_found");
}

TEST_F(ShipmentsTest, HidePeopleFromKeysWithoutPersonalData) {
  Write(1);
  const json shipment = Get("/v1/shipments/shp-1", "read");
  EXPECT_EQ(shipment["receiver"]["name"], "张**");
  EXPECT_EQ(shipment["rider"]["phone"], "139****0000");
  EXPECT_EQ(Get("/v1/shipments/shp-1")["receiver"]["name"], "张三");
}

/// The record as the fold writes it.
json RecordOf(const model::ShipmentState& state) {
  std::string text = R"({"id":"shp-1","merchant":"demo","version":1,)"
                     R"("created_at":"2026-11-22T03:00:00.000Z",)"
                     R"("updated_at":"2026-11-22T03:00:00.000Z",)";
  state.AppendBody(text);
  text.push_back(',');
  state.AppendTail(text);
  return json::parse(text + "}");
}

TEST_F(ShipmentsTest, AreDescribedWhenLittleIsKnown) {
  EXPECT_THAT(document_.Check(RecordOf({}), document_.At("/components/schemas/Shipment")),
              IsEmpty());
}

TEST_F(ShipmentsTest, AreDescribedWhenAllIsKnown) {
  model::ShipmentState state;
  model::ShipmentIntent intent{.order = "meituan-1", .store = "sh-001", .predecessor = "shp-0"};
  intent.consignment.deliver_at = Day(1);
  state.Create(intent);
  state.Choose({.platform = "dada",
                .connection = "dada-main",
                .quote = model::CourierQuote{.deliver_at = Day(1)}});
  state.Fail({.code = "2155", .message = "The balance is exhausted."});
  model::ShipmentFacts facts;
  facts.look = model::ShipmentLook{.platform_no = "1", .extra = R"({"a":1})"};
  facts.look->fee = Money::FromFen(700);
  facts.nodes = {{.key = "1", .at = Day(0), .status = model::ShipmentStatus::kException},
                 {.key = "2"}};
  facts.waybills = {{.no = "1"}};
  facts.position = model::RiderPosition{.at = Day(1), .latitude = "31.2", .longitude = "121.4"};
  facts.asks = model::RiderAsks{.reason = "车坏了", .at = Day(0)};
  facts.issues = {{.code = "unknown_status", .detail = "9"}};
  state.Merge(facts);
  state.Answer(true);
  state.RaiseAlerts(Day(0), Day(2));
  EXPECT_THAT(document_.Check(RecordOf(state), document_.At("/components/schemas/Shipment")),
              IsEmpty());
}

}  // namespace
}  // namespace weir::gateway::testing
