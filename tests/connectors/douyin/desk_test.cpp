// SPDX-License-Identifier: Apache-2.0
#include "connectors/douyin/desk.hpp"

#include <gtest/gtest.h>

#include "tests/connectors/douyin/support.hpp"

namespace weir::connectors::douyin {
namespace {

constexpr const char* kOrder = "8000001745679682306";
constexpr const char* kBase = "https://open.douyin.com/goodlife/v1/";

class DeskTest : public testing::Test {
 protected:
  Desk Over(std::string answer) {
    transport_.emplace(std::move(answer));
    return Desk(std::make_shared<Client>(TestCredentials(),
                                         ConnectorParts{.transport = *transport_,
                                                        .clock = clock_,
                                                        .vault = std::make_shared<FakeVault>()}),
                "7");
  }
  Desk Well() { return Over(ReadData("life_simple_ok_response.json")); }
  [[nodiscard]] const net::Request& Sent() const { return transport_->requests.at(0); }
  [[nodiscard]] json Body() const { return json::parse(Sent().body); }

  FixedClock clock_;
  std::optional<CannedTransport> transport_;
};

TEST_F(DeskTest, AcceptsByTheOrdersNumber) {
  Desk desk = Well();
  ASSERT_TRUE(Await(desk.Accept(kOrder)));
  EXPECT_EQ(Sent().target, std::string(kBase) + "trade/buy/merchant_confirm_order/");
  EXPECT_EQ(Sent().body, R"({"order_id":"8000001745679682306"})");
  EXPECT_FALSE(Sent().idempotent);
}

TEST_F(DeskTest, ComingTooLateIsAConflict) {
  Desk desk = Over(
      R"({"data":{"error_code":2191003},"extra":{"error_code":2191003,"sub_error_code":20001}})");
  EXPECT_EQ(Await(desk.Accept(kOrder)).error().kind, ErrorKind::kConflict);
}

TEST_F(DeskTest, RefusesWithACodeAndItsText) {
  Desk desk = Well();
  ASSERT_TRUE(Await(desk.Refuse(kOrder, "out_of_range")));
  EXPECT_EQ(Sent().target, std::string(kBase) + "after_sale/order/merchant_reject/");
  json golden = json::parse(ReadData("life_merchant_reject_request.json"));
  golden["reject_reason"]["reason_code"] = {505};
  EXPECT_EQ(Body(), golden);
}

TEST_F(DeskTest, ARefusalsOwnTextIsTold) {
  Desk desk = Well();
  ASSERT_TRUE(Await(desk.Refuse(kOrder, "停电了")));
  EXPECT_EQ(Body()["reject_reason"], json::parse(R"({"reason_code":[504],"desc":"停电了"})"));
}

TEST_F(DeskTest, SaysThatTheMealIsReady) {
  Desk desk = Well();
  ASSERT_TRUE(Await(desk.Ready(kOrder)));
  EXPECT_EQ(Sent().target, std::string(kBase) + "hermes/preparation/complete/confirm/");
  EXPECT_EQ(Sent().body, R"({"order_id":"8000001745679682306"})");
}

TEST_F(DeskTest, TellsThatARiderTookIt) {
  Desk desk = Well();
  ASSERT_TRUE(Await(desk.TellDelivery({.platform_order_id = "80123944910230941",
                                       .courier = "dada",
                                       .shipment = "shp-3k",
                                       .status = model::ShipmentStatus::kAtPickup,
                                       .rider_phone = "123241289303",
                                       .at = Instant(std::chrono::seconds(1669344364))})));
  EXPECT_EQ(Sent().target, std::string(kBase) + "fulfilment/distribution/order/sync_status/");
  json golden = json::parse(ReadData("life_self_delivery_sync_request.json"));
  golden.erase("accept_time");
  golden["rider_flow_time"] = 1669344364;
  golden["three_delivery_id"] = "shp-3k";
  EXPECT_EQ(Body(), golden);
}

TEST_F(DeskTest, TellsNothingOfWhatDouyinHasNoWordFor) {
  Desk desk = Well();
  ASSERT_TRUE(Await(desk.TellDelivery({.status = model::ShipmentStatus::kSearching})));
  EXPECT_TRUE(transport_->requests.empty());
}

TEST_F(DeskTest, DeclinesARefundByItsNumber) {
  Desk desk = Well();
  ASSERT_TRUE(Await(desk.DecideRefund("1", kOrder, false, "商家已出餐")));
  EXPECT_EQ(Sent().target, std::string(kBase) + "after_sale/audit/notify/");
  json golden = json::parse(ReadData("life_audit_notify_request.json"));
  golden.erase("out_after_sale_id");  // Only what a merchant began has one.
  golden["reject_reason"]["reason_code"] = {103};
  EXPECT_EQ(Body(), golden);
  EXPECT_FALSE(Sent().idempotent);
}

TEST_F(DeskTest, ApprovesARefundWithoutAReason) {
  Desk desk = Well();
  ASSERT_TRUE(Await(desk.DecideRefund("1", kOrder, true, "")));
  EXPECT_EQ(Body(), json::parse(R"({"after_sale_id":"8000001745679682306","is_approved":true})"));
}

}  // namespace
}  // namespace weir::connectors::douyin
