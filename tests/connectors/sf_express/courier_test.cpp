// SPDX-License-Identifier: Apache-2.0
#include "connectors/sf_express/courier.hpp"

#include <gtest/gtest.h>

#include "mapping/pages.hpp"
#include "mapping/sf_express/map.hpp"
#include "tests/connectors/sf_express/support.hpp"

namespace weir::connectors::sf_express {
namespace {

ExpressCourier CourierOf(CannedTransport& transport) { return ExpressCourier(ClientOf(transport)); }

model::ShipmentFacts FactsOf(const PulledItem& item) {
  auto mapped = mapping::sf_express::Map({.pulled = true,
                                          .dialect = item.dialect,
                                          .topic = item.topic,
                                          .bytes = item.payload,
                                          .received_at = item.asked_at});
  return mapping::sf_express::Only(std::move(mapped));
}

TEST(Courier, Orders) {
  CannedTransport transport(ReadData("create_order_response.json"));
  auto courier = CourierOf(transport);
  const auto item = Await(courier.Create(SampleConsignment(), std::nullopt));
  ASSERT_TRUE(item);
  EXPECT_EQ(transport.Field(0, "serviceCode"), "EXP_RECE_CREATE_ORDER");
  EXPECT_FALSE(transport.requests.at(0).idempotent);
  EXPECT_EQ(item->topic, "EXP_RECE_CREATE_ORDER");
  EXPECT_EQ(item->dialect, mapping::kPagesDialect);
  EXPECT_EQ(FactsOf(*item).number, kNumber);
  EXPECT_EQ(FactsOf(*item).waybill, kWaybill);
}

TEST(Courier, ReadsWhatWasOrderedBefore) {
  CannedTransport transport({No("8016"), Answer(ReadData("search_order_response.json"))});
  auto courier = CourierOf(transport);
  const auto item = Await(courier.Create(SampleConsignment(), std::nullopt));
  ASSERT_TRUE(item);
  EXPECT_EQ(transport.Field(1, "serviceCode"), "EXP_RECE_SEARCH_ORDER_RESP");
  EXPECT_EQ(transport.Message(1)["orderId"], kNumber);
  EXPECT_EQ(FactsOf(*item).waybill, kWaybill);
}

TEST(Courier, PassesARefusalOn) {
  CannedTransport transport({No("8114")});
  auto courier = CourierOf(transport);
  const auto item = Await(courier.Create(SampleConsignment(), std::nullopt));
  ASSERT_FALSE(item);
  EXPECT_EQ(item.error().kind, ErrorKind::kRejected);
  EXPECT_EQ(item.error().remote_code, "8114");
  EXPECT_EQ(transport.requests.size(), 1U);
}

TEST(Courier, OrdersNothingWithoutASender) {
  CannedTransport transport("");
  auto courier = CourierOf(transport);
  Consignment consignment = SampleConsignment();
  consignment.sender = {};
  EXPECT_EQ(Await(courier.Create(consignment, std::nullopt)).error().kind, ErrorKind::kRejected);
  EXPECT_EQ(Await(courier.Quote(consignment)).error().kind, ErrorKind::kRejected);
  EXPECT_TRUE(transport.requests.empty());
}

TEST(Courier, QuotesAPrice) {
  CannedTransport transport(
      AnswerOf({{"deliverTmDto",
                 {{{"businessType", "1"}, {"fee", 23}, {"deliverTime", "2026-11-23 18:00:00"}}}}}));
  auto courier = CourierOf(transport);
  const auto quote = Await(courier.Quote(SampleConsignment()));
  ASSERT_TRUE(quote);
  EXPECT_EQ(quote->fee.fen(), 2300);
  EXPECT_EQ(transport.Field(0, "serviceCode"), "EXP_RECE_QUERY_DELIVERTM");
  EXPECT_TRUE(transport.requests.at(0).idempotent);
}

TEST(Courier, ReadsOrderWayAndFee) {
  CannedTransport transport({Answer(ReadData("search_order_response.json")),
                             Answer(ReadData("search_routes_response.json")),
                             Answer(ReadData("query_fee_response.json"))});
  auto courier = CourierOf(transport);
  const auto items = Await(courier.Read(SampleShipment()));
  ASSERT_TRUE(items);
  ASSERT_EQ(items->size(), 3U);
  EXPECT_EQ(FactsOf((*items)[0]).look->platform_no, kWaybill);
  EXPECT_EQ(FactsOf((*items)[1]).nodes.size(), 8U);
  EXPECT_EQ(FactsOf((*items)[2]).look->fee, Money::FromFen(2600));
  EXPECT_EQ(transport.Message(1)["checkPhoneNo"], "0002");
}

TEST(Courier, ReadsWithoutAFee) {
  CannedTransport transport({Answer(ReadData("search_order_response.json")),
                             Answer(ReadData("search_routes_empty_response.json")), No("8148")});
  auto courier = CourierOf(transport);
  const auto items = Await(courier.Read(SampleShipment()));
  ASSERT_TRUE(items);
  EXPECT_EQ(items->size(), 2U);
}

TEST(Courier, ReadsWithoutAWayThatIsRefused) {
  CannedTransport transport(
      {Answer(ReadData("search_order_response.json")), No("8247"), No("8148")});
  auto courier = CourierOf(transport);
  EXPECT_EQ(Await(courier.Read(SampleShipment()))->size(), 1U);
}

TEST(Courier, DoesNotTakeHalfARead) {
  CannedTransport transport({Answer(ReadData("search_order_response.json")), GatewayNo("A1009")});
  auto courier = CourierOf(transport);
  const auto items = Await(courier.Read(SampleShipment()));
  ASSERT_FALSE(items);
  EXPECT_EQ(items.error().kind, ErrorKind::kTransport);
}

TEST(Courier, DoesNotKnowWhatWasNeverOrdered) {
  for (const char* code : {"6150", "8018"}) {
    CannedTransport transport({No(code)});
    auto courier = CourierOf(transport);
    EXPECT_EQ(Await(courier.Read(SampleShipment())).error().kind, ErrorKind::kNotFound) << code;
  }
}

Result<PulledItem> Act(CannedTransport& transport, ShipmentAct::Kind kind,
                       ShipmentRef shipment = SampleShipment()) {
  auto courier = CourierOf(transport);
  return Await(courier.Act(std::move(shipment), {.kind = kind}));
}

TEST(Courier, Cancels) {
  CannedTransport transport(ReadData("update_order_response.json"));
  const auto item = Act(transport, ShipmentAct::Kind::kCancel);
  ASSERT_TRUE(item);
  EXPECT_EQ(transport.Message(0)["dealType"], 2);
  EXPECT_FALSE(transport.requests.at(0).idempotent);
  EXPECT_EQ(FactsOf(*item).nodes.at(0).status, model::ShipmentStatus::kCancelled);
}

TEST(Courier, CancelledBeforeIsCancelled) {
  CannedTransport transport(ReadData("update_order_already_cancelled_response.json"));
  const auto item = Act(transport, ShipmentAct::Kind::kCancel);
  ASSERT_TRUE(item);
  EXPECT_EQ(FactsOf(*item).number, kNumber);
  EXPECT_EQ(FactsOf(*item).nodes.at(0).status, model::ShipmentStatus::kCancelled);
}

TEST(Courier, SaysWhatIsLeftAfterThePickUp) {
  for (const char* code : {"8252", "8019"}) {
    CannedTransport transport({No(code)});
    const auto item = Act(transport, ShipmentAct::Kind::kCancel);
    ASSERT_FALSE(item);
    EXPECT_EQ(item.error().kind, ErrorKind::kConflict);
    EXPECT_NE(item.error().message.find("intercepted"), std::string::npos);
  }
}

TEST(Courier, CancelsNothingThatIsUnknown) {
  CannedTransport transport(ReadData("update_order_notplaced_response.json"));
  EXPECT_EQ(Act(transport, ShipmentAct::Kind::kCancel).error().kind, ErrorKind::kNotFound);
}

TEST(Courier, Intercepts) {
  CannedTransport transport(AnswerOf(nullptr));
  const auto item = Act(transport, ShipmentAct::Kind::kIntercept);
  ASSERT_TRUE(item);
  EXPECT_EQ(transport.Field(0, "serviceCode"), "EXP_RECE_WANTED_INTERCEPT");
  EXPECT_EQ(FactsOf(*item).number, kNumber);
  ShipmentRef without = SampleShipment();
  without.platform_no.clear();
  EXPECT_EQ(Act(transport, ShipmentAct::Kind::kIntercept, without).error().kind,
            ErrorKind::kRejected);
}

TEST(Courier, KnowsNoOtherAct) {
  using Kind = ShipmentAct::Kind;
  CannedTransport transport("");
  for (const Kind kind : {Kind::kTip, Kind::kLetRiderOff, Kind::kHoldRider, Kind::kConfirmReturn,
                          Kind::kUrge, Kind::kProductReady}) {
    const auto item = Act(transport, kind);
    ASSERT_FALSE(item);
    EXPECT_EQ(item.error().kind, ErrorKind::kRejected);
    EXPECT_EQ(item.error().remote_code, "unsupported");
  }
  auto courier = CourierOf(transport);
  EXPECT_EQ(Await(courier.Locate(SampleShipment())).error().remote_code, "unsupported");
  EXPECT_TRUE(transport.requests.empty());
}

TEST(Courier, FetchesTheLabel) {
  CannedTransport transport(
      {Answer(ReadData("cloud_print_response.json")), Answer("%PDF-1.4 label")});
  auto courier = CourierOf(transport);
  EXPECT_EQ(Await(courier.Label(SampleShipment())), "%PDF-1.4 label");
  EXPECT_EQ(transport.requests.at(1).method, "GET");
  EXPECT_EQ(transport.requests.at(1).target, "https://sf.example.com/print/SF1234567890123.pdf");
  EXPECT_EQ(transport.requests.at(1).headers.Find("X-Auth-token"), "demo-token");
}

TEST(Courier, TakesNoLabelThatIsNone) {
  for (const net::Response& answer : {Answer("<html>"), Answer("", 404)}) {
    CannedTransport transport({Answer(ReadData("cloud_print_response.json")), answer});
    auto courier = CourierOf(transport);
    EXPECT_FALSE(Await(courier.Label(SampleShipment())));
  }
}

TEST(Courier, ListsTenWaysAtOnce) {
  CannedTransport transport(ReadData("search_routes_response.json"));
  auto courier = CourierOf(transport);
  const auto item =
      Await(courier.ListRoutes(std::vector<ShipmentRef>(kMaxRoutesPerCall, SampleShipment())));
  ASSERT_TRUE(item);
  EXPECT_EQ(transport.Message(0)["trackingNumber"].size(), 10U);
  EXPECT_EQ(FactsOf(*item).waybill, kWaybill);
  EXPECT_FALSE(Await(courier.ListRoutes({})));
  EXPECT_FALSE(
      Await(courier.ListRoutes(std::vector<ShipmentRef>(kMaxRoutesPerCall + 1, SampleShipment()))));
}

TEST(Courier, ConfirmsAndAddsWaybills) {
  CannedTransport transport(
      {Answer(ReadData("update_order_response.json")),
       Answer(AnswerOf({{"orderId", kNumber},
                        {"waybillNoInfoList", {{{"waybillType", 2}, {"waybillNo", "SF2"}}}}})),
       Answer(AnswerOf({{"searchNo", kWaybill}, {"promiseTm", "2026-11-24 18:00:00"}}))});
  auto courier = CourierOf(transport);
  ASSERT_TRUE(Await(courier.Confirm(SampleShipment())));
  EXPECT_EQ(transport.Message(0)["dealType"], 1);
  const auto more = Await(courier.AddSubWaybills(SampleShipment(), 1));
  ASSERT_TRUE(more);
  EXPECT_EQ(FactsOf(*more).waybills.at(0).kind, model::WaybillKind::kChild);
  const auto promised = Await(courier.PromisedTime(SampleShipment()));
  ASSERT_TRUE(promised);
  EXPECT_TRUE(FactsOf(*promised).look->expected_at);
}

}  // namespace
}  // namespace weir::connectors::sf_express
