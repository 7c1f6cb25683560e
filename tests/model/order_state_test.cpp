// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/model/order_builders.hpp"

namespace weir::model::testing {
namespace {

using nlohmann::json;

OrderSnapshot DetailRead(int updated) {
  OrderSnapshot snapshot = Bare(updated);
  snapshot.key.klass = SnapshotKey::Class::kDetailRead;
  return snapshot;
}

OrderFacts Edited(std::optional<Instant> sent_at) {
  OrderFacts facts;
  facts.wants_reread = true;
  facts.sent_at = sent_at;
  return facts;
}

OrderFacts ReadAsked(Instant at, bool complete = true) {
  OrderFacts facts = Facts(DetailRead(0));
  facts.snapshot->key.complete = complete;
  facts.sent_at = at;
  return facts;
}

OrderState MergedFacts(std::initializer_list<OrderFacts> all) {
  OrderState state;
  for (const OrderFacts& facts : all) {
    state.Merge(facts);
  }
  return state;
}

TEST(OrderReread, IsWantedUntilTheFirstSnapshot) {
  OrderState state = Merged(Reached(OrderStatus::kAccepted, 1));
  EXPECT_TRUE(state.partial());
  EXPECT_TRUE(state.wants_reread());
  state.Merge(Facts(Bare(0)));
  EXPECT_FALSE(state.partial());
  EXPECT_FALSE(state.wants_reread());
}

TEST(OrderReread, IsWantedWhileAllSnapshotsAreDegraded) {
  OrderSnapshot degraded = Bare(9);
  degraded.key.complete = false;
  EXPECT_TRUE(Merged(degraded).wants_reread());
  EXPECT_FALSE(Merged(degraded, Bare(0)).wants_reread());
}

TEST(OrderReread, AnEditIsAnsweredByADetailReadAskedNoEarlier) {
  const OrderFacts birth = Facts(Bare(0));
  EXPECT_TRUE(MergedFacts({birth, Edited(At(5))}).wants_reread());
  EXPECT_TRUE(MergedFacts({birth, Edited(At(5)), ReadAsked(At(4))}).wants_reread());
  EXPECT_FALSE(MergedFacts({birth, Edited(At(5)), ReadAsked(At(5))}).wants_reread());
  EXPECT_FALSE(MergedFacts({ReadAsked(At(5)), birth, Edited(At(5))}).wants_reread());
}

TEST(OrderReread, ADegradedReadAnswersNothing) {
  EXPECT_TRUE(MergedFacts({Facts(Bare(9)), Edited(At(5)), ReadAsked(At(6), false)}).wants_reread());
}

TEST(OrderReread, AnEditWithoutTimeIsAnsweredByAnyDetailRead) {
  EXPECT_TRUE(MergedFacts({Facts(Bare(0)), Edited({})}).wants_reread());
  EXPECT_FALSE(MergedFacts({ReadAsked(At(1)), Edited({})}).wants_reread());
}

TEST(OrderReread, IsWantedWhenATimelessEventContradictsTheTimedOnes) {
  const DeliveryFact timed{.status = ShipmentStatus::kAssigned, .at = At(3)};
  const DeliveryFact later{.status = ShipmentStatus::kPickedUp, .sent_at = At(4)};
  DeliveryFact earlier = later;
  earlier.sent_at = At(2);
  DeliveryFact same = timed;
  same.at = {};
  same.sent_at = At(9);
  EXPECT_TRUE(Merged(Bare(0), timed, later).wants_reread());
  EXPECT_FALSE(Merged(Bare(0), timed, earlier).wants_reread());
  EXPECT_FALSE(Merged(Bare(0), timed, same).wants_reread());
  EXPECT_FALSE(MergedFacts({Facts(timed), Facts(later), ReadAsked(At(4))}).wants_reread());
}

TEST(OrderState, APartialRecordCanBeWritten) {
  const json record = Json(Merged(Reached(OrderStatus::kAccepted, 1)));
  EXPECT_EQ(record["kind"], nullptr);
  EXPECT_EQ(record["store"], nullptr);
  EXPECT_EQ(record["placed_at"], nullptr);
  EXPECT_EQ(record["expected"], nullptr);
  EXPECT_EQ(record["items"], json::array());
  EXPECT_EQ(record["totals"]["refunded"], 0);
  EXPECT_EQ(record["status"], "accepted");
  EXPECT_EQ(record["issues"], json::array());
}

TEST(OrderState, IncompleteShowsUntilASnapshotComes) {
  OrderState state = Merged(Reached(OrderStatus::kAccepted, 1));
  state.AddIssue({.code = "incomplete", .detail = "no snapshot"});
  state.AddIssue({.code = "incomplete", .detail = "no snapshot"});
  EXPECT_EQ(Json(state)["issues"].size(), 1U);
  state.Merge(Facts(Bare(0)));
  EXPECT_EQ(Json(state)["issues"], json::array());
}

TEST(OrderState, IssuesOfFactsAreASet) {
  OrderFacts facts;
  facts.issues = {{.code = "unknown_status", .detail = "7"}};
  EXPECT_EQ(Json(MergedFacts({facts, facts}))["issues"],
            json::parse(R"([{"code":"unknown_status","detail":"7"}])"));
}

TEST(OrderState, AnUnlinkedShopIsAnIssue) {
  OrderSnapshot snapshot = Bare(0);
  snapshot.platform_shop = "shop_009";
  const json record = Json(Merged(snapshot));
  EXPECT_EQ(record["store"], nullptr);
  EXPECT_EQ(record["issues"][0], json::parse(R"({"code":"unmapped_store","detail":"shop_009"})"));
  snapshot.platform_shop = "shop_001";
  EXPECT_EQ(Json(Merged(snapshot))["store"], "sh-001");
}

TEST(OrderState, UnmappedSkusAreOneIssue) {
  OrderSnapshot snapshot = Bare(0);
  Item plain;
  plain.platform_sku = "F002";
  Item set;
  set.platform_sku = "F001-L";
  set.components.resize(2);
  set.components[0].platform_sku = "C1";
  set.components[1].platform_sku = "F002";
  snapshot.items = {plain, set, Item{}};
  const json record = Json(Merged(snapshot));
  EXPECT_EQ(record["items"][0]["sku"], nullptr);
  EXPECT_EQ(record["items"][1]["sku"], "ERP-1001");
  EXPECT_EQ(record["issues"], json::parse(R"([{"code":"unmapped_sku","detail":"F002,C1"}])"));
}

TEST(OrderState, WithoutLookupsNothingIsLinked) {
  OrderSnapshot snapshot = Bare(0);
  snapshot.platform_shop = "shop_001";
  EXPECT_EQ(Json(Merged(snapshot), Surroundings{})["store"], nullptr);
}

struct QuantityCase {
  const char* quantity;
  const char* expected;
};

TEST(OrderState, IntegralQuantitiesAreNumbersOthersText) {
  constexpr QuantityCase kCases[] = {{"2", "2"},        {"0", "0"},         {"0.35", "\"0.35\""},
                                     {"", "\"\""},      {"007", "\"007\""}, {"-1", "\"-1\""},
                                     {"1e9", "\"1e9\""}};
  for (const auto& [quantity, expected] : kCases) {
    OrderSnapshot snapshot = Bare(0);
    snapshot.items.emplace(1);
    snapshot.items->front().quantity = quantity;
    EXPECT_EQ(Json(Merged(snapshot))["items"][0]["quantity"].dump(), expected);
  }
}

TEST(OrderState, AcceptByCountsFromPayingElseFromPlacing) {
  Surroundings around = Linked();
  OrderSnapshot snapshot = Bare(0);
  snapshot.placed_at = At(0);
  EXPECT_EQ(Json(Merged(snapshot), around)["accept_by"], nullptr);
  around.accept_within = std::chrono::minutes(15);
  EXPECT_EQ(Json(Merged(snapshot), around)["accept_by"], ToRfc3339(At(900)));
  snapshot.paid_at = At(60);
  EXPECT_EQ(Json(Merged(snapshot), around)["accept_by"], ToRfc3339(At(960)));
  EXPECT_EQ(Json(Merged(Bare(0)), around)["accept_by"], nullptr);
}

TEST(OrderState, AcceptByStopsAtTheEndOfTime) {
  Surroundings around = Linked();
  around.accept_within = std::chrono::minutes(15);
  OrderSnapshot snapshot = Bare(0);
  snapshot.placed_at = Instant::max();
  EXPECT_EQ(Json(Merged(snapshot), around)["accept_by"], ToRfc3339(Instant::max()));
}

TEST(OrderState, UrgedStaysUrged) {
  OrderFacts urge;
  urge.urged = true;
  EXPECT_EQ(Json(MergedFacts({urge, Facts(Bare(0))}))["urged"], true);
}

TEST(OrderSummary, TellsWhatKindOfChangeCame) {
  OrderSnapshot snapshot = Bare(0);
  snapshot.totals.paid = Fen(3200);
  const OrderState before = Merged(snapshot);
  const auto changed_by = [&before](OrderFacts facts) {
    OrderState after = before;
    after.Merge(std::move(facts));
    return after.Summarise();
  };
  const OrderState::Summary was = before.Summarise();
  EXPECT_NE(changed_by(Facts(Reached(OrderStatus::kAccepted, 1))).status, was.status);
  EXPECT_NE(changed_by(Facts(DeliveryFact{.at = At(1)})).delivery, was.delivery);
  EXPECT_NE(changed_by(Facts(Step(1, RefundStatus::kApplied))).refunds, was.refunds);
  snapshot.key.updated_at = At(9);
  EXPECT_EQ(changed_by(Facts(snapshot)), was);
  snapshot.totals.paid = Fen(3100);
  EXPECT_NE(changed_by(Facts(snapshot)).money, was.money);
}

}  // namespace
}  // namespace weir::model::testing
