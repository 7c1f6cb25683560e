// SPDX-License-Identifier: Apache-2.0
#include "model/facts_codec.hpp"

#include <gtest/gtest.h>

#include "tests/model/order_builders.hpp"
#include "tests/model/order_stories.hpp"

namespace weir::model::testing {
namespace {

std::string Bytes(const auto& facts) {
  std::string bytes;
  Encode(bytes, facts);
  return bytes;
}

TEST(FactsCodecTest, WhatIsWrittenIsRead) {
  CheckMany(2000, [] {
    for (const Told& told : *Stories()) {
      OrderFacts facts = FactsOf(told);
      facts.platform = "meituan";
      facts.platform_order_id = "2701";
      facts.effect = static_cast<Effect>(told[0] % 3);
      const auto read = DecodeOrderFacts(Bytes(facts));
      RC_ASSERT(read.has_value());
      RC_ASSERT(Bytes(*read) == Bytes(facts));
      OrderState from_facts;
      OrderState from_read;
      from_facts.Merge(facts);
      from_read.Merge(*read);
      RC_ASSERT(from_read == from_facts);
      RC_ASSERT(read->effect == facts.effect);
    }
  });
}

TEST(FactsCodecTest, AStoresStateIsRead) {
  const StoreFact fact{.platform_shop = "shop_001", .state = "open", .at = At(1)};
  const auto read = DecodeStoreFact(Bytes(fact));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->platform_shop, "shop_001");
  EXPECT_EQ(read->at, At(1));
}

TEST(FactsCodecTest, AReviewIsRead) {
  ReviewFacts facts;
  facts.platform = "meituan";
  facts.platform_review_id = "70001";
  facts.content.rating = 40;
  facts.reply = ReviewReply{.key = {}, .text = "thanks", .at = At(1)};
  facts.erased = true;
  facts.effect = Effect::kState;
  const auto read = DecodeReviewFacts(Bytes(facts));
  ASSERT_TRUE(read);
  EXPECT_EQ(Bytes(*read), Bytes(facts));
  EXPECT_EQ(read->effect, Effect::kState);
  EXPECT_FALSE(DecodeReviewFacts(Bytes(facts) + "x"));
}

TEST(FactsCodecTest, OtherBytesAreRefused) {
  const std::string bytes = Bytes(Facts(Step(1, RefundStatus::kApplied)));
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(DecodeOrderFacts(bytes.substr(0, size))) << size;
  }
  EXPECT_FALSE(DecodeOrderFacts(bytes + "x"));
  EXPECT_FALSE(DecodeOrderFacts("\2" + bytes.substr(1)));
  EXPECT_FALSE(DecodeStoreFact(bytes));
}

}  // namespace
}  // namespace weir::model::testing
