// SPDX-License-Identifier: Apache-2.0
#include "connectors/dada/client.hpp"

#include <gtest/gtest.h>

#include "connectors/dada/signer.hpp"
#include "tests/connectors/dada/support.hpp"

namespace weir::connectors::dada {
namespace {

class ClientTest : public testing::Test {
 protected:
  Client Make(CannedTransport& transport) {
    return {TestCredentials(),
            ConnectorParts{.transport = transport, .clock = clock_, .vault = nullptr}};
  }
  FixedClock clock_;
};

// The sample's request, byte for byte but for the blanks between its members.
TEST_F(ClientTest, SendsWhatTheSampleSends) {
  CannedTransport transport({Success()});
  Client client = Make(transport);
  ASSERT_TRUE(Await(client.Call(kStatusQuery, R"({"order_id":"D20261122001"})")));
  const net::Request& request = transport.requests.at(0);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.target, "https://dada.test/api/order/status/query");
  EXPECT_EQ(request.headers.Find("Content-Type"), "application/json");
  EXPECT_EQ(json::parse(request.body), Sample("statusQuery_request.json"));
}

TEST_F(ClientTest, SignsTheVeryBytesItSends) {
  CannedTransport transport({Success()});
  Client client = Make(transport);
  const std::string body = R"({"receiver_name":"张三\n\"","cargo_price":20.010})";
  ASSERT_TRUE(Await(client.Call(kAddOrder, body)));
  const json sent = json::parse(transport.requests.at(0).body);
  EXPECT_EQ(sent.at("body"), body);
  EXPECT_EQ(
      sent.at("signature"),
      Sign({.app_key = kAppKey, .body = body, .source_id = kSourceId, .timestamp = "1700000000"},
           Secret(kSecret)));
  EXPECT_EQ(transport.requests.at(0).body.find(kSecret), std::string::npos);
}

TEST_F(ClientTest, OnlyReadsMayBeRepeated) {
  for (const Endpoint endpoint : {kAddOrder, kAddAfterQuery, kAddTip, kFormalCancel, kConfirmGoods,
                                  kMessageConfirm, kQueryDeliverFee}) {
    CannedTransport transport({Success()});
    Client client = Make(transport);
    ASSERT_TRUE(Await(client.Call(endpoint, "")));
    EXPECT_FALSE(transport.requests.at(0).idempotent) << endpoint.path;
  }
  for (const Endpoint endpoint : {kStatusQuery, kPosition}) {
    CannedTransport transport({Success()});
    Client client = Make(transport);
    ASSERT_TRUE(Await(client.Call(endpoint, "")));
    EXPECT_TRUE(transport.requests.at(0).idempotent) << endpoint.path;
  }
}

TEST_F(ClientTest, GivesTheWholeAnswer) {
  const std::string body = ReadData("statusQuery_response.json");
  CannedTransport transport({Answer(body)});
  Client client = Make(transport);
  const auto item = Await(client.Call(kStatusQuery, "{}"));
  ASSERT_TRUE(item);
  EXPECT_EQ(item->payload, body);
  EXPECT_EQ(item->topic, "status/query");
  EXPECT_EQ(item->dialect, "answer");
  EXPECT_EQ(item->asked_at, clock_.Now());
}

TEST_F(ClientTest, PassesOnWhatWentWrong) {
  CannedTransport transport({Failure(2003), Fail(ErrorKind::kTransport, "down")});
  Client client = Make(transport);
  EXPECT_EQ(Await(client.Call(kStatusQuery, "{}")).error().kind, ErrorKind::kUnauthorized);
  EXPECT_EQ(Await(client.Call(kStatusQuery, "{}")).error().kind, ErrorKind::kTransport);
}

}  // namespace
}  // namespace weir::connectors::dada
