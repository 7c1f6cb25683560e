// SPDX-License-Identifier: Apache-2.0
#include "connectors/dada/shipments.hpp"

#include <gtest/gtest.h>

#include "mapping/dada/map.hpp"
#include "mapping/pages.hpp"
#include "tests/connectors/dada/support.hpp"

namespace weir::connectors::dada {
namespace {

using Kind = ShipmentAct::Kind;

net::Response Read() { return Answer(ReadData("statusQuery_response.json")); }

class ShipmentsTest : public testing::Test {
 protected:
  Shipments Make(CannedTransport& transport) {
    return Shipments(std::make_shared<Client>(
        TestCredentials(),
        ConnectorParts{.transport = transport, .clock = clock_, .vault = nullptr}));
  }

  [[nodiscard]] CourierQuote QuoteFor(std::chrono::seconds more) const {
    CourierQuote quote;
    quote.reference = "Dada1";
    quote.fee = Money::FromFen(950);
    quote.expires_at = clock_.Now() + more;
    return quote;
  }

  static model::ShipmentFacts Facts(const PulledItem& item) {
    return mapping::dada::OnlyShipment(mapping::dada::Map({.pulled = true,
                                                           .dialect = item.dialect,
                                                           .topic = item.topic,
                                                           .bytes = item.payload,
                                                           .received_at = item.asked_at}));
  }

  Result<PulledItem> Act(CannedTransport& transport, Kind kind, Money amount = {}) {
    ShipmentAct act;
    act.kind = kind;
    act.reason = "customer";
    act.amount = amount;
    Shipments shipments = Make(transport);
    return Await(shipments.Act(TestRef(), act));
  }

