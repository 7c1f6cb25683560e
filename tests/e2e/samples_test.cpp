// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/e2e/core_life.hpp"

/// The platform's own sample messages, each through the hook under the URL it was signed for, on an
/// empty store.
namespace weir::e2e {
namespace {

using nlohmann::json;

class Samples : public ::testing::Test {
 protected:
  Samples() { life_.Settle(); }

  void SendSample(const std::string& name) {
    const net::Response response = life_.Send(SamplePush(name));
    EXPECT_EQ(response.status, 200U) << name;
    EXPECT_EQ(response.body, R"({"data":"ok"})") << name;
  }
  json Order() { return life_.GetJson("/v1/orders/meituan-10000000001"); }

  Ground ground_{"meituan"};
  CoreLife life_{ground_};
};

void ExpectPaidOrder(const json& order) {
  ASSERT_TRUE(order.is_object());
  EXPECT_EQ(order.at("status"), "placed");
  EXPECT_EQ(order.at("store"), "sh-001");
  EXPECT_EQ(order.at("display_no"), "7");
  EXPECT_EQ(order.at("items").size(), 1U);
  const json& totals = order.at("totals");
  EXPECT_EQ(totals.at("items"), 3000);
  EXPECT_EQ(totals.at("charges"), 700);
  EXPECT_EQ(totals.at("discounts"), 550);
  EXPECT_EQ(totals.at("paid"), 3150);
  EXPECT_EQ(totals.at("commission"), 480);
  EXPECT_EQ(totals.at("merchant_income"), 2420);
  // Nothing but that nobody has linked the SKU.
  ASSERT_EQ(order.at("issues").size(), 1U);
  EXPECT_EQ(order.at("issues").at(0).at("code"), "unmapped_sku");
}

TEST_F(Samples, PaidIsAnOrderToTheFen) {
  SendSample("order_paid");
  ExpectPaidOrder(Order());
}

TEST_F(Samples, PaidAsItWasCapturedIsTheSame) {
  std::string body = ReadData("push_order_paid.form.txt");
  while (body.ends_with('\n')) body.pop_back();
  const net::Response response =
      life_.Send({.target = "/hooks/meituan/order/paid", .body = std::move(body)});
  EXPECT_EQ(response.body, R"({"data":"ok"})");
  ExpectPaidOrder(Order());
}

/// What comes first says little: the record is partial, in no list and not in the feed, until the
/// order was incomplete for ten minutes.
struct EarlySample {
  const char* name;
  const char* status;
};

class EarlySamples : public Samples, public ::testing::WithParamInterface<EarlySample> {};

TEST_P(EarlySamples, WaitForTheOrderAndAreShownInTheEnd) {
  SendSample(GetParam().name);
  SeenFeed feed;
  life_.ReadFeed(feed);
  EXPECT_EQ(feed.last(), 0U);
  EXPECT_EQ(life_.GetJson("/v1/orders").at("data").size(), 0U);

  life_.Pass(std::chrono::minutes(11));
  life_.ReadFeed(feed);
  ASSERT_EQ(feed.last(), 1U);
  const json change = json::parse(feed.seen().at(1));
  EXPECT_EQ(change.at("type"), "order.incomplete");
  EXPECT_EQ(change.at("data").at("status"), GetParam().status);
  EXPECT_EQ(change.at("data").at("issues").at(0).at("code"), "incomplete");
}

INSTANTIATE_TEST_SUITE_P(Meituan, EarlySamples,
                         ::testing::Values(EarlySample{"order_cancel", "cancelled"},
                                           EarlySample{"logistics_status", "dispatched"},
                                           EarlySample{"refund_full", "placed"},
                                           EarlySample{"refund_part", "placed"},
                                           EarlySample{"refund_result", "placed"}),
                         [](const auto& param) { return std::string(param.param.name); });

TEST_F(Samples, ADetailReadCompletesAnEarlyOne) {
  ground_.platform = [](const net::Request&) -> Result<net::Response> {
    net::Response response;
    response.body = ReadData("response_getOrderDetail.json");
    return response;
  };
  SendSample("order_cancel");
  life_.Pass(std::chrono::seconds(30));
  const json order = Order();
  ASSERT_TRUE(order.is_object());
  EXPECT_EQ(order.at("status"), "cancelled");
  EXPECT_EQ(order.at("totals").at("paid"), 3150);
}

TEST_F(Samples, ShopStatusIsAChangeOfItsStore) {
  SendSample("poi_status");
  SeenFeed feed;
  life_.ReadFeed(feed);
  ASSERT_EQ(feed.last(), 1U);
  const json change = json::parse(feed.seen().at(1));
  EXPECT_EQ(change.at("type"), "store.status_changed");
  EXPECT_EQ(change.at("subject"), "sh-001");
  EXPECT_EQ(change.at("data").at("links").at(0).at("state"), "resting");
}

}  // namespace
}  // namespace weir::e2e
