// SPDX-License-Identifier: Apache-2.0
#include "connectors/dada/bodies.hpp"

#include <gtest/gtest.h>

#include "tests/connectors/dada/support.hpp"

namespace weir::connectors::dada {
namespace {

const Instant kNow(std::chrono::seconds(1700000000));

std::string Text(const Consignment& consignment) {
  return OrderBody(consignment, TestCredentials(), kNow);
}
json Body(const Consignment& consignment) { return json::parse(Text(consignment)); }

TEST(OrderBody, IsTheSamplesOne) {
  json sample = json::parse(Sample("addOrder_request.json").at("body").get<std::string>());
  sample["callback"] = std::string("https://gw.example.com/hooks/da-main/") + kToken;
  EXPECT_EQ(Body(TestConsignment()), sample);
}

TEST(OrderBody, WritesNumbersExactly) {
  Consignment consignment = TestConsignment();
  consignment.goods_value = Money::FromFen(900719925474099301);
  consignment.weight_g = 1;
  consignment.tip = Money::FromFen(150);
  const std::string body = Text(consignment);
  for (const char* part : {R"("cargo_price":9007199254740993.01,)", R"("cargo_weight":0.001)",
                           R"("tips":1.50)", R"("receiver_lat":31.257801)"}) {
    EXPECT_NE(body.find(part), std::string::npos) << part << " " << body;
  }
}

TEST(OrderBody, BringsTheConnectionsOptions) {
  ConnectionOptions options = TestOptions();
  options.options["city_code"] = "021";
  options.options["cargo_type"] = "1";
  const json body = json::parse(OrderBody(TestConsignment(), *ParseCredentials(options), kNow));
  EXPECT_EQ(body.at("city_code"), "021");
  EXPECT_EQ(body.at("cargo_type"), 1);
}

TEST(OrderBody, BringsWhatTheRiderIsTold) {
  Consignment consignment = TestConsignment();
  consignment.remark = "少放辣";
  consignment.selling_platform = "meituan";
  consignment.display_no = "#M001";
  const json body = Body(consignment);
  EXPECT_EQ(body.at("info"), "少放辣");
  EXPECT_EQ(body.at("origin_mark"), "meituan");
  EXPECT_EQ(body.at("origin_mark_no"), "#M001");
}

TEST(OrderBody, LeavesOutMarksThatDadaRefuses) {
  Consignment consignment = TestConsignment();
  consignment.selling_platform = "sf_express_of_somebody";
  consignment.display_no = "12 号";
  const json body = Body(consignment);
  EXPECT_FALSE(body.contains("origin_mark"));
  EXPECT_FALSE(body.contains("origin_mark_no"));
}

TEST(OrderBody, CutsTextsByTheirCharacters) {
  Consignment consignment = TestConsignment();
  for (int i = 0; i < 600; ++i) consignment.remark += "辣";
  consignment.goods.push_back({.name = consignment.remark, .code = std::string(70, 'x')});
  const json body = Body(consignment);
  EXPECT_EQ(body.at("info").get<std::string>().size(), 512 * 3U);
  EXPECT_EQ(body.at("product_list")[0].at("sku_name").get<std::string>().size(), 128 * 3U);
  EXPECT_EQ(body.at("product_list")[0].at("src_product_no").get<std::string>().size(), 64U);
}

TEST(OrderBody, ListsTheGoods) {
  Consignment consignment = TestConsignment();
  consignment.goods = {{.name = "黄焖鸡", .code = "SKU-1", .quantity = "1.5", .unit = "份"},
                       {.name = "米饭", .code = ""}};
  EXPECT_EQ(
      Body(consignment).at("product_list"),
      json::parse(R"([{"sku_name":"黄焖鸡","src_product_no":"SKU-1","count":1.5,"unit":"份"},)"
                  R"({"sku_name":"米饭","src_product_no":"","count":1}])"));
}

TEST(OrderBody, SaysWhenItIsToBeFetched) {
  Consignment consignment = TestConsignment();
  consignment.pick_up_at = kNow + std::chrono::seconds(3630);
  EXPECT_EQ(Body(consignment).at("delay_publish_time"), 1700003580);
  consignment.pick_up_at = kNow + std::chrono::seconds(299);
  EXPECT_FALSE(Body(consignment).contains("delay_publish_time"));
}

TEST(OrderBody, SaysWhenItIsToArrive) {
  Consignment consignment = TestConsignment();
  consignment.deliver_at = kNow + std::chrono::hours(2);
  const json body = Body(consignment);
  EXPECT_EQ(body.at("is_expect_finish_order"), 1);
  EXPECT_EQ(body.at("expect_finish_time_limit"), 1700007200);
}

TEST(OrderBody, TellsALandLineFromAMobile) {
  Consignment consignment = TestConsignment();
  consignment.receiver.phone = "02112345678";
  const json body = Body(consignment);
  EXPECT_EQ(body.at("receiver_tel"), "02112345678");
  EXPECT_FALSE(body.contains("receiver_phone"));
}

TEST(OrderBody, SendsNoPlaceRatherThanHalfOfOne) {
  Consignment consignment = TestConsignment();
  consignment.receiver.longitude.clear();
  const json body = Body(consignment);
  EXPECT_FALSE(body.contains("receiver_lat"));
  EXPECT_FALSE(body.contains("receiver_lng"));
}

/// The parameters of a request of the samples.
std::string Sent(const char* file) { return Sample(file).at("body"); }

TEST(Bodies, AreTheSamples) {
  EXPECT_EQ(QuotedBody("Dada00000000000000000000000000000001"), Sent("addAfterQuery_request.json"));
  EXPECT_EQ(NumberBody(kNumber), Sent("statusQuery_request.json"));
  ShipmentAct cancel;
  cancel.reason = "customer";
  EXPECT_EQ(CancelBody(kNumber, cancel), Sent("formalCancel_request.json"));
  ShipmentAct let_off;
  let_off.kind = ShipmentAct::Kind::kLetRiderOff;
  EXPECT_EQ(ConfirmBody(TestRef(), let_off), Sent("message_confirm_request.json"));
  EXPECT_EQ(PositionBody(kNumber), R"({"orderIds":["D20261122001"]})");
}

TEST(CancelBody, HasDadasReasonForOurs) {
  const std::map<std::string, int> ids = {{"no_rider", 1},    {"customer", 4}, {"wrong_order", 5},
                                          {"not_needed", 36}, {"rider", 37},   {"other", 10000},
                                          {"whim", 10000}};
  for (const auto& [reason, id] : ids) {
    ShipmentAct act;
    act.reason = reason;
    act.text = "下雨";
    const json body = json::parse(CancelBody(kNumber, act));
    EXPECT_EQ(body.at("cancel_reason_id"), id) << reason;
    EXPECT_EQ(body.at("cancel_reason"), "下雨");
    // Protocol §4.4: it is one of those that Dada lists.
    bool listed = false;
    for (const json& row : Sample("cancel_reasons_response.json").at("result")) {
      listed |= row.at("id") == id;
    }
    EXPECT_TRUE(listed) << id;
  }
}

TEST(CancelBody, OfAnotherReasonAlwaysHasAText) {
  ShipmentAct act;
  act.reason = "other";
  EXPECT_EQ(json::parse(CancelBody(kNumber, act)).at("cancel_reason"), "其他");
}

TEST(ConfirmBody, HoldsARiderForAReason) {
  ShipmentAct act;
  act.kind = ShipmentAct::Kind::kHoldRider;
  act.text = "已备餐";
  ShipmentRef ref = TestRef();
  ref.platform_no.clear();
  const json body = json::parse(ConfirmBody(ref, act));
  EXPECT_EQ(json::parse(body.at("messageBody").get<std::string>()),
            json({{"orderId", kNumber}, {"isConfirm", 0}, {"rejectReason", "已备餐"}}));
}

}  // namespace
}  // namespace weir::connectors::dada
