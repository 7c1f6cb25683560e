// SPDX-License-Identifier: Apache-2.0
#include "sync/dispatch_policy.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sync/shipment_request.hpp"

namespace weir::sync {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// 2026-11-22 10:00 in China.
const Instant kMorning = *ParseRfc3339("2026-11-22T02:00:00Z");

model::CourierQuote Offer(std::int64_t fen, std::optional<minutes> takes) {
  model::CourierQuote offer{.fee = Money::FromFen(fen)};
  if (takes) offer.deliver_at = kMorning + *takes;
  return offer;
}

DispatchPolicy By(DispatchBy by) {
  DispatchPolicy policy;
  policy.by = by;
  return policy;
}

const std::vector<model::CourierQuote> kOffers = {Offer(900, minutes(40)), Offer(700, std::nullopt),
                                                  Offer(1200, minutes(20))};

TEST(Pick, TakesThePreferredOfThoseThatWould) {
  EXPECT_EQ(Pick(By(DispatchBy::kPreferred), kMorning, kOffers), 0);
}

TEST(Pick, TakesTheCheapest) { EXPECT_EQ(Pick(By(DispatchBy::kCheapest), kMorning, kOffers), 1); }

TEST(Pick, TakesTheFastestOfThoseThatPromise) {
  EXPECT_EQ(Pick(By(DispatchBy::kFastest), kMorning, kOffers), 2);
}

TEST(Pick, WeighsPriceAgainstTime) {
  auto policy = By(DispatchBy::kWeighted);
  policy.price_weight = 10;
  EXPECT_EQ(Pick(policy, kMorning, std::span(kOffers).first(1)), 0);
  const std::vector<model::CourierQuote> two = {Offer(900, minutes(40)), Offer(1200, minutes(20))};
  EXPECT_EQ(Pick(policy, kMorning, two), 0);
  policy.price_weight = 1;
  policy.time_weight = 10;
  EXPECT_EQ(Pick(policy, kMorning, two), 1);
}

TEST(Pick, PassesOverWhatIsTooDear) {
  auto policy = By(DispatchBy::kPreferred);
  policy.ceiling = Money::FromFen(800);
  EXPECT_EQ(Pick(policy, kMorning, kOffers), 1);
  policy.ceiling = Money::FromFen(100);
  EXPECT_EQ(Pick(policy, kMorning, kOffers), std::nullopt);
}

TEST(CouriersFor, LeavesOutThoseThatWereTried) {
  DispatchPolicy policy;
  policy.couriers = {"a", "b", "c"};
  EXPECT_THAT(CouriersFor(policy, "sh-001", kMorning, {"b"}), ElementsAre("a", "c"));
}

TEST(CouriersFor, FollowsTheFirstRuleThatFits) {
  DispatchPolicy policy;
  policy.couriers = {"a"};
  policy.rules = {{.stores = {"sh-002"}, .couriers = {"b"}},
                  {.stores = {}, .from = 22 * 60, .to = 6 * 60, .couriers = {"night"}}};
  EXPECT_THAT(CouriersFor(policy, "sh-001", kMorning, {}), ElementsAre("a"));
  EXPECT_THAT(CouriersFor(policy, "sh-002", kMorning, {}), ElementsAre("b"));
  EXPECT_THAT(CouriersFor(policy, "sh-001", kMorning + hours(12), {}), ElementsAre("night"));
  EXPECT_THAT(CouriersFor(policy, "sh-001", kMorning + hours(19), {}), ElementsAre("night"));
  EXPECT_THAT(CouriersFor(policy, "sh-001", kMorning + hours(20), {}), ElementsAre("a"));
}

TEST(ShipmentRequest, ComesBackAsItWasKept) {
  const auto given = ReadShipmentRequest(
      R"({"order":"meituan-1","receiver":{"name":"张三","phone":"138","address":"示例路"},)"
      R"("goods":[{"name":"饭","quantity":"2","amount":3000}],"weight_g":500,"tip":200,)"
      R"("deliver_at":"2026-11-22T03:00:00.000Z","policy":{"by":"cheapest","couriers":["a","b"],)"
      R"("ceiling":1500,"accept_within_seconds":180,"rules":[{"from":60,"couriers":["c"]}]}})");
  ASSERT_TRUE(given) << given.error().message;
  EXPECT_EQ(given->policy.ceiling, Money::FromFen(1500));
  const auto kept = DecodeShipmentRequest(EncodeShipmentRequest(*given));
  ASSERT_TRUE(kept) << kept.error().message;
  EXPECT_EQ(*kept, *given);
}

TEST(ShipmentRequest, NamesWhatIsWrong) {
  const auto wrong = [](const char* body) { return ReadShipmentRequest(body).error().message; };
  EXPECT_THAT(wrong(R"({"weight_g":-1})"), HasSubstr("weight_g"));
  EXPECT_THAT(wrong(R"({"receiver":{"fax":"1"}})"), HasSubstr("receiver.fax"));
  EXPECT_THAT(wrong(R"({"policy":{"by":"nicest"}})"), HasSubstr("policy.by"));
  EXPECT_THAT(wrong(R"([1])"), HasSubstr("the body"));
}

}  // namespace
}  // namespace weir::sync
