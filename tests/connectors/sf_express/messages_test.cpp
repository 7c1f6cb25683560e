// SPDX-License-Identifier: Apache-2.0
#include "connectors/sf_express/messages.hpp"

#include <gtest/gtest.h>

#include "tests/connectors/sf_express/support.hpp"

namespace weir::connectors::sf_express {
namespace {

json OrderOf(const Consignment& consignment, const ConnectionOptions& options = TestOptions()) {
  return json::parse(OrderMessage(consignment, *ParseCredentials(options)));
}

TEST(OrderMessage, SaysWhatTheConsignmentSays) {
  const json order = OrderOf(SampleConsignment());
  EXPECT_EQ(order, json::parse(R"({
    "language":"zh-CN","orderId":"GW20261122001",
    "cargoDetails":[{"name":"护肤品","count":2,"unit":"件","amount":99.00,"currency":"CNY"}],
    "contactInfoList":[
      {"contactType":1,"contact":"寄件人","mobile":"13800000001","country":"CN",
       "province":"广东省","city":"深圳市","county":"南山区","address":"软件产业基地11栋"},
      {"contactType":2,"company":"某公司","contact":"收件人","tel":"010-12345678","country":"CN",
       "province":"北京市","city":"北京市","county":"海淀区","address":"学清路1号"}],
    "payMethod":1,"expressTypeId":1,"parcelQty":1,"totalWeight":1.050,"isDocall":1,
    "isReturnRoutelabel":1})"));
}

TEST(OrderMessage, TakesTheConnectionsOptions) {
  ConnectionOptions options = With("monthly_card", "7551234567");
  options.options["express_type"] = "2";
  options.options["pay_method"] = "3";
  options.options["call_courier"] = "no";
  options.options["language"] = "en";
  const json order = OrderOf(SampleConsignment(), options);
  EXPECT_EQ(order["monthlyCard"], "7551234567");
  EXPECT_EQ(order["expressTypeId"], 2);
  EXPECT_EQ(order["payMethod"], 3);
  EXPECT_EQ(order["isDocall"], 0);
  EXPECT_EQ(order["language"], "en");
}

TEST(OrderMessage, TakesTheConsignmentsOwnProductAndTime) {
  Consignment consignment = SampleConsignment();
  consignment.product = "231";
  consignment.pick_up_at = mapping::sf_express::China("2026-11-22 10:00:00");
  consignment.parcels = 3;
  const json order = OrderOf(consignment);
  EXPECT_EQ(order["expressTypeId"], 231);
  EXPECT_EQ(order["sendStartTm"], "2026-11-22 10:00:00");
  EXPECT_EQ(order["parcelQty"], 3);
}

TEST(OrderMessage, CutsWhatIsTooLongBetweenCharacters) {
  Consignment consignment = SampleConsignment();
  for (int i = 0; i < 150; ++i) consignment.remark += "备";
  const std::string remark = OrderOf(consignment)["remark"];
  EXPECT_EQ(remark.size(), 300U);
  EXPECT_TRUE(remark.ends_with("备"));
}

TEST(OrderMessage, NamesGoodsWhereNobodyDid) {
  Consignment consignment = SampleConsignment();
  consignment.goods.clear();
  consignment.weight_g = 0;
  const json order = OrderOf(consignment);
  EXPECT_EQ(order["cargoDetails"].size(), 1U);
  EXPECT_EQ(order["totalWeight"], 0.001);
}

TEST(QuoteMessage, AsksForAPrice) {
  Consignment consignment = SampleConsignment();
  consignment.pick_up_at = mapping::sf_express::China("2026-11-22 10:00:00");
  const json quote =
      json::parse(QuoteMessage(consignment, *ParseCredentials(With("monthly_card", "7551234567"))));
  EXPECT_EQ(quote["businessType"], "1");
  EXPECT_EQ(quote["searchPrice"], "1");
  EXPECT_EQ(quote["weight"], 1.05);
  EXPECT_EQ(quote["consignedTime"], "2026-11-22 10:00:00");
  EXPECT_EQ(quote["monthlyCard"], "7551234567");
  EXPECT_EQ(quote["destAddress"]["address"], "北京市北京市海淀区学清路1号");
  EXPECT_EQ(quote["srcAddress"]["district"], "南山区");
}

TEST(RoutesMessage, GoesByTheWaybill) {
  const ShipmentRef shipment = SampleShipment();
  const json sample = json::parse(ReadData("search_routes_form.json"));
  EXPECT_EQ(json::parse(RoutesMessage({&shipment, 1}, TestCredentials())),
            json::parse(sample.at("msgData").get<std::string>()));
}

TEST(RoutesMessage, GoesByOurNumberBeforeThat) {
  ShipmentRef shipment = SampleShipment();
  shipment.platform_no.clear();
  shipment.phone.clear();
  const json message = json::parse(RoutesMessage({&shipment, 1}, TestCredentials()));
  EXPECT_EQ(message["trackingType"], "2");
  EXPECT_EQ(message["trackingNumber"], json::array({kNumber}));
  EXPECT_FALSE(message.contains("checkPhoneNo"));
}

TEST(RoutesMessage, NamesOnePhoneForEach) {
  std::vector<ShipmentRef> shipments(3, SampleShipment());
  shipments[0].phone.clear();
  shipments[2].phone = "0755-1234567";
  EXPECT_EQ(json::parse(RoutesMessage(shipments, TestCredentials()))["checkPhoneNo"], ",0002,4567");
}

TEST(FeeMessage, CountsTheTypesTheOtherWay) {
  EXPECT_EQ(json::parse(FeeMessage(SampleShipment())),
            (json{{"trackingType", "2"}, {"trackingNum", kWaybill}}));
  ShipmentRef shipment = SampleShipment();
  shipment.platform_no.clear();
  EXPECT_EQ(json::parse(FeeMessage(shipment)),
            (json{{"trackingType", "1"}, {"trackingNum", kNumber}}));
}

TEST(InterceptMessage, IsPaidAsTheConnectionPays) {
  const json cash = json::parse(InterceptMessage(kWaybill, TestCredentials()));
  EXPECT_EQ(cash,
            (json{{"waybillNo", kWaybill}, {"serviceCode", "2"}, {"role", "1"}, {"payMode", "1"}}));
  const json card = json::parse(
      InterceptMessage(kWaybill, *ParseCredentials(With("monthly_card", "7551234567"))));
  EXPECT_EQ(card["payMode"], "4");
  EXPECT_EQ(card["monthlyCardNo"], "7551234567");
}

TEST(PrintMessage, IsTheSample) {
  json sample = json::parse(ReadData("cloud_print_msgdata.json"));
  sample["documents"][0].erase("remark");
  EXPECT_EQ(json::parse(PrintMessage(kWaybill, TestCredentials())), sample);
}

TEST(ConfirmMessage, NamesTheWaybill) {
  const json message = json::parse(ConfirmMessage(SampleShipment(), TestCredentials()));
  EXPECT_EQ(message["dealType"], 1);
  EXPECT_EQ(message["waybillNoInfoList"],
            json::parse(ReadData("update_order_confirm_msgdata.json"))["waybillNoInfoList"]);
}

TEST(PromisedTimeMessage, IsCheckedByCardOrPhone) {
  EXPECT_EQ(json::parse(PromisedTimeMessage(SampleShipment(), TestCredentials())),
            (json{{"searchNo", kWaybill}, {"checkType", 1}, {"checkNos", {"13800000002"}}}));
  EXPECT_EQ(json::parse(PromisedTimeMessage(SampleShipment(),
                                            *ParseCredentials(With("monthly_card", "7551234567")))),
            (json{{"searchNo", kWaybill}, {"checkType", 2}, {"checkNos", {"7551234567"}}}));
}

TEST(SubWaybillsMessage, AsksForTwentyAtMost) {
  EXPECT_EQ(json::parse(SubWaybillsMessage(kNumber, 300))["parcelQty"], 20);
  EXPECT_EQ(json::parse(SubWaybillsMessage(kNumber, 2))["parcelQty"], 2);
}

}  // namespace
}  // namespace weir::connectors::sf_express
