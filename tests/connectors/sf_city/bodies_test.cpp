// SPDX-License-Identifier: Apache-2.0
#include "connectors/sf_city/bodies.hpp"

#include <gtest/gtest.h>

#include "connectors/sf_city/quote.hpp"
#include "tests/connectors/sf_city/support.hpp"

namespace weir::connectors::sf_city {
namespace {

using mapping::sf_city::At;

json Created(const Consignment& consignment) {
  return json::parse(*CreateBody(TestCredentials(), consignment, At(1700000000)));
}
json Quoted(const Consignment& consignment) {
  return json::parse(*QuoteBody(TestCredentials(), consignment, At(1700000000)));
}

TEST(CreateBody, IsTheSamples) {
  const json sample =
      json::parse(json::parse(ReadData("createorder_request.json"))["raw_body"].get<std::string>());
  EXPECT_EQ(Created(TestConsignment()), sample);
}

TEST(CreateBody, NamesTheSellingPlatform) {
  const auto source = [](const std::string& platform) {
    Consignment consignment = TestConsignment();
    consignment.selling_platform = platform;
    return Created(consignment)["order_source"].get<std::string>();
  };
  EXPECT_EQ(source("meituan"), "1");
  EXPECT_EQ(source("eleme"), "2");
  EXPECT_EQ(source("douyin"), "抖音");
  EXPECT_EQ(source("a_platform_of_tomorrow"), "a_platform_o");
  EXPECT_EQ(source(""), "其他");
}

TEST(CreateBody, AppointsADelivery) {
  Consignment consignment = TestConsignment();
  consignment.deliver_at = At(1700007200);
  consignment.pick_up_at = At(1700003600);
  const json body = Created(consignment);
  EXPECT_EQ(body["is_appoint"], 1);
  EXPECT_EQ(body["appoint_type"], 1);
  EXPECT_EQ(body["expect_time"], 1700007200);
  EXPECT_FALSE(body.contains("expect_pickup_time"));
}

TEST(CreateBody, AppointsAPickUp) {
  Consignment consignment = TestConsignment();
  consignment.pick_up_at = At(1700003600);
  const json body = Created(consignment);
  EXPECT_EQ(body["is_appoint"], 1);
  EXPECT_EQ(body["appoint_type"], 2);
  EXPECT_EQ(body["expect_pickup_time"], 1700003600);
}

TEST(CreateBody, TakesWhatTheConsignmentSays) {
  Consignment consignment = TestConsignment();
  consignment.platform_shop = "777";
  consignment.product = "13";
  consignment.tip = Money::FromFen(300);
  consignment.ordered_at = At(1699999000);
  const json body = Created(consignment);
  EXPECT_EQ(body["shop_id"], "777");
  EXPECT_EQ(body["order_detail"]["product_type"], 13);
  EXPECT_EQ(body["gratuity_fee"], 300);
  EXPECT_EQ(body["order_time"], 1699999000);
}

TEST(CreateBody, CountsWhatIsWeighedAsOne) {
  Consignment consignment = TestConsignment();
  consignment.goods.push_back(
      {.name = "苹果", .code = {}, .quantity = "0.5", .unit = "kg", .amount = {}});
  const json detail = Created(consignment)["order_detail"];
  EXPECT_EQ(detail["product_num"], 3);
  EXPECT_EQ(detail["product_type_num"], 2);
  EXPECT_EQ(detail["product_detail"][1],
            json::parse(R"({"product_name":"苹果","product_num":1,"product_unit":"kg"})"));
}

TEST(CreateBody, OfUnlistedGoodsIsOfParcels) {
  Consignment consignment = TestConsignment();
  consignment.goods.clear();
  consignment.parcels = 2;
  const json detail = Created(consignment)["order_detail"];
  EXPECT_EQ(detail["product_num"], 2);
  EXPECT_EQ(detail["product_detail"].size(), 1U);
}

TEST(CreateBody, PutsTheCityBeforeAnAddressThatLacksIt) {
  Consignment consignment = TestConsignment();
  consignment.receiver.district = "海淀区";
  consignment.receiver.address = "学清路1号";
  consignment.receiver.latitude.clear();
  const json receive = Created(consignment)["receive"];
  EXPECT_EQ(receive["user_address"], "北京市海淀区学清路1号");
  EXPECT_FALSE(receive.contains("user_lng"));
}

TEST(CreateBody, CutsTextByCharacters) {
  Consignment consignment = TestConsignment();
  for (int i = 0; i < 600; ++i) consignment.remark += "辣";
  consignment.display_no = "1234567890123";
  const json body = Created(consignment);
  EXPECT_EQ(body["remark"].get<std::string>().size(), 512U * 3);
  EXPECT_EQ(body["order_sequence"], "123456789012");
}

TEST(CreateBody, IsNotMadeOfWhatSfCannotTake) {
  Consignment consignment = TestConsignment();
  consignment.tip = Money::FromFen(99);
  EXPECT_EQ(CreateBody(TestCredentials(), consignment, {}).error().kind, ErrorKind::kRejected);
  consignment = TestConsignment();
  consignment.product = "fast";
  EXPECT_EQ(CreateBody(TestCredentials(), consignment, {}).error().kind, ErrorKind::kRejected);
  EXPECT_EQ(QuoteBody(TestCredentials(), consignment, {}).error().kind, ErrorKind::kRejected);
}

TEST(QuoteBody, HasItsOwnNames) {
  EXPECT_EQ(Quoted(TestConsignment()), json::parse(R"({
      "dev_id":1234567890,"shop_id":"3243279847393","shop_type":1,
      "user_address":"北京市海淀区学清嘉创大厦A座15层","user_lng":"116.352569",
      "user_lat":"40.014838","city_name":"北京市","weight":600,"product_type":1,
      "total_price":2400,"lbs_type":2,"pay_type":1,"is_appoint":0,"is_insured":0,
      "is_person_direct":0,"return_flag":511,"push_time":1700000000})"));
}

std::string KeyOf(const ShipmentRef& shipment) {
  return OrderBody(TestCredentials(), shipment, At(1700000000)).Take();
}

TEST(OrderBody, GoesByOurNumberOfTheShop) {
  EXPECT_EQ(KeyOf({.number = "shp-1", .platform_shop = {}, .platform_no = {}, .phone = {}}),
            R"({"dev_id":1234567890,"shop_id":"3243279847393","shop_type":1,)"
            R"("order_id":"shp-1","order_type":2,"push_time":1700000000})");
}

TEST(OrderBody, GoesBySfsNumberWhereItIsKnown) {
  const json body = json::parse(
      KeyOf({.number = "shp-1", .platform_shop = "9", .platform_no = kSfNumber, .phone = {}}));
  EXPECT_EQ(body["order_id"], kSfNumber);
  EXPECT_EQ(body["order_type"], 1);
  EXPECT_EQ(body["shop_id"], "9");
}

Result<CourierQuote> QuoteOf(const json& result) {
  return ReadQuote({.dialect = {},
                    .topic = {},
                    .payload = json{{"error_code", 0}, {"result", result}}.dump(),
                    .asked_at = At(1700000000)});
}

TEST(Quote, IsWhatIsReallyPaid) {
  const auto quote = QuoteOf({{"charge_price_list", {{"shop_pay_price", 1500}}},
                              {"total_price", 1400},
                              {"total_pay_money", 1300},
                              {"real_pay_money", 1200},
                              {"delivery_distance_meter", "6145"},
                              {"expect_time", 1700004200},
                              {"promise_delivery_time", 60}});
  ASSERT_TRUE(quote);
  EXPECT_EQ(quote->fee, Money::FromFen(1200));
  EXPECT_EQ(quote->distance_m, 6145);
  EXPECT_EQ(quote->deliver_at, At(1700004200));
  EXPECT_EQ(quote->reference, "");
}

TEST(Quote, PromisesMinutesFromNow) {
  const auto quote =
      QuoteOf({{"charge_price_list", {{"shop_pay_price", 1500}}}, {"promise_delivery_time", 70}});
  ASSERT_TRUE(quote);
  EXPECT_EQ(quote->fee, Money::FromFen(1500));
  EXPECT_EQ(quote->deliver_at, At(1700004200));
}

TEST(Quote, WithoutAPriceIsNone) {
  EXPECT_EQ(QuoteOf(json::object()).error().kind, ErrorKind::kMalformed);
  EXPECT_EQ(QuoteOf(nullptr).error().kind, ErrorKind::kMalformed);
  EXPECT_EQ(QuoteOf({{"real_pay_money", -1}}).error().kind, ErrorKind::kMalformed);
}

}  // namespace
}  // namespace weir::connectors::sf_city
