// SPDX-License-Identifier: Apache-2.0
#include "connectors/eleme/desk.hpp"

#include <gtest/gtest.h>

#include "tests/connectors/eleme/support.hpp"

namespace weir::connectors::eleme {
namespace {

constexpr const char* kOrder = "1200000000000000001";

/// Always the same token.
class OneToken final : public TokenVault {
 public:
  boost::asio::awaitable<Result<Secret>> Access() override { co_return Secret("tok_eleme"); }
  boost::asio::awaitable<Result<Secret>> Renew(Secret /*refused*/) override {
    co_return Secret("tok_eleme");
  }
};

class DeskTest : public testing::Test {
 protected:
  Desk Well() {
    return Desk(std::make_shared<Client>(
        TestCredentials(),
        ConnectorParts{
            .transport = transport_, .clock = clock_, .vault = std::make_shared<OneToken>()}));
  }
  [[nodiscard]] json Body() const { return json::parse(transport_.requests.at(0).body); }

  FixedClock clock_;
  CannedTransport transport_{ReadData("response_ok.json")};
};

TEST_F(DeskTest, AcceptsByTheOrdersNumber) {
  Desk desk = Well();
  ASSERT_TRUE(Await(desk.Accept(kOrder)));
  EXPECT_EQ(Body()["action"], "eleme.order.confirmOrderLite");
  EXPECT_EQ(Body()["params"], (json{{"orderId", kOrder}}));
  EXPECT_FALSE(transport_.requests.at(0).idempotent);
}

TEST_F(DeskTest, RefusesAsTheGoldenRequest) {
  Desk desk = Well();
  ASSERT_TRUE(Await(desk.Refuse(kOrder, "sold_out")));
  json golden = json::parse(ReadData("request_cancelOrderLite.json"));
  golden["params"]["remark"] = "商品已售完";
  EXPECT_EQ(Body()["action"], golden["action"]);
  EXPECT_EQ(Body()["params"], golden["params"]);
  EXPECT_EQ(Body()["token"], golden["token"]);
}

TEST_F(DeskTest, ARefusalsOwnTextIsAnother) {
  Desk desk = Well();
  ASSERT_TRUE(Await(desk.Refuse(kOrder, "售完/换菜")));
  EXPECT_EQ(Body()["params"],
            (json{{"orderId", kOrder}, {"type", "others"}, {"remark", "售完/换菜"}}));
}

TEST_F(DeskTest, SaysThatTheMealIsReady) {
  Desk desk = Well();
  ASSERT_TRUE(Await(desk.Ready(kOrder)));
  EXPECT_EQ(Body()["action"], "eleme.order.setOrderPrepared");
}

TEST_F(DeskTest, ApprovesARefundOfTheOrder) {
  Desk desk = Well();
  ASSERT_TRUE(Await(desk.DecideRefund(kOrder, "7", true, "")));
  EXPECT_EQ(Body()["action"], "eleme.order.agreeRefundLite");
  EXPECT_EQ(Body()["params"], (json{{"orderId", kOrder}}));
}

TEST_F(DeskTest, DeclinesARefundWithAReason) {
  Desk desk = Well();
  ASSERT_TRUE(Await(desk.DecideRefund(kOrder, "7", false, "")));
  EXPECT_EQ(Body()["action"], "eleme.order.disagreeRefundLite");
  EXPECT_EQ(Body()["params"], (json{{"orderId", kOrder}, {"reason", "商家原因"}}));
}

}  // namespace
}  // namespace weir::connectors::eleme
