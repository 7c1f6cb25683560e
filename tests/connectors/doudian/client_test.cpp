// SPDX-License-Identifier: Apache-2.0
#include "connectors/doudian/client.hpp"

#include <gtest/gtest.h>

#include "connectors/doudian/push.hpp"
#include "net/query.hpp"
#include "tests/connectors/doudian/support.hpp"

namespace weir::connectors::doudian {
namespace {

constexpr const char* kSome = R"({"code":10000,"msg":"success","sub_code":"","data":{"a":1}})";
constexpr const char* kExpired =
    R"({"code":40003,"msg":"x","sub_code":"isv.access-token-expired","data":null})";

class ClientTest : public testing::Test {
 protected:
  Result<PulledItem> Read(CannedTransport& transport, std::string params,
                          const Manner& manner = {}) {
    Credentials credentials = TestCredentials();
    credentials.manner = manner;
    Client client(credentials, {.transport = transport, .clock = clock_, .vault = vault_});
    return Await(client.Read("order.searchList", std::move(params)));
  }
  static net::Parameters QueryOf(const net::Request& request) {
    return *net::ParseQuery(request.query(), net::Decoding::kStrict);
  }

  FixedClock clock_;
  std::shared_ptr<FakeVault> vault_ = std::make_shared<FakeVault>();
};

constexpr const char* kVectorParams =
    R"({"product":"奶茶<大杯>&吸管","size":20, "page":0,"order_by":"update_time",)"
    R"("update_time_start":1699996400,"update_time_end":1700000000})";

TEST_F(ClientTest, SendsTheVector) {
  CannedTransport transport(kSome);
  ASSERT_TRUE(Read(transport, kVectorParams));
  const net::Request& request = transport.requests.at(0);
  const auto vector = Vector("W3_doudian_request");
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.target.find("https://openapi-fxg.jinritemai.com/order/searchList?"), 0U);
  EXPECT_EQ(request.body, vector.at("param_json"));
  EXPECT_EQ(request.headers.Find("x-open-no-old-err-code"), "1");
  EXPECT_TRUE(request.idempotent);
  const auto query = QueryOf(request);
  const net::Parameters expected = {{"app_key", kAppKey},
                                    {"method", "order.searchList"},
                                    {"access_token", "token0"},
                                    {"timestamp", "1700000000"},
                                    {"v", "2"},
                                    {"sign_method", "hmac-sha256"},
                                    {"sign", vector.at("hmac-sha256")}};
  EXPECT_EQ(query, expected);
}

TEST_F(ClientTest, SignsByMd5WhereItIsTold) {
  CannedTransport transport(kSome);
  Manner manner;
  manner.sign_method = SignMethod::kMd5;
  ASSERT_TRUE(Read(transport, kVectorParams, manner));
  EXPECT_EQ(*net::FindParameter(QueryOf(transport.requests[0]), "sign"),
            Vector("W3_doudian_request").at("md5"));
}

TEST_F(ClientTest, WritesTheTimeInWordsWhereItIsTold) {
  CannedTransport transport(kSome);
  Manner manner;
  manner.timestamp = TimestampForm::kText;
  ASSERT_TRUE(Read(transport, kVectorParams, manner));
  const auto query = QueryOf(transport.requests[0]);
  EXPECT_EQ(*net::FindParameter(query, "timestamp"), "2023-11-15 06:13:20");
  EXPECT_EQ(*net::FindParameter(query, "sign"),
            "9c20800a3b8fbe5ddf32db53e9073bb2ec0e3a7d89380eeab2b6bc656662f3f1");
}

TEST_F(ClientTest, SendsAllInAFormOrTheQueryWhereItIsTold) {
  for (const Transport style : {Transport::kForm, Transport::kQuery}) {
    CannedTransport transport(kSome);
    Manner manner;
    manner.transport = style;
    ASSERT_TRUE(Read(transport, kVectorParams, manner));
    const net::Request& request = transport.requests[0];
    const auto all = net::ParseQuery(style == Transport::kForm ? request.body : request.query(),
                                     net::Decoding::kStrict);
    const auto vector = Vector("W3_doudian_request");
    EXPECT_EQ(*net::FindParameter(*all, "param_json"), vector.at("param_json"));
    EXPECT_EQ(*net::FindParameter(*all, "sign"), vector.at("hmac-sha256"));
    EXPECT_EQ(style == Transport::kForm, request.query().empty());
    EXPECT_EQ(style == Transport::kQuery, request.body.empty());
  }
}

TEST_F(ClientTest, EveryStyleIsExplained) {
  for (const Transport style : {Transport::kBody, Transport::kForm, Transport::kQuery}) {
    CannedTransport transport(kSome);
    Manner manner;
    manner.transport = style;
    ASSERT_TRUE(Read(transport, kVectorParams, manner));
    const std::string text = Pushes(TestCredentials()).Explain(transport.requests[0], false);
    for (const char* part :
         {"a call of ours, order.searchList", "verdict: the signature holds", "hmac-sha256"}) {
      EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
    }
    EXPECT_EQ(text.find("token0"), std::string::npos);
    EXPECT_EQ(text.find(kSecret), std::string::npos);
  }
}

TEST_F(ClientTest, NoParametersAreAnObject) {
  CannedTransport transport(kSome);
  ASSERT_TRUE(Read(transport, "{}"));
  EXPECT_EQ(transport.requests[0].body, "{}");
}

TEST_F(ClientTest, GivesTheAnswerAsReceived) {
  CannedTransport transport(kSome);
  const auto item = Read(transport, "{}");
  ASSERT_TRUE(item);
  EXPECT_EQ(item->payload, kSome);
  EXPECT_EQ(item->dialect, "answer");
  EXPECT_EQ(item->topic, "order.searchList");
  EXPECT_EQ(item->asked_at, Instant(std::chrono::seconds(1700000000)));
}

TEST_F(ClientTest, ARefusedTokenIsRenewedOnce) {
  CannedTransport transport({Answer(kExpired), Answer(kSome)});
  ASSERT_TRUE(Read(transport, "{}"));
  EXPECT_EQ(vault_->refusals, std::vector<std::string>{"token0"});
  EXPECT_EQ(*net::FindParameter(QueryOf(transport.requests.at(1)), "access_token"), "token1");
}

TEST_F(ClientTest, ATokenRefusedTwiceIsTheAnswer) {
  CannedTransport transport({Answer(kExpired), Answer(kExpired)});
  const auto item = Read(transport, "{}");
  ASSERT_FALSE(item);
  EXPECT_EQ(item.error().remote_code, "isv.access-token-expired");
  EXPECT_EQ(transport.requests.size(), 2U);
}

TEST_F(ClientTest, OtherRefusalsRenewNothing) {
  CannedTransport transport(ReadData("error_response.json"));
  ASSERT_FALSE(Read(transport, "{}"));
  EXPECT_TRUE(vault_->refusals.empty());
}

TEST_F(ClientTest, WhatTheVaultSaysIsPassedOn) {
  vault_->fails = true;
  CannedTransport transport(kExpired);
  const auto item = Read(transport, "{}");
  ASSERT_FALSE(item);
  EXPECT_EQ(item.error().message, "a person must act");
}

TEST_F(ClientTest, WithoutAVaultNothingIsSent) {
  vault_ = nullptr;
  CannedTransport transport(kSome);
  const auto item = Read(transport, "{}");
  ASSERT_FALSE(item);
  EXPECT_EQ(item.error().kind, ErrorKind::kUnauthorized);
  EXPECT_TRUE(transport.requests.empty());
}

TEST_F(ClientTest, WhatIsNoObjectIsNotSent) {
  CannedTransport transport(kSome);
  const auto item = Read(transport, "[]");
  ASSERT_FALSE(item);
  EXPECT_EQ(item.error().kind, ErrorKind::kMalformed);
  EXPECT_TRUE(transport.requests.empty());
}

TEST_F(ClientTest, AnAnswerWithoutDataIsNotFound) {
  CannedTransport transport(R"({"code":10000,"msg":"success","data":null})");
  const auto item = Read(transport, "{}");
  ASSERT_FALSE(item);
  EXPECT_EQ(item.error().kind, ErrorKind::kNotFound);
}

}  // namespace
}  // namespace weir::connectors::doudian
