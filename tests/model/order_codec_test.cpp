// SPDX-License-Identifier: Apache-2.0
#include <random>

#include "tests/model/order_builders.hpp"
#include "tests/model/order_stories.hpp"

namespace weir::model::testing {
namespace {

OrderState StateOf(const std::vector<Told>& story) {
  OrderState state;
  for (const Told& told : story) {
    state.Merge(FactsOf(told));
  }
  return state;
}

/// Whatever is accepted is a state like any other: it can be stored, used and written down.
void CheckHarmless(const std::string& bytes) {
  const auto decoded = OrderState::Decode(bytes);
  if (decoded) {
    const auto again = OrderState::Decode(Encoded(*decoded));
    RC_ASSERT(again.has_value());
    RC_ASSERT(*again == *decoded);
    OrderState state = *decoded;
    state.Merge(Facts(Bare(1)));
    RC_ASSERT(!Body(state).empty());
    RC_ASSERT(state.Summarise() == state.Summarise());
  } else {
    RC_ASSERT(decoded.error().kind == ErrorKind::kMalformed);
  }
}

TEST(OrderCodec, WhatIsWrittenReadsBack) {
  CheckMany(2'000, [] {
    const OrderState state = StateOf(*Stories());
    const auto decoded = OrderState::Decode(Encoded(state));
    RC_ASSERT(decoded.has_value());
    RC_ASSERT(*decoded == state);
    RC_ASSERT(Body(*decoded) == Body(state));
  });
}

TEST(OrderCodec, FlippedBitsDoNoHarm) {
  CheckMany(5'000, [] {
    std::string bytes = Encoded(StateOf(*Stories()));
    std::mt19937 random(*rc::gen::arbitrary<std::uint32_t>());
    for (int flips = static_cast<int>(random() % 3) + 1; flips > 0; --flips) {
      bytes[random() % bytes.size()] ^= static_cast<char>(1U << random() % 8);
    }
    CheckHarmless(bytes);
  });
}

TEST(OrderCodec, RandomBytesDoNoHarm) {
  CheckMany(5'000, [] { CheckHarmless("\x01" + *rc::gen::arbitrary<std::string>()); });
}

TEST(OrderCodec, EveryCutIsNoticed) {
  CheckMany(50, [] {
    const std::string bytes = Encoded(StateOf(*Stories()));
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      RC_ASSERT(!OrderState::Decode(bytes.substr(0, size)).has_value());
    }
    RC_ASSERT(!OrderState::Decode(bytes + '\0').has_value());
  });
}

TEST(OrderCodec, ACountThatLiesMakesNoRoom) {
  // Version, no display id, and then a billion snapshots.
  EXPECT_FALSE(OrderState::Decode(std::string_view("\x01\x00\xff\xff\xff\xff\x03", 7)).has_value());
}

/// `bytes` with the four letters a and b in each other's place.
std::string Swapped(std::string bytes) {
  const std::size_t a = bytes.find("aaaa");
  const std::size_t b = bytes.find("bbbb");
  bytes.replace(a, 4, "bbbb").replace(b, 4, "aaaa");
  return bytes;
}

TEST(OrderCodec, AnOrderThatMergingNeverMakesIsRefused) {
  OrderFacts issues;
  issues.issues = {{.code = "aaaa", .detail = ""}, {.code = "bbbb", .detail = ""}};
  OrderFacts refunds;
  refunds.refunds = {Step(1, RefundStatus::kApplied), Step(1, RefundStatus::kApplied)};
  refunds.refunds[0].id = "aaaa";
  refunds.refunds[1].id = "bbbb";
  OrderState extras;
  for (const char* event : {"aaaa", "bbbb"}) {
    OrderFacts facts;
    facts.extra = ExtraFact{.event = event, .key = {}, .members = "{}"};
    extras.Merge(facts);
  }
  OrderState with_issues;
  with_issues.Merge(issues);
  OrderState with_refunds;
  with_refunds.Merge(refunds);
  for (const OrderState& state : {with_issues, with_refunds, extras}) {
    EXPECT_TRUE(OrderState::Decode(Encoded(state)).has_value());
    EXPECT_FALSE(OrderState::Decode(Swapped(Encoded(state))).has_value());
  }
}

TEST(OrderCodec, AnotherVersionIsRefused) {
  std::string bytes = Encoded(OrderState());
  bytes[0] = 2;
  EXPECT_FALSE(OrderState::Decode(bytes).has_value());
  EXPECT_FALSE(OrderState::Decode("").has_value());
}

}  // namespace
}  // namespace weir::model::testing
