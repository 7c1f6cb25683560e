// SPDX-License-Identifier: Apache-2.0
#include "connectors/eleme/client.hpp"

#include <gtest/gtest.h>

#include "connectors/answers.hpp"
#include "connectors/eleme/actions.hpp"
#include "tests/connectors/eleme/support.hpp"

namespace weir::connectors::eleme {
namespace {

constexpr const char* kOrderAnswer = R"({"id":"1","result":{"orderId":"1"},"error":null})";
constexpr const char* kTokenRefusal =
    R"({"id":"1","result":null,"error":{"code":"UNAUTHORIZED","message":"x"}})";

/// Holds one token after the other; each renewal takes the next.
class FakeVault final : public TokenVault {
 public:
  boost::asio::awaitable<Result<Secret>> Access() override { co_return Secret(Name()); }
  boost::asio::awaitable<Result<Secret>> Renew(Secret refused) override {
    refusals.emplace_back(refused.Reveal());
    if (fails) co_return Fail(ErrorKind::kUnauthorized, "a person must act");
    ++at_;
    co_return Secret(Name());
  }

  std::vector<std::string> refusals;
  bool fails = false;

 private:
  [[nodiscard]] std::string Name() const { return "token" + std::to_string(at_); }
  int at_ = 0;
};

class ClientTest : public testing::Test {
 protected:
  Result<PulledItem> Call(CannedTransport& transport, std::string action, std::string params) {
    Client client(TestCredentials(), {.transport = transport, .clock = clock_, .vault = vault_});
    return Await(client.Call(std::move(action), std::move(params)));
  }
  Result<PulledItem> GetOrder(CannedTransport& transport, std::string id) {
    Client client(TestCredentials(), {.transport = transport, .clock = clock_, .vault = vault_});
    return Await(client.GetOrder(std::move(id)));
  }

  FixedClock clock_;
  std::shared_ptr<FakeVault> vault_ = std::make_shared<FakeVault>();
};

TEST_F(ClientTest, SendsAnEnvelope) {
  CannedTransport transport(kOrderAnswer);
  ASSERT_TRUE(GetOrder(transport, "1200000000000000001"));
  ASSERT_EQ(transport.requests.size(), 1U);
  const net::Request& request = transport.requests[0];
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.target, "https://open-api.shop.ele.me/api/v1/");
  EXPECT_EQ(request.headers.Find("Content-Type"), "application/json; charset=utf-8");
  EXPECT_EQ(request.headers.Find("Accept-Encoding"), "gzip");
  EXPECT_TRUE(request.idempotent);
  const json body = json::parse(request.body);
  EXPECT_EQ(body["nop"], "1.0.0");
  EXPECT_EQ(body["action"], "eleme.order.getOrder");
  EXPECT_EQ(body["token"], "token0");
  EXPECT_EQ(body["metas"], json::parse(R"({"app_key":"test_key","timestamp":1700000000})"));
  EXPECT_EQ(body["params"], json::parse(R"({"orderId":"1200000000000000001"})"));
  EXPECT_EQ(body["id"], request.headers.Find("x-eleme-requestid"));
}

TEST_F(ClientTest, SignsTheVeryBytesItSends) {
  CannedTransport transport(kOrderAnswer);
  const std::string params =
      R"({"z":1.50,"remark":"售完/\"换\"\n","list":[1, 2, {"b":null,"a":true}]})";
  ASSERT_TRUE(Call(transport, "eleme.order.someNewAction", params));
  const auto sent = nlohmann::ordered_json::parse(transport.requests[0].body);
  std::vector<Param> signed_params{{.name = "app_key", .json = "\"test_key\""},
                                   {.name = "timestamp", .json = "1700000000"}};
  for (const auto& [name, value] : sent["params"].items()) {
    const std::string text = value.dump();
    EXPECT_NE(transport.requests[0].body.find("\"" + name + "\":" + text), std::string::npos);
    signed_params.push_back({.name = name, .json = text});
  }
  const std::string text = CallText("eleme.order.someNewAction", "token0", signed_params);
  EXPECT_NE(text.find(R"(list=[1,2,{"b":null,"a":true}])"), std::string::npos) << text;
  EXPECT_EQ(sent["signature"], ToUpperHex(Sign(text, Secret(std::string(kSecret)))));
  EXPECT_FALSE(transport.requests[0].idempotent);
}

TEST_F(ClientTest, NoParametersAreAnObject) {
  CannedTransport transport(kOrderAnswer);
  ASSERT_TRUE(Call(transport, "eleme.user.getUser", "{}"));
  EXPECT_NE(transport.requests[0].body.find(R"("params":{})"), std::string::npos);
}

TEST_F(ClientTest, EachCallHasItsOwnId) {
  CannedTransport transport({Answer(kTokenRefusal), Answer(kOrderAnswer)});
  ASSERT_TRUE(GetOrder(transport, "1"));
  EXPECT_NE(json::parse(transport.requests.at(0).body)["id"],
            json::parse(transport.requests.at(1).body)["id"]);
}

