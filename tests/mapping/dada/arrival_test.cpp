// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "model/shipment_state.hpp"
#include "tests/mapping/dada/samples.hpp"

/// One shipment's payloads in any order, any of them more than once: one record.
namespace weir::mapping::dada {
namespace {

using model::ShipmentState;
using model::ShipmentStatus;
using Story = std::vector<model::ShipmentFacts>;

constexpr std::int64_t kBegin = 1700000000;

ShipmentState Merged(const Story& story) {
  ShipmentState state;
  for (const model::ShipmentFacts& facts : story) state.Merge(facts);
  return state;
}

model::ShipmentFacts Told(const char* file) { return OnlyShipment(MapBody(ReadData(file))); }

model::ShipmentFacts AnyCallback() {
  const int status = *rc::gen::element(1, 8, 2, 100, 3, 4, 5, 6, 7, 9, 10, 1000, 77);
  return MapStatusWith({{"order_status", status},
                        {"client_id", *rc::gen::element("", "1", "2")},
                        {"update_time", kBegin + *rc::gen::inRange(0, 6)},
                        {"dm_id", *rc::gen::inRange(0, 3)},
                        {"repeat_reason_type", *rc::gen::inRange(0, 3)},
                        {"cancel_reason", *rc::gen::element("", "系统取消")},
                        {"new_member", *rc::gen::inRange(0, 2)}});
}

model::ShipmentFacts AnyRead() {
  json answer = Sample("statusQuery_response.json");
  answer["result"].update({{"statusCode", *rc::gen::element(1, 2, 100, 3, 4, 5, 9, 10, 77)},
                           {"finishTime", *rc::gen::element("", "2023-11-15 06:13:22")},
                           {"cancelTime", *rc::gen::element("", "2023-11-15 06:13:21")},
                           {"tips", *rc::gen::inRange(0, 3)}});
  return OnlyShipment(MapAnswerOf(kReadTopic, answer.dump(), kBegin + *rc::gen::inRange(0, 6)));
}

/// A payload of those Dada sends of an order, at one of a few moments, so that they collide.
model::ShipmentFacts AnyPayload() {
  switch (*rc::gen::inRange(0, 5)) {
    case 0:
      return AnyRead();
    case 1:
      return OnlyShipment(MapDoneOf(kAddTopic, ReadData("addOrder_response.json")));
    case 2:
      return OnlyShipment(MapDoneOf(kCancelTopic, ReadData("formalCancel_response.json")));
    default:
      return AnyCallback();
  }
}

RC_GTEST_PROP(Arrival, NeitherOrderNorCopiesMatter, ()) {
  Story story;
  const int size = *rc::gen::inRange(1, 14);
  for (int i = 0; i < size; ++i) story.push_back(AnyPayload());
  Story shuffled = story;
  const auto copies = *rc::gen::inRange<std::size_t>(0, story.size() + 1);
  shuffled.insert(shuffled.end(), story.begin(),
                  story.begin() + static_cast<std::ptrdiff_t>(copies));
  std::ranges::shuffle(shuffled, std::mt19937(*rc::gen::arbitrary<std::uint32_t>()));
  RC_ASSERT(Merged(story) == Merged(shuffled));
}

TEST(Story, OfAnOrderEndsWithItsDelivery) {
  Story story{OnlyShipment(MapDoneOf(kAddTopic, ReadData("addOrder_response.json")))};
  EXPECT_EQ(Merged(story).status(), ShipmentStatus::kSearching);
  const std::vector<std::pair<const char*, ShipmentStatus>> steps = {
      {"callback_1.json", ShipmentStatus::kSearching},
      {"callback_2.json", ShipmentStatus::kAssigned},
      {"callback_1_repeat_reassigned.json", ShipmentStatus::kSearching},
      {"callback_2_repeat_transfer.json", ShipmentStatus::kAssigned},
      {"callback_100.json", ShipmentStatus::kAtPickup},
      {"callback_3.json", ShipmentStatus::kPickedUp},
      {"callback_4.json", ShipmentStatus::kDelivered},
      {"callback_9.json", ShipmentStatus::kReturning},
      {"callback_10.json", ShipmentStatus::kReturned},
  };
  for (const auto& [file, status] : steps) {
    story.push_back(Told(file));
    EXPECT_EQ(Merged(story).status(), status) << file;
    EXPECT_EQ(Merged(story).platform_no(), "1000000001");
  }
}

TEST(Story, AReadFillsWhatWasNotTold) {
  const Story story{Told("callback_1.json"),
                    OnlyShipment(MapAnswerOf(kReadTopic, ReadData("statusQuery_response.json")))};
  const ShipmentState state = Merged(story);
  EXPECT_EQ(state.status(), ShipmentStatus::kPickedUp);
  EXPECT_EQ(state.deciding()->rider_name, "测试达达");
}

TEST(Ties, GoToARepeatedStepThenToARead) {
  const json accepted = {{"order_status", 2}, {"update_time", kBegin + 102}};
  const json given_back = {
      {"order_status", 1}, {"update_time", kBegin + 102}, {"repeat_reason_type", 1}};
  const auto at_pickup = MapStatusWith({{"order_status", 100}, {"update_time", kBegin + 102}});
  // The read tells that it was accepted in that second.
  const auto read = MapReadWith({{"fetchTime", ""}, {"statusCode", 2}});
  EXPECT_EQ(Merged({MapStatusWith(accepted), at_pickup}).status(), ShipmentStatus::kAtPickup);
  EXPECT_EQ(Merged({read, at_pickup}).status(), ShipmentStatus::kAssigned);
  EXPECT_EQ(Merged({MapStatusWith(given_back), read, at_pickup}).status(),
            ShipmentStatus::kSearching);
}

TEST(Ties, DoNotGoToWhatAReadSaysOfThePast) {
  const auto failed =
      MapStatusWith({{"order_status", 1000}, {"client_id", ""}, {"update_time", 1700000000123}});
  // It was made in that very second, and failed.
  const auto read = MapReadWith({{"acceptTime", ""}, {"fetchTime", ""}, {"statusCode", 1000}});
  EXPECT_EQ(Merged({failed, read}).status(), ShipmentStatus::kFailed);
}

TEST(Lives, OfAFormerWaybillEndWithTheNextOne) {
  const auto cancelled =
      MapStatusWith({{"order_status", 5}, {"client_id", "1"}, {"update_time", kBegin + 50}});
  const auto begun =
      MapStatusWith({{"order_status", 1}, {"client_id", "1"}, {"update_time", kBegin}});
  const auto anew =
      MapStatusWith({{"order_status", 1}, {"client_id", "2"}, {"update_time", kBegin + 40}});
  EXPECT_EQ(Merged({begun, anew, cancelled}).status(), ShipmentStatus::kSearching);
}

}  // namespace
}  // namespace weir::mapping::dada
