// SPDX-License-Identifier: Apache-2.0
#include "connectors/eleme/retail/client.hpp"

#include <gtest/gtest.h>

#include "connectors/eleme/retail/push.hpp"
#include "tests/connectors/eleme/support.hpp"
#include "tests/mapping/eleme/retail_samples.hpp"

namespace weir::connectors::eleme::retail {
namespace {

using mapping::eleme::retail::Push;

constexpr const char* kEmpty = R"({"body":{"errno":0,"error":"success","data":{}}})";

std::string OrderAnswer() {
  return json{
      {"body",
       {{"errno", 0}, {"error", "success"}, {"data", mapping::eleme::retail::WholeOrder()}}},
      {"cmd", "resp.order.get"}}
      .dump();
}

class Vault final : public TokenVault {
 public:
  boost::asio::awaitable<Result<Secret>> Access() override { co_return Secret("t1"); }
  boost::asio::awaitable<Result<Secret>> Renew(Secret refused) override {
    co_return Secret(std::string(refused.Reveal()) + "+");
  }
};

class RetailClient : public testing::Test {
 protected:
  Result<PulledItem> GetOrder(CannedTransport& transport,
                              const ConnectionOptions& options = RetailOptions()) {
    Client client(*ParseCredentials(options),
                  {.transport = transport, .clock = clock_, .vault = vault_});
    return Await(client.GetOrder("3000000000001"));
  }
  Result<PulledItem> Call(CannedTransport& transport, const std::string& cmd) {
    Client client(*ParseCredentials(RetailOptions()),
                  {.transport = transport, .clock = clock_, .vault = vault_});
    return Await(client.Call(cmd, R"({"shop_id":"shop_001"})"));
  }

