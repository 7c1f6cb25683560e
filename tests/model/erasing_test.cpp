// SPDX-License-Identifier: Apache-2.0
#include "model/erasing.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/masking.hpp"
#include "tests/model/order_builders.hpp"
#include "tests/model/order_stories.hpp"

namespace weir::model::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr OurStamps kStamps{.version = 3, .created_at = {}, .updated_at = Instant::max()};

/// Of one story no two payloads have one digest: so it is with the digests of real ones.
std::vector<OrderFacts> FactsOfStory(const std::vector<Told>& story) {
  std::vector<OrderFacts> all;
  for (const Told& told : story) {
    auto facts = FactsOf(told);
    const auto digest = Digest(all.size() + 1);
    if (facts.snapshot) facts.snapshot->key.digest = digest;
    if (facts.extra) facts.extra->key.digest = digest;
    for (RefundFact& fact : facts.refunds) fact.digest = digest;
    all.push_back(std::move(facts));
  }
  return all;
}

/// The whole record's JSON.
std::string Whole(const OrderState& state) {
  std::string json;
  AppendOrderJson(json, kIdentity, Body(state), kStamps);
  return json;
}

OrderFacts Personal() {
  OrderSnapshot snapshot = Bare(1);
  snapshot.customer = {.name = "张三",
                       .phone = "13800000000",
                       .phone_extension = "9876",
                       .phone_kind = "virtual",
                       .address = "示例路1号",
                       .latitude = "31.230416",
                       .longitude = "121.473701",
                       .coordinate_system = "GCJ02"};
  snapshot.remark = "call 13800000000";
  snapshot.invoice = Invoice{.title = "张三公司", .tax_id = "91310000"};
  snapshot.items = {{.line = "1", .name = "牛肉饭", .note = "for 张三"}};
  OrderFacts facts = Facts(std::move(snapshot));
  facts.extra = ExtraFact{.event = "paid", .members = R"({"backup":"13800000000"})"};
  facts.refunds = {{.id = "7001", .reason = "张三 is not at home"}};
  return facts;
}

TEST(ErasingTest, NothingOfTheCustomerIsLeft) {
  OrderState state = Merged();
  state.Merge(Personal());
  state.Erase();
  for (const auto& text : {Encoded(state), Whole(state)}) {
    for (const auto* personal : {"张三", "13800000000", "9876", "示例路", "31.2", "91310000"}) {
      EXPECT_THAT(text, Not(HasSubstr(personal)));
    }
  }
  EXPECT_THAT(Whole(state), HasSubstr("牛肉饭"));
}

TEST(ErasingTest, AStateErasedIsOneOfErasedFacts) {
  CheckMany(2000, [] {
    OrderState state;
    OrderState expected;
    for (const OrderFacts& facts : FactsOfStory(*Stories())) {
      OrderFacts erased = facts;
      Erase(erased);
      state.Merge(facts);
      expected.Merge(std::move(erased));
    }
    state.Erase();
    expected.Erase();  // a story may be empty
    RC_ASSERT(Encoded(state) == Encoded(expected));
  });
}

TEST(ErasingTest, JsonErasedIsThatOfTheErasedState) {
  CheckMany(2000, [] {
    OrderState state;
    for (OrderFacts& facts : FactsOfStory(*Stories())) state.Merge(std::move(facts));
    std::string erased;
    RC_ASSERT(AppendErased(erased, Whole(state)));
    state.Erase();
    RC_ASSERT(erased == Whole(state));
    std::string again;
    RC_ASSERT(AppendErased(again, erased));
    RC_ASSERT(again == erased);
  });
}

TEST(ErasingTest, WhatComesLaterIsErasedToo) {
  OrderState state = Merged();
  state.Merge(Personal());
  state.Erase();
  OrderFacts later = Personal();
  later.snapshot->key.updated_at = At(9);
  later.snapshot->key.digest = Digest(9);
  later.snapshot->totals.paid = Fen(3200);
  state.Merge(std::move(later));
  EXPECT_TRUE(state.erased());
  EXPECT_THAT(Encoded(state), Not(HasSubstr("13800000000")));
  EXPECT_EQ(Json(state)["totals"]["paid"], 3200);
}

TEST(ErasingTest, TheMarkShowsAsAnIssue) {
  OrderState state = Merged(Bare(1));
  EXPECT_FALSE(state.erased());
  state.Erase();
  EXPECT_EQ(Json(state)["issues"].at(0)["code"], "erased");
}

TEST(ErasingTest, OtherTextIsNotErased) {
  std::string out = "before";
  for (const auto* text : {"", "null", R"({"issues":7})", R"({"issues":[])"}) {
    EXPECT_FALSE(AppendErased(out, text)) << text;
  }
  EXPECT_EQ(out, "before");
}

TEST(BodyOfTest, TakesTheBodyOutOfTheWhole) {
  CheckMany(500, [] {
    OrderState state;
    for (OrderFacts& facts : FactsOfStory(*Stories())) state.Merge(std::move(facts));
    RC_ASSERT(BodyOf(Whole(state), kIdentity, kStamps) == Body(state));
  });
}

TEST(BodyOfTest, OfAnotherTextThereIsNone) {
  const std::string json = Whole(Merged(Bare(1)));
  EXPECT_NE(BodyOf(json, kIdentity, kStamps), "");
  EXPECT_EQ(BodyOf(json, kIdentity, {.version = 4}), "");
  EXPECT_EQ(BodyOf(json.substr(1), kIdentity, kStamps), "");
  EXPECT_EQ(BodyOf("{}", kIdentity, kStamps), "");
}

}  // namespace
}  // namespace weir::model::testing
