// SPDX-License-Identifier: Apache-2.0
#include "sync/rules.hpp"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "sync/errands.hpp"
#include "tests/model/order_builders.hpp"
#include "tests/sync/fold_scene.hpp"

namespace weir::sync::testing {
namespace {

using model::testing::At;
using model::testing::Bare;
using model::testing::Digest;

constexpr std::size_t kWaiting = 2 * kMaxRecordsPerEntry + 88;

model::OrderFacts Placed(std::string number, std::string shop, int second = 0) {
  model::OrderFacts facts;
  facts.platform_order_id = std::move(number);
  facts.snapshot = Bare(second);
  facts.snapshot->platform_shop = std::move(shop);
  facts.snapshot->key.digest = Digest(static_cast<std::uint64_t>(second));
  return facts;
}

ConnectionSetting Linked(std::string id, std::map<std::string, std::string> stores) {
  return {.id = std::move(id),
          .platform = "meituan",
          .stores = std::move(stores),
          .accept_within = std::nullopt};
}

class RulesTest : public ::testing::Test {
 protected:
  void PlaceManyOfAnUnlinkedShop() {
    scene_.Declare(Linked("mt-main", {}));
    for (std::size_t i = 0; i < kWaiting; ++i) {
      scene_.Push("mt-main", Placed(std::to_string(i), "shop_001"));
    }
    scene_.FoldAll();
  }

  std::size_t CountOf(const std::string& store) {
    storage::ListQuery query{.merchant = "demo", .store = store, .limit = 2 * kWaiting};
    return scene_.Must(scene_.Run(scene_.storage.List(std::move(query)))).records.size();
  }

  /// Appends and folds what is planned, until nothing is. Returns how many entries that took.
  std::size_t Republish() {
    Republisher republisher(scene_.storage);
    std::size_t entries = 0;
    while (scene_.Must(scene_.Run(republisher.Step())) > 0 && entries < 10) {
      ++entries;
      scene_.FoldAll();
    }
    return entries;
  }

