// SPDX-License-Identifier: Apache-2.0
#include "connectors/sf_city/courier.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"
#include "connectors/sf_city/signer.hpp"
#include "mapping/pages.hpp"
#include "tests/connectors/sf_city/support.hpp"

namespace weir::connectors::sf_city {
namespace {

using Kind = ShipmentAct::Kind;

class CourierTest : public testing::Test {
 protected:
  SfCity Courier(CannedTransport& transport) {
    return SfCity(std::make_shared<Client>(
        TestCredentials(),
        ConnectorParts{.transport = transport, .clock = clock_, .vault = nullptr}));
  }
  Result<PulledItem> Act(CannedTransport& transport, ShipmentAct act) {
    return Await(Courier(transport).Act(Shipment(), std::move(act)));
  }
  static ShipmentRef Shipment() {
    return {.number = kNumber, .platform_shop = {}, .platform_no = kSfNumber, .phone = {}};
  }
  static json BodyOf(const net::Request& request) { return json::parse(request.body); }
  static std::string ActionOf(const net::Request& request) {
    const std::string_view path = request.path();
    return std::string(path.substr(path.rfind('/') + 1));
  }
  static json State(int status) {
    return {{"order_id", 3165848793513984}, {"out_order_id", kNumber}, {"order_status", status}};
  }
  static json Tips(int total) {
    return {{"sf_order_id", kSfNumber}, {"shop_order_id", kNumber}, {"total_gratuity_fee", total}};
  }

