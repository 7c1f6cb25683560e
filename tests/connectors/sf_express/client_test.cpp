// SPDX-License-Identifier: Apache-2.0
#include "connectors/sf_express/client.hpp"

#include <gtest/gtest.h>

#include "connectors/sf_express/signer.hpp"
#include "tests/connectors/sf_express/support.hpp"

namespace weir::connectors::sf_express {
namespace {

ServiceCall SampleCall(bool read = true) {
  return {.service = "EXP_RECE_SEARCH_ORDER_RESP",
          .message = R"({"orderId":"测试 *~-_.!'()+/=&"})",
          .read = read};
}

TEST(Client, SendsAForm) {
  CannedTransport transport(ReadData("search_order_response.json"));
  ASSERT_TRUE(Await(ClientOf(transport)->Call(SampleCall())));
  const net::Request& request = transport.requests.at(0);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.target, "https://bspgw.sf-express.com/std/service");
  EXPECT_EQ(request.headers.Find("Content-Type"),
            "application/x-www-form-urlencoded;charset=UTF-8");
  EXPECT_TRUE(request.idempotent);
  EXPECT_EQ(transport.Field(0, "partnerID"), "DEMO_PARTNER");
  EXPECT_EQ(transport.Field(0, "serviceCode"), "EXP_RECE_SEARCH_ORDER_RESP");
  EXPECT_EQ(transport.Field(0, "timestamp"), "1700000000000");
  EXPECT_EQ(transport.Field(0, "requestID").size(), 36U);
  EXPECT_EQ(transport.Field(0, "accessToken"), "");
}

TEST(Client, SignsTheVeryTextItSends) {
  CannedTransport transport(ReadData("search_order_response.json"));
  ASSERT_TRUE(Await(ClientOf(transport)->Call(SampleCall())));
  const std::string message = transport.Field(0, "msgData");
  EXPECT_EQ(message, SampleCall().message);
  EXPECT_EQ(
      transport.Field(0, "msgDigest"),
      Sign({.message = message, .timestamp = "1700000000000"}, Secret(std::string(kCheckWord))));
}

TEST(Client, SignsSimplyWhereItIsTold) {
  CannedTransport transport(ReadData("search_order_response.json"));
  ASSERT_TRUE(Await(ClientOf(transport, With("auth", "simple_digest"))->Call(SampleCall())));
  EXPECT_EQ(transport.Field(0, "msgDigest"),
            SignSimply({.message = SampleCall().message, .timestamp = "1700000000000"},
                       Secret(std::string(kCheckWord))));
}

TEST(Client, NamesEachCallAnew) {
  CannedTransport transport({Answer(ReadData("search_order_response.json")),
                             Answer(ReadData("search_order_response.json"))});
  const auto client = ClientOf(transport);
  ASSERT_TRUE(Await(client->Call(SampleCall())));
  ASSERT_TRUE(Await(client->Call(SampleCall(false))));
  EXPECT_NE(transport.Field(0, "requestID"), transport.Field(1, "requestID"));
  EXPECT_FALSE(transport.requests.at(1).idempotent);
}

TEST(Client, GivesTheAnswerAsReceived) {
  const std::string body = ReadData("search_order_response.json");
  CannedTransport transport(body);
  const auto item = Await(ClientOf(transport)->Call(SampleCall()));
  ASSERT_TRUE(item);
  EXPECT_EQ(item->payload, body);
  EXPECT_EQ(item->topic, "EXP_RECE_SEARCH_ORDER_RESP");
  EXPECT_EQ(item->dialect, "json");
  EXPECT_EQ(item->asked_at, Instant(std::chrono::seconds(1700000000)));
}

TEST(Client, TellsANoFromAFailure) {
  CannedTransport transport({No("8037"), Fail(ErrorKind::kTransport, "timed out"),
                             Answer("<html>", 502), Answer("nothing")});
  const auto client = ClientOf(transport);
  const auto no = Await(client->Ask(SampleCall()));
  ASSERT_TRUE(no);
  ASSERT_TRUE(no->refused);
  EXPECT_EQ(no->refused->remote_code, "8037");
  for (const ErrorKind kind :
       {ErrorKind::kTransport, ErrorKind::kTransport, ErrorKind::kMalformed}) {
    const auto failure = Await(client->Ask(SampleCall()));
    ASSERT_FALSE(failure);
    EXPECT_EQ(failure.error().kind, kind);
  }
}

TEST(Client, BringsATokenInsteadOfADigest) {
  CannedTransport transport(ReadData("search_order_response.json"));
  const auto client = ClientOf(transport, With("auth", "oauth2"), std::make_shared<FakeVault>());
  ASSERT_TRUE(Await(client->Call(SampleCall())));
  EXPECT_EQ(transport.Field(0, "accessToken"), "token0");
  EXPECT_EQ(transport.Field(0, "msgDigest"), "");
}

TEST(Client, RenewsARefusedTokenOnce) {
  for (const char* code : {"A1011", "A1002"}) {
    CannedTransport transport({GatewayNo(code), GatewayNo(code)});
    const auto vault = std::make_shared<FakeVault>();
    const auto item = Await(ClientOf(transport, With("auth", "oauth2"), vault)->Call(SampleCall()));
    ASSERT_FALSE(item);
    EXPECT_EQ(item.error().remote_code, code);
    EXPECT_EQ(vault->refusals, std::vector<std::string>{"token0"});
    EXPECT_EQ(transport.Field(1, "accessToken"), "token1");
  }
}

TEST(Client, OtherRefusalsRenewNothing) {
  CannedTransport transport({GatewayNo("A1004")});
  const auto vault = std::make_shared<FakeVault>();
  ASSERT_FALSE(Await(ClientOf(transport, With("auth", "oauth2"), vault)->Call(SampleCall())));
  EXPECT_TRUE(vault->refusals.empty());
}

TEST(Client, WithoutAVaultNothingIsSent) {
  CannedTransport transport(ReadData("search_order_response.json"));
  const auto item = Await(ClientOf(transport, With("auth", "oauth2"))->Call(SampleCall()));
  ASSERT_FALSE(item);
  EXPECT_EQ(item.error().kind, ErrorKind::kUnauthorized);
  EXPECT_TRUE(transport.requests.empty());
}

}  // namespace
}  // namespace weir::connectors::sf_express
