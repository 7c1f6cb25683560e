// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "tests/mapping/doudian/samples.hpp"
#include "tests/mapping/story.hpp"

/// One order's messages and answers in any order, any of them more than once: one record.
namespace weir::mapping::doudian {
namespace {

using testing::CheckArrival;
using testing::Merged;
using testing::Record;
using testing::Story;

constexpr std::int64_t kBegin = 1700000000;

model::OrderFacts AnyDetail(std::int64_t at) {
  const json changes = {{"order_status", *rc::gen::element(1, 105, 2, 101, 3, 5, 4, 77)},
                        {"accept_order_status", *rc::gen::inRange(0, 3)},
                        {"update_time", at},
                        {"ship_time", *rc::gen::element<std::int64_t>(0, kBegin + 3)},
                        {"pay_amount", 3000 + at % 3}};
  std::vector<Page> more;
  if (*rc::gen::arbitrary<bool>()) {
    json shipment = ShipmentAnswer(*rc::gen::inRange(0, 11));
    shipment["shipment_info"]["occurred_time"] = "2023-11-15 06:13:2" + std::to_string(at - kBegin);
    more.emplace_back("superm.getShipmentInfo", shipment);
  }
  if (*rc::gen::arbitrary<bool>()) more.emplace_back("order.batchDecrypt", DecryptAnswer());
  return OnlyOrder(MapPages(PagesOf(HourlyOrder(changes), more), kBegin + *rc::gen::inRange(0, 8)));
}

/// A payload of those Doudian sends of an order, at one of a few moments, so that they collide.
model::OrderFacts AnyPayload() {
  const std::int64_t at = kBegin + *rc::gen::inRange<std::int64_t>(0, 8);
  switch (*rc::gen::inRange(0, 3)) {
    case 0:
      return AnyDetail(at);
    case 1:
      return OnlyOrder(MapMessage(
          *rc::gen::element(100, 101, 102, 103, 104, 105, 106, 108, 109, 110, 111, 112, 113, 126),
          TradeData({{"update_time", at}})));
    default:
      return OnlyOrder(MapMessage(*rc::gen::element(200, 201, 202, 203, 204, 205, 206, 207, 208,
                                                    209, 211, 212, 218, 224, 227),
                                  RefundData({{"update_time", at}, {"refund_amount", at % 5}})));
  }
}

Story AnyStory() {
  Story story;
  const int size = *rc::gen::inRange(1, 14);
  for (int i = 0; i < size; ++i) story.push_back(AnyPayload());
  return story;
}

RC_GTEST_PROP(Arrival, NeitherOrderNorCopiesMatter, ()) { CheckArrival(AnyStory()); }

RC_GTEST_PROP(Arrival, HowABatchIsCutDoesNotMatter, ()) {
  json batch = json::array();
  const int size = *rc::gen::inRange(1, 8);
  for (int i = 0; i < size; ++i) {
    batch.push_back(MessageOf(*rc::gen::element(100, 101, 110, 103, 106),
                              TradeData({{"update_time", kBegin + *rc::gen::inRange(0, 4)}})));
  }
  Story apart;
  for (const json& message : batch) {
    apart.push_back(OnlyOrder(MapBody(json::array({message}).dump())));
  }
  const Mapped together = MapBody(batch.dump());
  RC_ASSERT(Merged(together.orders) == Merged(apart));
}

TEST(Arrival, MessagesAloneMakeAPartialRecordThatIsReadAgain) {
  const Story story = {OnlyOrder(MapMessage(110, TradeData({{"pay_time", kBegin}})))};
  EXPECT_TRUE(Merged(story).partial());
  EXPECT_TRUE(Merged(story).wants_reread());
}

TEST(Arrival, APoorerReadErasesNoContact) {
  const Story story = {
      OnlyOrder(MapPages(PagesOf(HourlyOrder(), {{"order.batchDecrypt", DecryptAnswer()}}))),
      MapDetail({{"update_time", 1700000900}}, kAskedAt + 900)};
  const json record = Record(story);
  EXPECT_EQ(record["customer"]["name"], "张三");
  EXPECT_EQ(record["customer"]["phone"], "18400000000");
  EXPECT_EQ(record["customer"]["address"], "上海市上海市示例区示例街道示例路1号2楼");
}

TEST(Arrival, ACancelStandsAboveTheRest) {
  const Story story = {MapDetail({{"order_status", 5}, {"finish_time", kBegin + 5}}),
                       OnlyOrder(MapMessage(106, TradeData({{"cancel_time", kBegin + 1}})))};
  EXPECT_EQ(Record(story)["status"], "cancelled");
}

model::OrderFacts StepAt(int tag, std::int64_t seconds) {
  return OnlyOrder(MapMessage(tag, RefundData({{"update_time", kBegin + seconds}})));
}

TEST(Arrival, ARefundThatWasRefusedAndAskedForAgainIsOpen) {
  const auto status = [](Story story) {
    story.push_back(MapDetail());
    return Record(story)["refunds"][0]["status"];
  };
  EXPECT_EQ(status({StepAt(200, 0), StepAt(204, 1)}), "declined");
  EXPECT_EQ(status({StepAt(200, 0), StepAt(204, 1), StepAt(208, 2)}), "applied");
  EXPECT_EQ(status({StepAt(206, 1), StepAt(200, 0)}), "refunded");
}

TEST(Arrival, ARefundMayBeRefusedASecondTime) {
  const Story story = {MapDetail(), StepAt(204, 3), StepAt(208, 2), StepAt(204, 1), StepAt(200, 0)};
  EXPECT_EQ(Record(story)["refunds"][0]["status"], "declined");
}

TEST(Arrival, GoodsThatWereNotTakenMayComeBackAgain) {
  const Story story = {MapDetail(), StepAt(205, 1), StepAt(208, 2), StepAt(202, 3)};
  EXPECT_EQ(Record(story)["refunds"][0]["status"], "approved");
}

TEST(Arrival, ArbitrationStandsAboveEveryRefusal) {
  const Story story = {MapDetail(), StepAt(212, 1), StepAt(204, 9)};
  EXPECT_EQ(Record(story)["refunds"][0]["status"], "appealed");
}

}  // namespace
}  // namespace weir::mapping::doudian
