// SPDX-License-Identifier: Apache-2.0
#include "connectors/douyin/client.hpp"

#include <gtest/gtest.h>

#include "tests/connectors/douyin/support.hpp"

namespace weir::connectors::douyin {
namespace {

class ClientTest : public testing::Test {
 protected:
  Result<PulledItem> Get(CannedTransport& transport) {
    Client client(TestCredentials(), {.transport = transport, .clock = clock_, .vault = vault_});
    return Await(client.Get("goodlife/v1/x", {{"account_id", "7"}, {"code", "c&d"}}));
  }

  FixedClock clock_;
  std::shared_ptr<FakeVault> vault_ = std::make_shared<FakeVault>();
};

TEST_F(ClientTest, SendsTokenAndAccountInHeaders) {
  CannedTransport transport(ReadData("life_simple_ok_response.json"));
  const auto item = Get(transport);
  ASSERT_TRUE(item);
  const net::Request& request = transport.requests.at(0);
  EXPECT_EQ(request.method, "GET");
  EXPECT_EQ(request.target, "https://open.douyin.com/goodlife/v1/x/?account_id=7&code=c%26d");
  EXPECT_EQ(request.headers.Find("access-token"), "clt.0");
  EXPECT_EQ(request.headers.Find("Rpc-Transit-Life-Account"), "7000000000000000009");
  EXPECT_EQ(request.headers.Find("Content-Type"), "application/json");
  EXPECT_TRUE(request.idempotent);
  EXPECT_EQ(item->topic, "goodlife/v1/x");
  EXPECT_EQ(item->dialect, "json");
  EXPECT_EQ(item->payload, ReadData("life_simple_ok_response.json"));
  EXPECT_EQ(item->asked_at, clock_.now);
}

TEST_F(ClientTest, ARefusedTokenIsRenewedOnce) {
  const net::Response refused = Answer(R"({"data":{"error_code":2190008}})");
  CannedTransport transport({refused, DataOf({})});
  ASSERT_TRUE(Get(transport));
  EXPECT_EQ(vault_->refusals, std::vector<std::string>{"clt.0"});
  EXPECT_EQ(transport.requests.at(1).headers.Find("access-token"), "clt.1");
  CannedTransport again({refused, refused});
  EXPECT_EQ(Get(again).error().remote_code, "2190008");
  EXPECT_EQ(again.requests.size(), 2U);
}

TEST_F(ClientTest, OtherRefusalsRenewNothing) {
  CannedTransport transport(R"({"data":{"error_code":2119005}})");
  EXPECT_EQ(Get(transport).error().kind, ErrorKind::kUnauthorized);
  EXPECT_TRUE(vault_->refusals.empty());
}

TEST_F(ClientTest, EitherCodeIsAFailure) {
  CannedTransport in_extra(R"({"data":{"error_code":0},"extra":{"error_code":2119003}})");
  EXPECT_EQ(Get(in_extra).error().kind, ErrorKind::kRateLimited);
  CannedTransport in_data(R"({"data":{"error_code":2119003},"extra":{"error_code":0}})");
  EXPECT_EQ(Get(in_data).error().kind, ErrorKind::kRateLimited);
}

TEST_F(ClientTest, WhatIsNoAnswerIsMalformedAndAnOutagePasses) {
  for (const char* body : {"", "[]", "{}", R"({"data":1})"}) {
    CannedTransport transport((std::string(body)));
    EXPECT_EQ(Get(transport).error().kind, ErrorKind::kMalformed) << body;
  }
  net::Response outage = Answer("<html>");
  outage.status = 502;
  CannedTransport transport(std::deque<Result<net::Response>>{outage});
  EXPECT_EQ(Get(transport).error().kind, ErrorKind::kTransport);
}

TEST_F(ClientTest, WithoutAVaultNothingIsSent) {
  vault_ = nullptr;
  CannedTransport transport("{}");
  EXPECT_EQ(Get(transport).error().kind, ErrorKind::kUnauthorized);
  EXPECT_TRUE(transport.requests.empty());
}

}  // namespace
}  // namespace weir::connectors::douyin