TEST_F(ClientTest, ARefusedTokenIsRenewedOnce) {
  CannedTransport transport({Answer(kTokenRefusal), Answer(kOrderAnswer)});
  ASSERT_TRUE(GetOrder(transport, "1"));
  EXPECT_EQ(vault_->refusals, std::vector<std::string>{"token0"});
  EXPECT_EQ(json::parse(transport.requests.at(1).body)["token"], "token1");
}

TEST_F(ClientTest, ATokenRefusedTwiceIsTheAnswer) {
  CannedTransport transport({Answer(kTokenRefusal), Answer(kTokenRefusal)});
  const auto item = GetOrder(transport, "1");
  ASSERT_FALSE(item);
  EXPECT_EQ(item.error().remote_code, "UNAUTHORIZED");
  EXPECT_EQ(transport.requests.size(), 2U);
}

TEST_F(ClientTest, OtherRefusalsRenewNothing) {
  CannedTransport transport(
      R"({"id":"1","result":null,"error":{"code":"PERMISSION_DENIED","message":"x"}})");
  ASSERT_FALSE(GetOrder(transport, "1"));
  EXPECT_TRUE(vault_->refusals.empty());
}

TEST_F(ClientTest, WhatTheVaultSaysIsPassedOn) {
  vault_->fails = true;
  CannedTransport transport(kTokenRefusal);
  const auto item = GetOrder(transport, "1");
  ASSERT_FALSE(item);
  EXPECT_EQ(item.error().message, "a person must act");
}

TEST_F(ClientTest, WithoutAVaultNothingIsSent) {
  vault_ = nullptr;
  CannedTransport transport(kOrderAnswer);
  const auto item = GetOrder(transport, "1");
  ASSERT_FALSE(item);
  EXPECT_EQ(item.error().kind, ErrorKind::kUnauthorized);
  EXPECT_TRUE(transport.requests.empty());
}

TEST_F(ClientTest, ActionsOfTheAppNeedNoToken) {
  vault_ = nullptr;
  CannedTransport transport(R"({"id":"1","result":[],"error":null})");
  ASSERT_TRUE(Call(transport, "eleme.msgNew.getPushFailMsg", R"({"msgQueryRequest":{}})"));
  EXPECT_EQ(json::parse(transport.requests[0].body)["token"], "");
}

TEST_F(ClientTest, AReadMustBeGivenItsParameters) {
  for (const char* params :
       {"{}", R"({"orderId":"1","more":1})", R"({"orderid":"1"})", "[]", "x"}) {
    CannedTransport transport(kOrderAnswer);
    const auto item = Call(transport, "eleme.order.getOrder", params);
    ASSERT_FALSE(item) << params;
    EXPECT_EQ(item.error().kind, ErrorKind::kMalformed) << params;
    EXPECT_TRUE(transport.requests.empty());
  }
}

TEST_F(ClientTest, EveryReadActionIsCalledWithItsParameters) {
  for (const ReadAction& action : ReadActions()) {
    json params = json::object();
    for (const std::string_view name : action.params) {
      if (!name.empty()) params[std::string(name)] = 1;
    }
    CannedTransport transport(R"({"id":"1","result":[],"error":null})");
    const auto item = Call(transport, std::string(action.name), params.dump());
    ASSERT_TRUE(item) << action.name << ": " << item.error().message;
    EXPECT_EQ(item->topic, action.name);
    EXPECT_TRUE(transport.requests[0].idempotent);
    EXPECT_EQ(json::parse(transport.requests[0].body)["params"], params);
  }
}

TEST_F(ClientTest, GivesTheAnswerAsReceived) {
  CannedTransport transport(kOrderAnswer);
  const auto item = GetOrder(transport, "1");
  ASSERT_TRUE(item);
  EXPECT_EQ(item->payload, kOrderAnswer);
  EXPECT_EQ(item->dialect, "nop");
  EXPECT_EQ(item->topic, "eleme.order.getOrder");
  EXPECT_EQ(item->asked_at, Instant(std::chrono::seconds(1700000000)));
}

TEST_F(ClientTest, AnOrderThatIsNothingIsNotFound) {
  CannedTransport transport(ReadData("response_ok.json"));
  const auto item = GetOrder(transport, "1");
  ASSERT_FALSE(item);
  EXPECT_EQ(item.error().kind, ErrorKind::kNotFound);
}

TEST_F(ClientTest, PassesATransportsFailureOn) {
  CannedTransport transport({Fail(ErrorKind::kTransport, "timed out")});
  const auto item = GetOrder(transport, "1");
  ASSERT_FALSE(item);
  EXPECT_EQ(item.error().message, "timed out");
}

}  // namespace
}  // namespace weir::connectors::eleme
