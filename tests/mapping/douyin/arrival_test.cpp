// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "tests/mapping/douyin/samples.hpp"
#include "tests/mapping/story.hpp"

/// One order's messages and answers in any order, any of them more than once: one record.
namespace weir::mapping::douyin {
namespace {

using testing::CheckArrival;
using testing::Merged;
using testing::Record;
using testing::Story;

constexpr std::int64_t kBegin = 1700000000;

json Told(std::int64_t at) { return {{"order_id", kOrder}, {"update_time", at}}; }

json ReadOrder(int status, const std::string& name) {
  json order = Placed();
  order["order_status"] = status;
  order["receiver_info"]["receiver_name"] = name;
  return order;
}

json ReadVoucher(std::int64_t at, int status, int item) {
  json order = Voucher();
  order["order_id"] = kOrder;
  order["order_status"] = status;
  order["certificate"][0]["item_status"] = item;
  order["certificate"][0]["item_update_time"] = at;
  order["poi_id"] = "7000000000000000001";
  return order;
}

/// A payload of those Douyin sends of an order, at one of a few moments, so that they collide.
model::OrderFacts AnyPayload(bool voucher) {
  const std::int64_t at = kBegin + *rc::gen::inRange<std::int64_t>(0, 6);
  const int status = *rc::gen::element(0, 1, 100, 101, 200, 201, 999);
  json content = Told(at);
  if (voucher) {
    if (*rc::gen::arbitrary<bool>()) {
      const int item = *rc::gen::element(100, 200, 300, 301, 400, 401, 777);
      return OnlyOrder(MapRead(OrdersAnswer(ReadVoucher(at, status, item)),
                               "goodlife/v1/trade/order/query", at));
    }
    const auto action = *rc::gen::element<std::string>("verify", "cancel", "fly");
    return OnlyOrder(MapEvent("life_trade_certificate_notify",
                              {{"action", action},
                               {"msg_time", at},
                               {"certificate",
                                {{"certificate_id", *rc::gen::element("1", "7091180835810052103")},
                                 {"order_id", kOrder}}}}));
  }
  switch (*rc::gen::inRange(0, 6)) {
    case 0:
      return OnlyOrder(MapEvent("life_takeout_order_pay_success", Placed()));
    case 1:
      return OnlyOrder(
          MapRead(OrdersAnswer(ReadOrder(status, *rc::gen::element<std::string>("张**", "张三"))),
                  "goodlife/v1/hermes/trade/order/query", at));
    case 2:
      content["delivery_status"] = *rc::gen::element(102, 103, 104, 200, 300, 999);
      content["rider_name"] = *rc::gen::element("王师傅", "李师傅");
      return OnlyOrder(MapEvent("life_takeout_delivery_change", content));
    case 3:
      content["after_sale_id"] = *rc::gen::element("1", "2");
      content["pass"] = *rc::gen::arbitrary<bool>();
      content["after_sale_type"] = 2;
      content["refund_amount"] = 100 * (at - kBegin);
      return OnlyOrder(MapEvent(
          *rc::gen::element<std::string>("life_trade_refund_audit", "life_trade_refund_complete",
                                         "life_trade_part_refund_complete",
                                         "life_hermes_akte_after_sale_audit"),
          content));
    case 4:
      return OnlyOrder(MapEvent("life_trade_takeout_order_modify", content));
    default:
      return OnlyOrder(
          MapEvent(*rc::gen::element<std::string>(
                       "life_takeout_order_merchant_receive", "life_takeout_order_merchant_refuse",
                       "life_takeout_order_pay_close", "life_trade_takeout_order_finish",
                       "life_trade_takeout_delivery_notice"),
                   content));
  }
}

Story AnyStory() {
  Story story;
  const bool voucher = *rc::gen::arbitrary<bool>();
  const int size = *rc::gen::inRange(1, 14);
  for (int i = 0; i < size; ++i) story.push_back(AnyPayload(voucher));
  return story;
}

RC_GTEST_PROP(Arrival, NeitherOrderNorCopiesMatter, ()) { CheckArrival(AnyStory()); }

TEST(Arrival, ARefusedOrderIsRejectedUnlessItWasAccepted) {
  const auto placed = OnlyOrder(MapEvent("life_takeout_order_pay_success", Placed()));
  const auto accepted = OnlyOrder(MapEvent("life_takeout_order_merchant_receive", Told(kBegin)));
  const auto refused = OnlyOrder(MapEvent("life_takeout_order_merchant_refuse", Told(kBegin + 1)));
  EXPECT_EQ(Record({placed, refused})["status"], "rejected");
  EXPECT_EQ(Record({placed, refused, accepted})["status"], "cancelled");
}

TEST(Arrival, AnOrderNotPaidInTimeExpires) {
  EXPECT_EQ(Record({OnlyOrder(MapEvent("life_takeout_order_pay_close", Told(kBegin)))})["status"],
            "expired");
}

TEST(Arrival, AFullRefundCancelsWhatIsNotFinished) {
  json refund = Told(kBegin + 5);
  refund["after_sale_id"] = "1";
  refund["refund_amount"] = 2980;
  const auto placed = OnlyOrder(MapEvent("life_takeout_order_pay_success", Placed()));
  const auto refunded = OnlyOrder(MapEvent("life_trade_refund_complete", refund));
  const auto finished = OnlyOrder(MapEvent("life_trade_takeout_order_finish", Told(kBegin + 9)));
  EXPECT_EQ(Record({placed, refunded})["status"], "cancelled");
  EXPECT_EQ(Record({placed, refunded})["totals"]["refunded"], 2980);
  EXPECT_EQ(Record({placed, refunded, finished})["status"], "completed");
  EXPECT_EQ(Record({placed, refunded, finished})["totals"]["refunded"], 2980);
}

TEST(Arrival, AnotherRiderMayAcceptAfterACancel) {
  const auto rider = [](int code, std::int64_t at) {
    json content = Told(at);
    content["delivery_status"] = code;
    return OnlyOrder(MapEvent("life_takeout_delivery_change", content));
  };
  EXPECT_EQ(Record({rider(102, kBegin), rider(300, kBegin + 1)})["delivery"]["status"],
            "cancelled");
  EXPECT_EQ(Record({rider(102, kBegin + 2), rider(300, kBegin + 1)})["delivery"]["status"],
            "assigned");
}

TEST(Arrival, AReadAfterAnEditAnswersIt) {
  const auto placed = OnlyOrder(MapEvent("life_takeout_order_pay_success", Placed()));
  const auto edited = OnlyOrder(MapEvent("life_trade_takeout_order_modify", Told(kBegin + 5)));
  const auto read = [](std::int64_t at) {
    return OnlyOrder(
        MapRead(OrdersAnswer(ReadOrder(200, "张三")), "goodlife/v1/hermes/trade/order/query", at));
  };
  EXPECT_TRUE(Merged({placed, read(kBegin + 4), edited}).wants_reread());
  EXPECT_FALSE(Merged({placed, read(kBegin + 6), edited}).wants_reread());
}

}  // namespace
}  // namespace weir::mapping::douyin
