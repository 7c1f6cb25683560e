// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/model/order_builders.hpp"

namespace weir::model::testing {
namespace {

constexpr auto kSearching = ShipmentStatus::kSearching;
constexpr auto kAssigned = ShipmentStatus::kAssigned;
constexpr auto kPickedUp = ShipmentStatus::kPickedUp;
constexpr auto kDelivered = ShipmentStatus::kDelivered;
constexpr auto kReturning = ShipmentStatus::kReturning;
constexpr auto kReturned = ShipmentStatus::kReturned;
constexpr auto kCancelled = ShipmentStatus::kCancelled;

DeliveryFact Timed(ShipmentStatus status, int second, std::uint64_t digest = 0) {
  return {.status = status, .at = At(second), .digest = Digest(digest)};
}

DeliveryFact Untimed(ShipmentStatus status, int sent, std::uint64_t digest = 0) {
  return {.status = status, .sent_at = At(sent), .digest = Digest(digest)};
}

struct Case {
  const char* name;
  std::vector<DeliveryFact> facts;
  ShipmentStatus expected;
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class DeliveryRule : public ::testing::TestWithParam<Case> {};

TEST_P(DeliveryRule, HoldsInAnyOrder) {
  const Case& c = GetParam();
  std::vector<std::size_t> order(c.facts.size());
  std::ranges::generate(order, [n = std::size_t{0}]() mutable { return n++; });
  do {
    OrderState state;
    for (const std::size_t i : order) {
      state.Merge(Facts(c.facts[i]));
    }
    EXPECT_EQ(Json(state)["delivery"]["status"], Name(c.expected));
    EXPECT_EQ(state.Summarise().delivery, c.expected);
  } while (std::ranges::next_permutation(order).found);
}

INSTANTIATE_TEST_SUITE_P(
    Rules, DeliveryRule,
    ::testing::Values(
        Case{"the_latest_wins", {Timed(kPickedUp, 1), Timed(kAssigned, 2)}, kAssigned},
        Case{"then_the_rank", {Timed(kPickedUp, 1), Timed(kAssigned, 1)}, kPickedUp},
        Case{"it_may_go_back_after_a_cancel",
             {Timed(kAssigned, 1), Timed(kCancelled, 2), Timed(kSearching, 3)},
             kSearching},
        Case{"delivered_is_not_left_for_a_cancel",
             {Timed(kDelivered, 1), Timed(kCancelled, 2)},
             kDelivered},
        Case{"delivered_is_left_for_returning",
             {Timed(kDelivered, 1), Timed(kReturning, 2)},
             kReturning},
        Case{
            "and_for_returned",
            {Timed(kReturned, 3), Timed(kDelivered, 1), Timed(kReturning, 2), Timed(kCancelled, 9)},
            kReturned},
        Case{"returning_is_left_without_a_delivery",
             {Timed(kReturning, 1), Timed(kCancelled, 2)},
             kCancelled},
        Case{"a_timeless_event_sets_what_no_timed_one_has", {Untimed(kAssigned, 1)}, kAssigned},
        Case{"and_yields_to_any_timed_one",
             {Untimed(kDelivered, 9), Timed(kAssigned, 1)},
             kAssigned},
        Case{"timeless_ones_compare_by_sending_time",
             {Untimed(kPickedUp, 1), Untimed(kAssigned, 2)},
             kAssigned},
        Case{"a_copys_sending_time_is_the_smallest",
             {Untimed(kPickedUp, 1, 7), Untimed(kPickedUp, 9, 7), Untimed(kAssigned, 2)},
             kAssigned},
        Case{"timeless_delivered_is_not_left_either",
             {Untimed(kDelivered, 1), Untimed(kCancelled, 2)},
             kDelivered}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(OrderDelivery, TheRiderBelongsToTheDecidingEvent) {
  DeliveryFact assigned = Timed(kAssigned, 1);
  assigned.rider_name = "李四";
  assigned.rider_phone = "13900000000";
  EXPECT_EQ(Json(Merged(assigned))["delivery"]["rider"],
            nlohmann::json::parse(R"({"name":"李四","phone":"13900000000"})"));
  EXPECT_EQ(Json(Merged(assigned, Timed(kSearching, 2)))["delivery"]["rider"],
            nlohmann::json::parse(R"({"name":"","phone":""})"));
}

TEST(OrderDelivery, TheDigestBreaksATieOfTimeAndRank) {
  DeliveryFact one = Timed(kAssigned, 1, 1);
  one.rider_name = "一";
  DeliveryFact two = Timed(kAssigned, 1, 2);
  two.rider_name = "二";
  EXPECT_EQ(Json(Merged(one, two))["delivery"]["rider"]["name"], "二");
  EXPECT_EQ(Merged(one, two), Merged(two, one));
}

TEST(OrderDelivery, CopiesSentAgainAreOneEvent) {
  DeliveryFact copy = Timed(kAssigned, 1);
  copy.sent_at = At(5);
  EXPECT_EQ(Merged(Timed(kAssigned, 1), copy), Merged(Timed(kAssigned, 1)));
}

TEST(OrderDelivery, MovesNoOrderStatusByItself) {
  EXPECT_EQ(Merged(Timed(kDelivered, 1)).status(), OrderStatus::kPlaced);
}

TEST(OrderDelivery, NamesTheLatestShipmentThatCarriesIt) {
  OrderState state = Merged(Timed(kAssigned, 1));
  // Numbered in base 32: "10" comes behind "z".
  for (const char* shipment : {"shp-z", "shp-10", "shp-y"}) state.LinkShipment(shipment);
  EXPECT_EQ(Json(state)["delivery"]["shipment"], "shp-10");
  EXPECT_EQ(Json(state)["delivery"]["mode"], "third_party");
}

TEST(OrderDelivery, AShipmentComesBackFromItsBytes) {
  OrderState state = Merged(Timed(kAssigned, 1));
  state.LinkShipment("shp-z");
  std::string bytes;
  state.Encode(bytes);
  EXPECT_EQ(OrderState::Decode(bytes).value(), state);
}

TEST(OrderDelivery, WithoutEventsHasOnlyAMode) {
  OrderSnapshot snapshot = Bare(0);
  snapshot.delivery_mode = DeliveryMode::kMerchant;
  EXPECT_EQ(
      Json(Merged(snapshot))["delivery"],
      nlohmann::json::parse(
          R"({"mode":"merchant","status":null,"rider":{"name":"","phone":""},"shipment":null})"));
}

}  // namespace
}  // namespace weir::model::testing
