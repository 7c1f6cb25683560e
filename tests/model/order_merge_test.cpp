// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <random>

#include "tests/model/order_builders.hpp"
#include "tests/model/order_stories.hpp"

/// The merge is a join: whatever the order, the duplication and the portions in which payloads
/// come, and wherever the state was stored and loaded between them, one record comes out.
namespace weir::model::testing {
namespace {

OrderState MergedInOrder(const std::vector<Told>& story) {
  OrderState state;
  for (const Told& told : story) {
    state.Merge(FactsOf(told));
  }
  return state;
}

/// The first difference a reader of the record could see, or one in the state alone.
void CheckSame(const OrderState& a, const OrderState& b) {
  RC_ASSERT(Body(a) == Body(b));
  RC_ASSERT(a.status() == b.status());
  RC_ASSERT(a.wants_reread() == b.wants_reread());
  RC_ASSERT(a.Summarise() == b.Summarise());
  RC_ASSERT(a == b);
  RC_ASSERT(Encoded(a) == Encoded(b));
}

OrderState Reloaded(const OrderState& state) {
  auto decoded = OrderState::Decode(Encoded(state));
  RC_ASSERT(decoded.has_value());
  return std::move(*decoded);
}

TEST(OrderMerge, TheOrderOfPayloadsDoesNotMatter) {
  CheckMany(10'000, [] {
    const auto story = *Stories();
    auto shuffled = story;
    std::ranges::shuffle(shuffled, std::mt19937(*rc::gen::arbitrary<std::uint32_t>()));
    CheckSame(MergedInOrder(shuffled), MergedInOrder(story));
  });
}

TEST(OrderMerge, DuplicatesChangeNothing) {
  CheckMany(2'000, [] {
    const auto story = *Stories();
    auto repeated = story;
    repeated.insert(repeated.end(), story.begin(), story.end());
    std::ranges::shuffle(repeated, std::mt19937(*rc::gen::arbitrary<std::uint32_t>()));
    CheckSame(MergedInOrder(repeated), MergedInOrder(story));
  });
}

TEST(OrderMerge, FactsOfOnePayloadMayComeApart) {
  CheckMany(2'000, [] {
    const auto story = *Stories();
    std::vector<OrderFacts> pieces;
    for (const Told& told : story) {
      std::ranges::move(Split(FactsOf(told)), std::back_inserter(pieces));
    }
    std::ranges::shuffle(pieces, std::mt19937(*rc::gen::arbitrary<std::uint32_t>()));
    OrderState state;
    for (OrderFacts& piece : pieces) {
      state.Merge(std::move(piece));
    }
    CheckSame(state, MergedInOrder(story));
  });
}

TEST(OrderMerge, StoringBetweenMergesChangesNothing) {
  CheckMany(2'000, [] {
    const auto story = *Stories();
    auto shuffled = story;
    std::ranges::shuffle(shuffled, std::mt19937(*rc::gen::arbitrary<std::uint32_t>()));
    OrderState state;
    for (const Told& told : shuffled) {
      state.Merge(FactsOf(told));
      state = Reloaded(state);
    }
    CheckSame(state, MergedInOrder(story));
  });
}

TEST(OrderMerge, EveryRecordIsJson) {
  CheckMany(1'000, [] {
    const OrderState state = MergedInOrder(*Stories());
    RC_ASSERT(nlohmann::json::accept("{" + Body(state) + "}"));
  });
}

TEST(OrderMerge, WhatDecidesNothingIsNotKept) {
  OrderState once = Merged(Bare(9));
  const OrderState state = Merged(Bare(1), Bare(9), Bare(5));
  EXPECT_EQ(state, once);
}

TEST(OrderMerge, ACopyIsAStateOfItsOwn) {
  const OrderState before = Merged(Reached(OrderStatus::kPlaced, 0));
  OrderState after = before;
  after.Merge(Facts(Reached(OrderStatus::kAccepted, 1)));
  EXPECT_EQ(before.status(), OrderStatus::kPlaced);
  EXPECT_EQ(after.status(), OrderStatus::kAccepted);
  after = before;
  EXPECT_EQ(after, before);
}

}  // namespace
}  // namespace weir::model::testing
