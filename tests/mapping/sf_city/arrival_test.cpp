// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <random>

#include "model/shipment_state.hpp"
#include "tests/mapping/sf_city/samples.hpp"

/// One shipment's callbacks and answers in any order, any of them more than once: one record.
namespace weir::mapping::sf_city {
namespace {

using model::ShipmentState;
using model::ShipmentStatus;
using Story = std::vector<model::ShipmentFacts>;

constexpr std::int64_t kBegin = 1700000000;

ShipmentState Merged(const Story& story, bool store_between = false) {
  ShipmentState state;
  for (const model::ShipmentFacts& facts : story) {
    state.Merge(facts);
    if (!store_between) continue;
    std::string bytes;
    state.Encode(bytes);
    auto again = ShipmentState::Decode(bytes);
    RC_ASSERT(again.has_value());
    state = std::move(*again);
  }
  return state;
}

model::ShipmentFacts CallbackAt(std::int64_t at, int status) {
  const json callback{{"sf_order_id", kSfNumber},    {"shop_order_id", kNumber},
                      {"url_index", "rider_status"}, {"order_status", status},
                      {"operator_name", "甲"},       {"rider_lng", "116.3"},
                      {"rider_lat", "40.0"},         {"push_time", kBegin + at}};
  return OnlyShipment(MapPush(callback.dump()));
}

/// A payload of those SF sends of an order, at one of a few moments, so that they collide.
model::ShipmentFacts AnyPayload() {
  const std::int64_t at = *rc::gen::inRange<std::int64_t>(0, 8);
  const json both{{"sf_order_id", kSfNumber}, {"shop_order_id", kNumber}};
  const auto with = [&both](const json& more) {
    json all = both;
    all.update(more);
    return all;
  };
  const auto status =
      *rc::gen::elementOf(std::vector<int>{1, 2, 10, 12, 14, 15, 17, 22, 28, 31, 77, 91});
  switch (*rc::gen::inRange(0, 6)) {
    case 0:
      return OnlyShipment(
          MapResult(with({{"push_time", kBegin}, {"real_pay_money", 1200}}), "createorder"));
    case 1:
      return OnlyShipment(
          MapResult(with({{"total_gratuity_fee", 100 * at}, {"push_time", kBegin + at}}),
                    "addordergratuityfee"));
    case 2:
      return OnlyShipment(MapResult({{"order_id", kSfNumber},
                                     {"out_order_id", kNumber},
                                     {"order_status", status},
                                     {"push_time", kBegin + at}},
                                    "getorderstatus"));
    case 3:
      return OnlyShipment(MapResult(
          with({{"feed", {{{"order_status", status}, {"create_time", "2023-11-15 06:13:24"}}}}}),
          "listorderfeed"));
    case 4:
      return OnlyShipment(MapResult(with({{"rider_lng", "116.3"},
                                          {"rider_lat", "40.01"},
                                          {"upload_time", std::to_string(kBegin + at)}}),
                                    "riderlatestposition"));
    default:
      return CallbackAt(at, status);
  }
}

RC_GTEST_PROP(Arrival, MakesNoDifference, ()) {
  Story story;
  const auto count = *rc::gen::inRange(1, 8);
  for (int i = 0; i < count; ++i) story.push_back(AnyPayload());
  Story shuffled = story;
  const auto copies = *rc::gen::inRange<std::size_t>(0, story.size() + 1);
  shuffled.insert(shuffled.end(), story.begin(),
                  story.begin() + static_cast<std::ptrdiff_t>(copies));
  std::ranges::shuffle(shuffled, std::mt19937(*rc::gen::arbitrary<std::uint32_t>()));
  RC_ASSERT(Merged(story) == Merged(shuffled, true));
}

TEST(Arrival, OfEverySampleIsADeliveredShipment) {
  Story story;
  for (const AnswerSample& sample : kAnswerSamples) {
    if (std::string_view(sample.action) == "cancelorder") continue;
    story.push_back(OnlyShipment(MapPulled(ReadData(sample.file), sample.action)));
  }
  for (const char* file : kCallbackSamples) {
    if (std::string_view(file) == "callback_sf_cancel_2.json") continue;
    story.push_back(OnlyShipment(MapPush(CallbackBody(file))));
  }
  const ShipmentState state = Merged(story);
  EXPECT_EQ(state.status(), ShipmentStatus::kDelivered);
  EXPECT_EQ(state.platform_no(), kSfNumber);
}

TEST(Arrival, OfAGivenUpOrderGoesBackToSearching) {
  Story story{CallbackAt(1, 10), CallbackAt(2, 12), CallbackAt(3, 22)};
  EXPECT_EQ(Merged(story).status(), ShipmentStatus::kSearching);
  EXPECT_EQ(Merged(story).deciding()->rider_name, "");
  story.push_back(CallbackAt(4, 10));
  EXPECT_EQ(Merged(story).status(), ShipmentStatus::kAssigned);
}

}  // namespace
}  // namespace weir::mapping::sf_city