  FixedClock clock_;
  std::shared_ptr<TokenVault> vault_ = std::make_shared<Vault>();
};

/// Whether the platform would take the call: it signs as its pushes do.
bool Holds(const net::Request& request, const ConnectionOptions& options) {
  return Pushes(*ParseCredentials(options)).Verify(request, "").has_value();
}

TEST_F(RetailClient, PostsASignedForm) {
  CannedTransport transport(OrderAnswer());
  ASSERT_TRUE(GetOrder(transport));
  const net::Request& request = transport.requests.at(0);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.target, "https://api-be.ele.me/");
  EXPECT_EQ(request.headers.Find("Content-Type"), "application/x-www-form-urlencoded");
  EXPECT_TRUE(request.idempotent);
  const auto form = Push::Decode(request.body);
  ASSERT_TRUE(form) << request.body;
  EXPECT_EQ(form->cmd(), "order.get");
  EXPECT_EQ(form->body(), R"({"order_id":"3000000000001"})");
  EXPECT_EQ(form->timestamp(), "1700000000");
  EXPECT_EQ(form->version(), "3");
  EXPECT_EQ(form->source(), "10001");
  EXPECT_FALSE(form->fields().front().told);
  EXPECT_TRUE(Holds(request, RetailOptions()));
  EXPECT_EQ(request.body.find(kRetailSecret), std::string::npos);
}

TEST_F(RetailClient, NamesEachCallByItsOwnTicket) {
  CannedTransport transport({Answer(kEmpty), Answer(kEmpty)});
  Client client(*ParseCredentials(RetailOptions()),
                {.transport = transport, .clock = clock_, .vault = nullptr});
  ASSERT_TRUE(Await(client.Call("shop.get", "{}")));
  ASSERT_TRUE(Await(client.Call("shop.get", "{}")));
  const std::string first(Push::Decode(transport.requests.at(0).body)->ticket());
  EXPECT_EQ(first.size(), 36U);
  EXPECT_EQ(first.find_first_not_of("0123456789ABCDEF-"), std::string::npos);
  EXPECT_NE(first, Push::Decode(transport.requests.at(1).body)->ticket());
}

TEST_F(RetailClient, GivesTheAnswerAsReceived) {
  CannedTransport transport(OrderAnswer());
  const auto item = GetOrder(transport);
  ASSERT_TRUE(item);
  EXPECT_EQ(item->payload, OrderAnswer());
  EXPECT_EQ(item->dialect, "retail");
  EXPECT_EQ(item->topic, "order.get");
  EXPECT_EQ(item->asked_at, Instant(std::chrono::seconds(1700000000)));
  const auto mapped = mapping::eleme::Map({.pulled = true,
                                           .dialect = item->dialect,
                                           .topic = item->topic,
                                           .bytes = item->payload,
                                           .received_at = item->asked_at});
  EXPECT_TRUE(mapped.orders.at(0).snapshot);
}

TEST_F(RetailClient, OnlyReadsMayBeRepeated) {
  for (const char* cmd : {"order.get", "shop.get", "sku.list"}) {
    CannedTransport transport(kEmpty);
    ASSERT_TRUE(Call(transport, cmd));
    EXPECT_TRUE(transport.requests.at(0).idempotent) << cmd;
  }
  CannedTransport transport(kEmpty);
  ASSERT_TRUE(Call(transport, "order.confirm"));
  EXPECT_FALSE(transport.requests.at(0).idempotent);
}

TEST_F(RetailClient, BringsATokenWhereItIsTold) {
  for (const char* use : {"signed", "unsigned"}) {
    CannedTransport transport(OrderAnswer());
    ASSERT_TRUE(GetOrder(transport, RetailOptionsWithToken(use)));
    const net::Request& request = transport.requests.at(0);
    EXPECT_EQ(Push::Decode(request.body)->fields().front().value, "t1");
    EXPECT_TRUE(Holds(request, RetailOptionsWithToken(use))) << use;
  }
}

TEST_F(RetailClient, ARefusedTokenIsRenewedOnce) {
  net::Response refusal;
  refusal.status = 401;
  CannedTransport transport({refusal, Answer(OrderAnswer())});
  ASSERT_TRUE(GetOrder(transport, RetailOptionsWithToken("signed")));
  EXPECT_EQ(Push::Decode(transport.requests.at(1).body)->fields().front().value, "t1+");
}

TEST_F(RetailClient, WithoutAVaultNothingIsSentThatNeedsAToken) {
  vault_ = nullptr;
  CannedTransport transport(OrderAnswer());
  EXPECT_EQ(GetOrder(transport, RetailOptionsWithToken("signed")).error().kind,
            ErrorKind::kUnauthorized);
  EXPECT_TRUE(transport.requests.empty());
  EXPECT_TRUE(GetOrder(transport));
}

TEST_F(RetailClient, AnOrderThatIsNothingIsNotFound) {
  for (const char* answer :
       {kEmpty, R"({"body":{"errno":"0","data":null}})", R"({"body":{"errno":0}})"}) {
    CannedTransport transport((std::string(answer)));
    const auto item = GetOrder(transport);
    ASSERT_FALSE(item) << answer;
    EXPECT_EQ(item.error().kind, ErrorKind::kNotFound) << answer;
  }
}

TEST_F(RetailClient, AnotherNumberIsARefusal) {
  CannedTransport transport(R"({"body":{"errno":20003,"error":"names someone","data":""}})");
  const auto item = GetOrder(transport);
  ASSERT_FALSE(item);
  EXPECT_EQ(item.error().kind, ErrorKind::kRejected);
  EXPECT_EQ(item.error().remote_code, "20003");
  EXPECT_EQ(item.error().message.find("someone"), std::string::npos);
}

TEST_F(RetailClient, WhatIsNoAnswerIsMalformedOrAnOutage) {
  for (const char* answer : {"", "[]", "{}", R"({"body":[]})", R"({"body":{"error":"x"}})"}) {
    CannedTransport transport((std::string(answer)));
    EXPECT_EQ(GetOrder(transport).error().kind, ErrorKind::kMalformed) << answer;
  }
  net::Response outage;
  outage.status = 502;
  CannedTransport transport(std::deque<Result<net::Response>>{outage});
  EXPECT_EQ(GetOrder(transport).error().kind, ErrorKind::kTransport);
}

}  // namespace
}  // namespace weir::connectors::eleme::retail