  FixedClock clock_;
};

TEST_F(CourierTest, SignsTheVeryBytesItSends) {
  CannedTransport transport({Answer(ReadData("createorder_response.json"))});
  ASSERT_TRUE(Await(Courier(transport).Create(TestConsignment(), {})));
  const net::Request& request = transport.requests.at(0);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.target,
            "https://openic.sf-express.com/open/api/external/createorder?sign=" +
                PercentEncode(Sign(request.body, 1234567890, Secret(std::string(kKey)))));
  EXPECT_TRUE(request.target.ends_with("%3D"));
  EXPECT_EQ(request.headers.Find("Content-Type"), "application/json; charset=utf-8");
  EXPECT_FALSE(request.idempotent);
}

TEST_F(CourierTest, QuotesWithoutAReference) {
  CannedTransport transport({Done({{"real_pay_money", 1200}})});
  const auto quote = Await(Courier(transport).Quote(TestConsignment()));
  ASSERT_TRUE(quote);
  EXPECT_EQ(quote->fee, Money::FromFen(1200));
  EXPECT_EQ(ActionOf(transport.requests.at(0)), "precreateorder");
  EXPECT_TRUE(transport.requests.at(0).idempotent);
}

TEST_F(CourierTest, CreatesUnderOurNumber) {
  const std::string answer = ReadData("createorder_response.json");
  CannedTransport transport({Answer(answer)});
  const auto item = Await(Courier(transport).Create(TestConsignment(), {}));
  ASSERT_TRUE(item);
  EXPECT_EQ(item->payload, answer);
  EXPECT_EQ(item->topic, "createorder");
  EXPECT_EQ(item->dialect, "json");
  EXPECT_EQ(item->asked_at, clock_.Now());
  EXPECT_EQ(BodyOf(transport.requests.at(0))["shop_order_id"], kNumber);
}

TEST_F(CourierTest, AnOrderThatSfHasIsDone) {
  CannedTransport transport({Refusal(2001, "商家订单号重复"), Done(State(10))});
  const auto item = Await(Courier(transport).Create(TestConsignment(), {}));
  ASSERT_TRUE(item);
  EXPECT_EQ(item->topic, "getorderstatus");
  EXPECT_EQ(BodyOf(transport.requests.at(1))["order_id"], kNumber);
  EXPECT_EQ(BodyOf(transport.requests.at(1))["order_type"], 2);
}

TEST_F(CourierTest, AnOrderThatSfHasNotIsRefused) {
  CannedTransport transport({Refusal(2105), Refusal(1202)});
  const auto item = Await(Courier(transport).Create(TestConsignment(), {}));
  ASSERT_FALSE(item);
  EXPECT_EQ(item.error().kind, ErrorKind::kRejected);
  EXPECT_EQ(item.error().remote_code, "2105");
}

TEST_F(CourierTest, AnOrderNobodyKnowsOfIsLeftOpen) {
  CannedTransport transport({Refusal(2105), Fail(ErrorKind::kTransport, "timed out")});
  EXPECT_EQ(Await(Courier(transport).Create(TestConsignment(), {})).error().kind,
            ErrorKind::kTransport);
  CannedTransport silent({Fail(ErrorKind::kTransport, "timed out")});
  EXPECT_EQ(Await(Courier(silent).Create(TestConsignment(), {})).error().kind,
            ErrorKind::kTransport);
  EXPECT_EQ(silent.requests.size(), 1U);
}

TEST_F(CourierTest, ReadsTheStateTheWayAndTheTip) {
  CannedTransport transport({Answer(ReadData("getorderstatus_response.json")),
                             Answer(ReadData("listorderfeed_response.json")),
                             Done({{"total_gratuity_fee", 300}})});
  const auto items = Await(Courier(transport).Read(Shipment()));
  ASSERT_TRUE(items);
  ASSERT_EQ(items->size(), 3U);
  EXPECT_EQ(items->at(2).topic, "getordergratuityfee");
  EXPECT_EQ(items->at(0).topic, "getorderstatus");
  EXPECT_EQ(items->at(1).topic, "listorderfeed");
  EXPECT_EQ(BodyOf(transport.requests.at(0))["order_type"], 1);
  EXPECT_TRUE(transport.requests.at(0).idempotent);
}

TEST_F(CourierTest, ReadsTheKeptCallbacksWhereThereIsNoWay) {
  CannedTransport transport({Done(State(10)), Refusal(2001), Done(json::array()), Refusal(2001)});
  const auto items = Await(Courier(transport).Read(Shipment()));
  ASSERT_TRUE(items);
  ASSERT_EQ(items->size(), 2U);
  EXPECT_EQ(items->at(1).topic, "getcallbackinfo");
}

TEST_F(CourierTest, TheStateAloneIsARead) {
  CannedTransport transport({Done(State(10)), Refusal(2001), Refusal(2001), Refusal(2001)});
  EXPECT_EQ(Await(Courier(transport).Read(Shipment()))->size(), 1U);
}

TEST_F(CourierTest, AWayNobodyToldIsAskedForAgain) {
  CannedTransport transport({Done(State(10)), Fail(ErrorKind::kTransport, "timed out")});
  EXPECT_EQ(Await(Courier(transport).Read(Shipment())).error().kind, ErrorKind::kTransport);
}

TEST_F(CourierTest, AnUnknownOrderIsNotFound) {
  CannedTransport transport({Refusal(1202)});
  const auto items = Await(Courier(transport).Read(Shipment()));
  ASSERT_FALSE(items);
  EXPECT_EQ(items.error().kind, ErrorKind::kNotFound);
  CannedTransport other({Refusal(2001)});
  EXPECT_EQ(Await(Courier(other).Read(Shipment())).error().kind, ErrorKind::kRejected);
}

TEST_F(CourierTest, AnAnswerWithoutOurNumberStandsBeneathIt) {
  CannedTransport transport({Done(json::object())});
  const auto item = Act(transport, {.kind = Kind::kUrge});
  ASSERT_TRUE(item);
  EXPECT_EQ(item->dialect, mapping::kPagesDialect);
  EXPECT_EQ(item->topic, "reminderorder");
  const auto pages = mapping::SplitPages(item->payload);
  ASSERT_TRUE(pages);
  EXPECT_EQ(pages->at(0).topic, kNumber);
}

TEST_F(CourierTest, LocatesTheRider) {
  CannedTransport transport({Answer(ReadData("riderlatestposition_response.json"))});
  const auto item = Await(Courier(transport).Locate(Shipment()));
  ASSERT_TRUE(item);
  EXPECT_EQ(item->topic, "riderlatestposition");
  CannedTransport nameless({Done({{"rider_lng", "1"}, {"rider_lat", "1"}})});
  EXPECT_EQ(Await(Courier(nameless).Locate(Shipment())).error().kind, ErrorKind::kMalformed);
}

TEST_F(CourierTest, CancelsWithAReason) {
  CannedTransport transport({Answer(ReadData("cancelorder_response.json"))});
  const auto item = Act(transport, {.kind = Kind::kCancel, .reason = "no_rider"});
  ASSERT_TRUE(item);
  EXPECT_EQ(item->topic, "cancelorder");
  const json body = BodyOf(transport.requests.at(0));
  EXPECT_EQ(body["cancel_code"], 313);
  EXPECT_EQ(body["cancel_reason"], "长时间无骑手接单");
  EXPECT_FALSE(transport.requests.at(0).idempotent);
}

TEST_F(CourierTest, CancelsInTheMerchantsWords) {
  const auto reason = [this](ShipmentAct act) {
    CannedTransport transport({Answer(ReadData("cancelorder_response.json"))});
    EXPECT_TRUE(Act(transport, std::move(act)));
    return BodyOf(transport.requests.at(0))["cancel_reason"].get<std::string>();
  };
  EXPECT_EQ(reason({.kind = Kind::kCancel, .reason = "customer", .text = "顾客电话改期"}),
            "顾客电话改期");
  EXPECT_EQ(reason({.kind = Kind::kCancel, .reason = "other"}), "商家发起取消");
}

TEST_F(CourierTest, ACancelledOrderIsCancelled) {
  for (const int status : {2, 28}) {
    CannedTransport transport({Refusal(2002), Done(State(status))});
    const auto item = Act(transport, {.kind = Kind::kCancel});
    ASSERT_TRUE(item);
    EXPECT_EQ(item->topic, "getorderstatus");
  }
}

TEST_F(CourierTest, ADeliveredOrderCannotBeCancelled) {
  CannedTransport transport({Refusal(2002), Done(State(17))});
  EXPECT_EQ(Act(transport, {.kind = Kind::kCancel}).error().remote_code, "2002");
}

ShipmentAct TipOf(std::int64_t fen) {
  return {.kind = Kind::kTip, .amount = Money::FromFen(fen), .serial = "cmd-7"};
}

TEST_F(CourierTest, AddsWhatIsMissingToTheTip) {
  CannedTransport transport({Done(Tips(200)), Done(Tips(500))});
  const auto item = Act(transport, TipOf(500));
  ASSERT_TRUE(item);
  EXPECT_EQ(item->topic, "addordergratuityfee");
  EXPECT_EQ(ActionOf(transport.requests.at(0)), "getordergratuityfee");
  const json body = BodyOf(transport.requests.at(1));
  EXPECT_EQ(body["gratuity_fee"], 300);
  EXPECT_EQ(body["serial_number"], "cmd-7");
  EXPECT_FALSE(transport.requests.at(1).idempotent);
}

TEST_F(CourierTest, ATipThatIsThereIsDone) {
  CannedTransport transport({Done(Tips(500))});
  const auto item = Act(transport, TipOf(500));
  ASSERT_TRUE(item);
  EXPECT_EQ(item->topic, "getordergratuityfee");
  EXPECT_EQ(transport.requests.size(), 1U);
}

TEST_F(CourierTest, RefusesTipsThatSfDoesNotTake) {
  for (const std::int64_t fen : {599, 400}) {
    CannedTransport transport({Done(Tips(500))});
    EXPECT_EQ(Act(transport, TipOf(fen)).error().kind, ErrorKind::kRejected) << fen;
    EXPECT_EQ(transport.requests.size(), 1U);
  }
}

TEST_F(CourierTest, AddsNothingToATipNobodyTold) {
  CannedTransport transport({Done({{"shop_order_id", kNumber}})});
  EXPECT_EQ(Act(transport, TipOf(500)).error().kind, ErrorKind::kMalformed);
  EXPECT_EQ(transport.requests.size(), 1U);
}

TEST_F(CourierTest, SaysThatItIsReady) {
  CannedTransport transport({Done({{"shop_order_id", kNumber}})});
  ASSERT_TRUE(Act(transport, {.kind = Kind::kProductReady}));
  EXPECT_EQ(ActionOf(transport.requests.at(0)), "notifyproductready");
  EXPECT_EQ(BodyOf(transport.requests.at(0))["notice_ready_time"], 1700000000);
}

TEST_F(CourierTest, Urges) {
  CannedTransport transport({Done({{"shop_order_id", kNumber}})});
  ASSERT_TRUE(Act(transport, {.kind = Kind::kUrge}));
  EXPECT_EQ(ActionOf(transport.requests.at(0)), "reminderorder");
}

TEST_F(CourierTest, SaysWhatItCannotDo) {
  CannedTransport transport({});
  for (const Kind kind :
       {Kind::kLetRiderOff, Kind::kHoldRider, Kind::kConfirmReturn, Kind::kIntercept}) {
    const auto item = Act(transport, {.kind = kind});
    ASSERT_FALSE(item);
    EXPECT_EQ(item.error().kind, ErrorKind::kRejected);
    EXPECT_EQ(item.error().remote_code, "unsupported");
  }
  EXPECT_EQ(Await(Courier(transport).Label(Shipment())).error().remote_code, "unsupported");
  EXPECT_TRUE(transport.requests.empty());
}

TEST_F(CourierTest, WhatItAnswersIsMapped) {
  CannedTransport transport({Answer(ReadData("getorderstatus_response.json")),
                             Answer(ReadData("listorderfeed_response.json")),
                             Done({{"total_gratuity_fee", 300}})});
  for (const PulledItem& item : *Await(Courier(transport).Read(Shipment()))) {
    const auto mapped = mapping::sf_city::Map({.pulled = true,
                                               .dialect = item.dialect,
                                               .topic = item.topic,
                                               .bytes = item.payload,
                                               .received_at = item.asked_at});
    ASSERT_EQ(mapped.shipments.size(), 1U);
    EXPECT_EQ(mapped.shipments[0].number, kNumber);
  }
}

}  // namespace
}  // namespace weir::connectors::sf_city