  FoldScene scene_;
};

TEST(CachedOrders, OneThatLeftTheCacheWithinABatchIsGoneOnWith) {
  FoldScene scene(1);
  scene.Push("mt-main", Placed("1", "shop_001"));
  scene.Push("mt-main", Placed("2", "shop_001"));
  model::OrderFacts accepted;
  accepted.platform_order_id = "1";
  accepted.statuses.push_back({.status = model::OrderStatus::kAccepted, .at = At(5)});
  scene.Push("mt-main", accepted);
  scene.FoldAll();
  EXPECT_EQ(scene.Order("1")["version"], 2);
}

TEST_F(RulesTest, ALinkReachesNoMoreOrdersThanOneEntryMayChange) {
  PlaceManyOfAnUnlinkedShop();
  scene_.Declare(Linked("mt-main", {{"shop_001", "sh-001"}}));
  scene_.FoldAll();
  EXPECT_EQ(CountOf("sh-001"), kMaxRecordsPerEntry);
}

TEST_F(RulesTest, RepublishingReachesTheRestRoundByRound) {
  PlaceManyOfAnUnlinkedShop();
  scene_.Declare(Linked("mt-main", {{"shop_001", "sh-001"}}));
  scene_.FoldAll();
  EXPECT_EQ(Republish(), 2U);
  EXPECT_EQ(CountOf("sh-001"), kWaiting);
}

TEST_F(RulesTest, ShopsLinkedByOneEntryShareItsBudget) {
  scene_.Declare(Linked("mt-main", {}));
  for (std::size_t i = 0; i < kMaxRecordsPerEntry; ++i) {
    scene_.Push("mt-main", Placed("1" + std::to_string(i), "shop_001"));
    scene_.Push("mt-main", Placed("2" + std::to_string(i), "shop_002"));
  }
  scene_.FoldAll();
  scene_.Declare(Linked("mt-main", {{"shop_001", "sh-001"}, {"shop_002", "sh-002"}}));
  scene_.FoldAll();
  EXPECT_EQ(CountOf("sh-001") + CountOf("sh-002"), kMaxRecordsPerEntry);
  Republish();
  EXPECT_EQ(CountOf("sh-002"), kMaxRecordsPerEntry);
}

TEST_F(RulesTest, RepublishingEndsWhenTheLinkIsGoneAgain) {
  PlaceManyOfAnUnlinkedShop();
  scene_.Declare(Linked("mt-main", {{"shop_001", "sh-001"}}));
  scene_.Declare(Linked("mt-main", {}));
  scene_.FoldAll();
  EXPECT_EQ(Republish(), 1U);
}

TEST_F(RulesTest, AnOrderOfTwoConnectionsBelongsToTheSmallerId) {
  scene_.Declare(Linked("mt-b", {{"shop_001", "sh-b"}}));
  scene_.Declare(Linked("mt-a", {{"shop_001", "sh-a"}}));
  scene_.Push("mt-b", Placed("1", "shop_001"));
  scene_.FoldAll();
  EXPECT_EQ(scene_.Order("1")["store"], "sh-b");
  scene_.Push("mt-a", Placed("1", "shop_001"));
  scene_.FoldAll();
  EXPECT_EQ(scene_.Order("1")["connection"], "mt-a");
  EXPECT_EQ(scene_.Order("1")["store"], "sh-a");
}

TEST_F(RulesTest, ALinkOfTheConnectionItMovedToReachesAnOrder) {
  scene_.Declare(Linked("mt-b", {}));
  scene_.Declare(Linked("mt-a", {}));
  scene_.Push("mt-b", Placed("1", "shop_001"));
  scene_.Push("mt-a", Placed("1", "shop_001"));
  scene_.FoldAll();
  scene_.Declare(Linked("mt-b", {{"shop_001", "sh-b"}}));
  scene_.FoldAll();
  EXPECT_EQ(scene_.Order("1")["store"], nullptr);
  scene_.Declare(Linked("mt-a", {{"shop_001", "sh-a"}}));
  scene_.FoldAll();
  EXPECT_EQ(scene_.Order("1")["store"], "sh-a");
}

TEST_F(RulesTest, APlannedRereadMovesAlong) {
  model::OrderFacts urged;
  urged.platform_order_id = "1";
  urged.urged = true;
  scene_.Push("mt-b", urged);
  scene_.Push("mt-a", urged);
  scene_.FoldAll();
  const auto due = scene_.Must(scene_.Run(scene_.storage.DueWork("reread", Instant::max(), 10)));
  ASSERT_EQ(due.size(), 1U);
  EXPECT_EQ(due[0].detail, "mt-a");
}

TEST_F(RulesTest, AWishWithoutATimeIsOfTheMomentItCame) {
  model::OrderFacts read = Placed("1", "shop_001");
  read.snapshot->key.klass = model::SnapshotKey::Class::kDetailRead;
  read.sent_at = Instant(std::chrono::milliseconds(1));
  scene_.Push("mt-main", read);
  model::OrderFacts changed;
  changed.platform_order_id = "1";
  changed.wants_reread = true;
  scene_.Push("mt-main", changed);
  scene_.FoldAll();
  EXPECT_EQ(scene_.Must(scene_.Run(scene_.storage.DueWork("reread", Instant::max(), 10))).size(),
            1U);
}

class ConditionTest : public RulesTest {
 protected:
  void Pause(bool paused, std::uint64_t version) {
    nlohmann::json payload = nlohmann::json::parse(
        EncodeSetting(PauseSetting{.connection = "mt-main", .paused = paused}));
    payload[kIfVersions] = {{"pause/mt-main", version}};
    scene_.Append({.envelope = {.kind = storage::EntryKind::kSetting, .merchant = "demo"},
                   .payload = payload.dump()});
    scene_.FoldAll();
  }
  PauseSetting Now() {
    const auto row = scene_.Must(
        scene_.Run(scene_.storage.Read(storage::RecordKind::kSetting, "demo", "pause/mt-main")));
    EXPECT_EQ(row->state.find(kIfVersions), std::string::npos);
    return scene_.Must(DecodePauseSetting(row->state));
  }
};

TEST_F(ConditionTest, ASettingIsMadeWhileItsConditionHolds) {
  Pause(true, 0);
  EXPECT_TRUE(Now().paused);
  Pause(false, 1);
  EXPECT_FALSE(Now().paused);
}

TEST_F(ConditionTest, ASettingWhoseConditionIsPastFoldsToNothing) {
  Pause(true, 0);
  Pause(false, 0);
  EXPECT_TRUE(Now().paused);
}

/// The order's record after facts over three connections came in this order.
nlohmann::json RecordAfter(const std::vector<int>& arrival) {
  FoldScene scene;
  for (const char* id : {"mt-a", "mt-b", "mt-c"}) {
    scene.Declare(Linked(id, {{"shop_001", std::string("sh") + id}}));
  }
  for (const int fact : arrival) {
    const std::string connection = std::string("mt-") + static_cast<char>('a' + fact % 3);
    scene.Push(connection, Placed("1", "shop_001", fact / 3));
    if (fact % 2 == 0) scene.FoldAll();
  }
  scene.FoldAll();
  nlohmann::json record = scene.Order("1");
  for (const char* ours : {"version", "created_at", "updated_at"}) record.erase(ours);
  return record;
}

RC_GTEST_PROP(Rules, TheOrderOfArrivalOverConnectionsDoesNotMatter, ()) {
  auto arrival = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 9));
  RC_PRE(!arrival.empty());
  const nlohmann::json record = RecordAfter(arrival);
  std::ranges::reverse(arrival);
  RC_ASSERT(RecordAfter(arrival) == record);
  std::ranges::sort(arrival);
  RC_ASSERT(RecordAfter(arrival) == record);
}

}  // namespace
}  // namespace weir::sync::testing
