// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "tests/mapping/eleme/samples.hpp"
#include "tests/mapping/story.hpp"

/// One order's messages and answers in any order, any of them more than once: one record.
namespace weir::mapping::eleme {
namespace {

using testing::CheckArrival;
using testing::Merged;
using testing::Record;
using testing::Story;

constexpr std::int64_t kBegin = 1700000000;

json Changed(json order, const json& changes) {
  order.update(changes);
  return order;
}

json Degraded() {
  return Changed(Placed(), {{"downgraded", true},
                            {"totalPrice", 0.0},
                            {"originalPrice", 0.0},
                            {"income", 0.0},
                            {"orderActivities", json::array()}});
}

json StateBody(std::int64_t at, int role) {
  return {{"orderId", Placed()["orderId"]}, {"updateTime", at}, {"role", role}};
}

json RefundBody(std::int64_t at, const std::string& word) {
  return {{"orderId", Placed()["orderId"]},
          {"updateTime", at},
          {"refundStatus", word},
          {"totalPrice", 1.5 * static_cast<double>(at % 7)},
          {"reason", "少送"}};
}

json WaybillBody(std::int64_t at, const std::string& name) {
  return {{"orderId", Placed()["orderId"]},
          {"updateAt", at * 1000 + at % 3},
          {"name", name},
          {"phone", "13900000000"}};
}

/// A payload of those Ele.me sends of an order, at one of a few moments, so that they collide.
model::OrderFacts AnyPayload() {
  const std::int64_t at = kBegin + *rc::gen::inRange<std::int64_t>(0, 8);
  const auto word = *rc::gen::elementOf(
      std::vector<std::string>{"applied", "rejected", "successful", "failed", "arbitrating"});
  const auto status = *rc::gen::elementOf(std::vector<std::string>{
      "unprocessed", "valid", "settled", "invalid", "refunding", "strange"});
  switch (*rc::gen::inRange(0, 9)) {
    case 0:
      return OnlyOrder(MapMessage(10, Placed()));
    case 1:
      return OnlyOrder(MapMessage(10, Degraded()));
    case 2:
      return OnlyOrder(
          MapAnswer(Changed(Placed(), {{"status", status}}), "eleme.order.getOrder", at));
    case 3:
      return OnlyOrder(
          MapAnswer(Changed(Degraded(), {{"status", status}}), "eleme.order.getAllOrders", at));
    case 4:
      return OnlyOrder(MapMessage(*rc::gen::element(12, 14, 15, 17, 18),
                                  StateBody(at, *rc::gen::inRange(1, 4))));
    case 5:
      return OnlyOrder(MapMessage(*rc::gen::inRange(20, 27), RefundBody(at, word)));
    case 6:
      return OnlyOrder(MapMessage(*rc::gen::inRange(30, 37), RefundBody(at, word)));
    case 7:
      return OnlyOrder(MapMessage(*rc::gen::inRange(51, 77), WaybillBody(at, word)));
    default:
      return OnlyOrder(MapMessage(*rc::gen::element(45, 217), StateBody(at, 1)));
  }
}

Story AnyStory() {
  Story story;
  const int size = *rc::gen::inRange(1, 14);
  for (int i = 0; i < size; ++i) story.push_back(AnyPayload());
  return story;
}

RC_GTEST_PROP(Arrival, NeitherOrderNorCopiesMatter, ()) { CheckArrival(AnyStory()); }

TEST(Arrival, AWholeReadFillsWhatADegradedPushLeftOpen) {
  const Story story = {OnlyOrder(MapMessage(10, Degraded())), OnlyOrder(MapAnswer(Placed()))};
  EXPECT_TRUE(Merged({story[0]}).wants_reread());
  EXPECT_FALSE(Merged(story).wants_reread());
  EXPECT_EQ(Record(story)["totals"]["paid"], 3150);
  EXPECT_EQ(Record({story[0]})["totals"]["paid"], nullptr);
}

TEST(Arrival, ARefusedOrderIsRejectedUnlessItWasAccepted) {
  const auto placed = OnlyOrder(MapMessage(10, Placed()));
  const auto accepted = OnlyOrder(MapMessage(12, StateBody(kBegin, 3)));
  const auto refused = OnlyOrder(MapMessage(14, StateBody(kBegin + 1, 3)));
  EXPECT_EQ(Record({placed, refused})["status"], "rejected");
  EXPECT_EQ(Record({placed, refused, accepted})["status"], "cancelled");
}

TEST(Arrival, ANewSearchClearsTheRiderWhoFell) {
  const Story story = {OnlyOrder(MapMessage(53, WaybillBody(kBegin, "李骑手"))),
                       OnlyOrder(MapMessage(59, WaybillBody(kBegin + 3, "李骑手"))),
                       OnlyOrder(MapMessage(52, WaybillBody(kBegin + 6, "")))};
  EXPECT_EQ(Record(story)["delivery"]["status"], "searching");
  EXPECT_EQ(Record(story)["delivery"]["rider"]["name"], "");
}

TEST(Arrival, SelfDeliveryMakesTheMerchantDeliver) {
  const Story story = {OnlyOrder(MapMessage(71, WaybillBody(kBegin, ""))),
                       OnlyOrder(MapMessage(52, WaybillBody(kBegin + 3, "")))};
  EXPECT_EQ(Record(story)["delivery"]["mode"], "merchant");
}

}  // namespace
}  // namespace weir::mapping::eleme
