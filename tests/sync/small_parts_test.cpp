// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/fake_time.hpp"
#include "sync/backpressure.hpp"
#include "sync/fold_batch.hpp"
#include "sync/mappers.hpp"
#include "sync/order_changes.hpp"
#include "sync/settings.hpp"
#include "sync/trail.hpp"

namespace weir::sync::testing {
namespace {

TEST(FoldBatch, NumbersChangesBehindTheFeedOfTheirMerchant) {
  FoldBatch batch([](const std::string& merchant) { return merchant == "a" ? 7U : 0U; });
  EXPECT_EQ(batch.Publish({0, 1}, {.merchant = "a"}), 8);
  EXPECT_EQ(batch.Publish({0, 1}, {.merchant = "b"}), 1);
  EXPECT_EQ(batch.Publish({0, 2}, {.merchant = "a"}), 9);
  const auto rows = std::move(batch).Finish({0, 2});
  EXPECT_EQ(rows.changes[1].ordinal, 1);
  EXPECT_EQ(rows.changes[2].ordinal, 0);
}

TEST(FoldBatch, KeepsTheLastPutOfARecord) {
  FoldBatch batch([](const std::string&) { return std::uint64_t{0}; });
  batch.Put({.merchant = "m", .id = "x", .version = 1});
  batch.Put({.merchant = "m", .id = "y", .version = 1});
  batch.Put({.merchant = "m", .id = "x", .version = 2});
  const auto rows = std::move(batch).Finish({0, 1});
  ASSERT_EQ(rows.puts.size(), 2);
  EXPECT_EQ(rows.puts[0].version, 2);
}

TEST(FoldBatch, WorkThatIsDoneIsNoLongerPlanned) {
  FoldBatch batch([](const std::string&) { return std::uint64_t{0}; });
  batch.Plan({.merchant = "m", .kind = "reread", .subject = "x"});
  batch.Done({"m", "reread", "x"});
  const auto rows = std::move(batch).Finish({0, 1});
  EXPECT_TRUE(rows.works.empty());
  EXPECT_EQ(rows.works_done.size(), 1);
}

TEST(FoldBatch, WorkPlannedAgainStays) {
  FoldBatch batch([](const std::string&) { return std::uint64_t{0}; });
  batch.Done({"m", "reread", "x"});
  batch.Plan({.merchant = "m", .kind = "reread", .subject = "x"});
  const auto rows = std::move(batch).Finish({0, 1});
  EXPECT_EQ(rows.works.size(), 1);
  EXPECT_TRUE(rows.works_done.empty());
}

TEST(Backpressure, HoldsMoreTheFurtherTheFoldIsBehind) {
  FakeClock clock;
  clock.Advance(std::chrono::hours(1));
  Backpressure pressure(clock);
  EXPECT_EQ(pressure.Hold().count(), 0);
  pressure.NoteLag(1, std::chrono::milliseconds(100));
  const auto little = pressure.Hold();
  pressure.NoteLag(1, std::chrono::seconds(1));
  EXPECT_GT(pressure.Hold(), little);
  pressure.NoteLag(1, std::chrono::seconds(59));
  EXPECT_EQ(pressure.Hold(), std::chrono::milliseconds(500));
  EXPECT_EQ(pressure.Refusal(), nullptr);
  clock.Advance(std::chrono::seconds(1));
  EXPECT_STREQ(pressure.Refusal(), "lag");
  pressure.NoteLag(0, {});
  EXPECT_EQ(pressure.Refusal(), nullptr);
  pressure.NoteDiskFull(true);
  EXPECT_STREQ(pressure.Refusal(), "disk");
}

RC_GTEST_PROP(Trail, ComesBackAsItWas,
              (std::vector<std::pair<std::uint32_t, std::uint32_t>> items)) {
  std::vector<TrailItem> trail;
  for (const auto& [offset, seq] : items) trail.push_back({offset, seq});
  const auto back = DecodeTrail(EncodeTrail(trail));
  RC_ASSERT(back.size() == trail.size());
  for (std::size_t i = 0; i < back.size(); ++i) {
    RC_ASSERT(back[i].offset == trail[i].offset);
    RC_ASSERT(back[i].seq == trail[i].seq);
  }
}

TEST(Redriven, ComesBackAsItWas) {
  const Redriven redriven{.position = {0, 77},
                          .envelope = {.kind = storage::EntryKind::kPulled,
                                       .merchant = "m",
                                       .connection = "c",
                                       .platform = "meituan",
                                       .dialect = "json",
                                       .topic = "order/getOrderDetail",
                                       .received_at = Instant(std::chrono::seconds(5))},
                          .payload = std::string("\0\xff raw", 6)};
  const std::string bytes = EncodeRedriven(redriven);
  const auto back = DecodeRedriven(bytes);
  ASSERT_TRUE(back.has_value());
  EXPECT_EQ(back->position, redriven.position);
  EXPECT_EQ(back->envelope, redriven.envelope);
  EXPECT_EQ(back->payload, redriven.payload);
  for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
    EXPECT_FALSE(DecodeRedriven(std::string_view(bytes).substr(0, cut)).has_value());
  }
}

TEST(Settings, ComeBackAsTheyWere) {
  const ConnectionSetting setting{.id = "mt",
                                  .platform = "meituan",
                                  .stores = {{"shop", "store"}},
                                  .accept_within = std::chrono::minutes(5),
                                  .enabled = false};
  EXPECT_EQ(DecodeConnectionSetting(EncodeSetting(setting)).value(), setting);
  EXPECT_FALSE(DecodeConnectionSetting("{}").has_value());
  EXPECT_FALSE(DecodeStoreSetting("not json").has_value());
}

TEST(ChangeType, IsNamedAfterWhatMattersMost) {
  model::OrderState::Summary before;
  before.status = model::OrderStatus::kAccepted;
  auto after = before;
  EXPECT_EQ(ChangeType(before, after), "order.updated");
  after.money = 1;
  EXPECT_EQ(ChangeType(before, after), "order.amended");
  after.delivery = model::ShipmentStatus::kAssigned;
  EXPECT_EQ(ChangeType(before, after), "order.delivery_changed");
  after.refunds.emplace_back("1", model::RefundStatus::kApplied);
  EXPECT_EQ(ChangeType(before, after), "order.refund_applied");
  after.status = model::OrderStatus::kCompleted;
  EXPECT_EQ(ChangeType(before, after), "order.completed");
}

TEST(ChangeType, PlacedComesOnceOnly) {
  model::OrderState::Summary before;
  before.status = model::OrderStatus::kPendingPayment;
  auto after = before;
  after.status = model::OrderStatus::kPlaced;
  EXPECT_EQ(ChangeType(before, after), "order.updated");
}

}  // namespace
}  // namespace weir::sync::testing