  FixedClock clock_;
};

TEST_F(ShipmentsTest, AreQuoted) {
  CannedTransport transport({Answer(ReadData("queryDeliverFee_response.json"))});
  Shipments shipments = Make(transport);
  const auto quote = Await(shipments.Quote(TestConsignment()));
  ASSERT_TRUE(quote);
  EXPECT_EQ(quote->fee, Money::FromFen(950));
  EXPECT_EQ(quote->reference, "Dada00000000000000000000000000000001");
  EXPECT_EQ(quote->expires_at, clock_.Now() + std::chrono::minutes(3));
  EXPECT_EQ(transport.PathOf(0), "/api/order/queryDeliverFee");
  EXPECT_EQ(transport.BodyOf(0).at("origin_id"), kNumber);
}

TEST_F(ShipmentsTest, WhereDadaDoesNotGoAreRejected) {
  CannedTransport transport({Failure(2044)});
  Shipments shipments = Make(transport);
  EXPECT_EQ(Await(shipments.Quote(TestConsignment())).error().kind, ErrorKind::kRejected);
}

TEST_F(ShipmentsTest, AreOrderedAtTheQuoteWhileItStands) {
  CannedTransport transport({Answer(ReadData("addAfterQuery_response.json"))});
  Shipments shipments = Make(transport);
  const auto item = Await(shipments.Create(TestConsignment(), QuoteFor(std::chrono::seconds(1))));
  ASSERT_TRUE(item);
  EXPECT_EQ(transport.PathOf(0), "/api/order/addAfterQuery");
  EXPECT_EQ(transport.BodyOf(0).at("deliveryNo"), "Dada1");
  EXPECT_EQ(item->dialect, mapping::kPagesDialect);
  EXPECT_EQ(Facts(*item).look->fee, Money::FromFen(950));
  EXPECT_EQ(Facts(*item).number, kNumber);
}

TEST_F(ShipmentsTest, AreOrderedWithoutAQuoteThatHasExpired) {
  for (const auto& quote :
       {std::optional<CourierQuote>(), std::optional(QuoteFor(std::chrono::seconds(0))),
        std::optional(CourierQuote())}) {
    CannedTransport transport({Answer(ReadData("addOrder_response.json"))});
    Shipments shipments = Make(transport);
    const auto item = Await(shipments.Create(TestConsignment(), quote));
    ASSERT_TRUE(item);
    ASSERT_EQ(transport.requests.size(), 1U);
    EXPECT_EQ(transport.PathOf(0), "/api/order/addOrder");
    EXPECT_EQ(Facts(*item).look->fee, Money::FromFen(950));
  }
}

TEST_F(ShipmentsTest, AreOrderedInTheSameCallWhenDadaSaysTheQuoteHasExpired) {
  CannedTransport transport({Failure(2062), Answer(ReadData("addOrder_response.json"))});
  Shipments shipments = Make(transport);
  ASSERT_TRUE(Await(shipments.Create(TestConsignment(), QuoteFor(std::chrono::seconds(60)))));
  EXPECT_EQ(transport.PathOf(1), "/api/order/addOrder");
}

TEST_F(ShipmentsTest, ThatAreOrderedAlreadyAreRead) {
  for (const int code : {2105, 2063, 2065, 2066}) {
    CannedTransport transport({Failure(code), Read()});
    Shipments shipments = Make(transport);
    const auto item = Await(shipments.Create(
        TestConsignment(),
        code == 2105 ? std::nullopt : std::optional(QuoteFor(std::chrono::seconds(60)))));
    ASSERT_TRUE(item) << code;
    EXPECT_EQ(transport.PathOf(1), "/api/order/status/query");
    EXPECT_EQ(item->topic, "status/query");
    EXPECT_EQ(Facts(*item).number, kNumber);
  }
}

TEST_F(ShipmentsTest, ThatAreOrderedAlreadyAreNeverUnknown) {
  CannedTransport transport({Failure(2105), Failure(2005)});
  Shipments shipments = Make(transport);
  const auto item = Await(shipments.Create(TestConsignment(), std::nullopt));
  ASSERT_FALSE(item);
  EXPECT_EQ(item.error().kind, ErrorKind::kTransport);
}

TEST_F(ShipmentsTest, AreNotOrderedTwiceByTheConnector) {
  CannedTransport transport({Fail(ErrorKind::kTransport, "timeout")});
  Shipments shipments = Make(transport);
  EXPECT_EQ(
      Await(shipments.Create(TestConsignment(), QuoteFor(std::chrono::seconds(60)))).error().kind,
      ErrorKind::kTransport);
  EXPECT_EQ(transport.requests.size(), 1U);
}

TEST_F(ShipmentsTest, ThatCannotBePaidAreRejectedWithDadasCode) {
  CannedTransport transport({Answer(ReadData("insufficient_balance_response.json"))});
  Shipments shipments = Make(transport);
  const auto item = Await(shipments.Create(TestConsignment(), std::nullopt));
  ASSERT_FALSE(item);
  EXPECT_EQ(item.error().kind, ErrorKind::kRejected);
  EXPECT_EQ(item.error().remote_code, "2155");
}

TEST_F(ShipmentsTest, AreRead) {
  CannedTransport transport({Read(), Failure(2005)});
  Shipments shipments = Make(transport);
  const auto items = Await(shipments.Read(TestRef()));
  ASSERT_TRUE(items);
  ASSERT_EQ(items->size(), 1U);
  EXPECT_EQ(items->front().topic, "status/query");
  EXPECT_EQ(transport.BodyOf(0), json({{"order_id", kNumber}}));
  EXPECT_EQ(Await(shipments.Read(TestRef())).error().kind, ErrorKind::kNotFound);
}

TEST_F(ShipmentsTest, AreFoundWhereTheirRiderIs) {
  CannedTransport transport({Answer(ReadData("position_response.json")), Success(json::array())});
  Shipments shipments = Make(transport);
  const auto item = Await(shipments.Locate(TestRef()));
  ASSERT_TRUE(item);
  EXPECT_EQ(transport.PathOf(0), "/api/order/transporter/position");
  EXPECT_TRUE(Facts(*item).position);
  EXPECT_EQ(Await(shipments.Locate(TestRef())).error().kind, ErrorKind::kNotFound);
}

TEST_F(ShipmentsTest, AreCancelled) {
  CannedTransport transport({Answer(ReadData("formalCancel_response.json"))});
  const auto item = Act(transport, Kind::kCancel);
  ASSERT_TRUE(item);
  EXPECT_EQ(transport.PathOf(0), "/api/order/formalCancel");
  EXPECT_EQ(transport.BodyOf(0).at("cancel_reason_id"), 4);
  EXPECT_EQ(Facts(*item).look->cancel_fee, Money::FromFen(200));
}

TEST_F(ShipmentsTest, ThatAreCancelledAlreadyAreRead) {
  CannedTransport transport({Failure(2076), Read()});
  const auto item = Act(transport, Kind::kCancel);
  ASSERT_TRUE(item);
  EXPECT_EQ(item->topic, "status/query");
}

TEST_F(ShipmentsTest, UnderWayCannotBeCancelled) {
  CannedTransport transport({Failure(2050)});
  EXPECT_EQ(Act(transport, Kind::kCancel).error().kind, ErrorKind::kRejected);
}

TEST_F(ShipmentsTest, AreTipped) {
  CannedTransport transport({Success()});
  const auto item = Act(transport, Kind::kTip, Money::FromFen(300));
  ASSERT_TRUE(item);
  EXPECT_EQ(transport.PathOf(0), "/api/order/addTip");
  EXPECT_EQ(transport.BodyOf(0), json({{"order_id", kNumber}, {"tips", 3.0}}));
  EXPECT_EQ(item->topic, "addTip?tips=3.00");
  EXPECT_EQ(Facts(*item).look->tip, Money::FromFen(300));
}

TEST_F(ShipmentsTest, WhoseTipStandsAlreadyAreDone) {
  json read = Sample("statusQuery_response.json");
  read["result"]["tips"] = 3.0;
  CannedTransport transport({Failure(2057), Answer(read.dump())});
  const auto item = Act(transport, Kind::kTip, Money::FromFen(300));
  ASSERT_TRUE(item);
  EXPECT_EQ(item->topic, "status/query");
}

TEST_F(ShipmentsTest, WhoseTipIsHigherAreRejected) {
  json read = Sample("statusQuery_response.json");
  read["result"]["tips"] = 5.0;
  CannedTransport transport({Failure(2057), Answer(read.dump())});
  const auto item = Act(transport, Kind::kTip, Money::FromFen(300));
  ASSERT_FALSE(item);
  EXPECT_EQ(item.error().remote_code, "2057");
}

TEST_F(ShipmentsTest, LetTheirRiderOffOrHoldHim) {
  for (const Kind kind : {Kind::kLetRiderOff, Kind::kHoldRider}) {
    CannedTransport transport({Success()});
    const auto item = Act(transport, kind);
    ASSERT_TRUE(item);
    EXPECT_EQ(transport.PathOf(0), "/api/message/confirm");
    EXPECT_EQ(item->topic, "message/confirm");
    EXPECT_EQ(Facts(*item).number, kNumber);
  }
}

TEST_F(ShipmentsTest, AreConfirmedToBeBack) {
  CannedTransport transport({Success()});
  const auto item = Act(transport, Kind::kConfirmReturn);
  ASSERT_TRUE(item);
  EXPECT_EQ(transport.PathOf(0), "/api/order/confirm/goods");
  EXPECT_EQ(Facts(*item).nodes.front().status, model::ShipmentStatus::kReturned);
}

TEST_F(ShipmentsTest, KnowNoOtherActAndNoLabel) {
  for (const Kind kind : {Kind::kUrge, Kind::kProductReady, Kind::kIntercept}) {
    CannedTransport transport({});
    const auto item = Act(transport, kind);
    ASSERT_FALSE(item);
    EXPECT_EQ(item.error().kind, ErrorKind::kRejected);
    EXPECT_EQ(item.error().remote_code, "unsupported");
    EXPECT_TRUE(transport.requests.empty());
  }
  CannedTransport transport({});
  Shipments shipments = Make(transport);
  EXPECT_EQ(Await(shipments.Label(TestRef())).error().remote_code, "unsupported");
}

}  // namespace
}  // namespace weir::connectors::dada
