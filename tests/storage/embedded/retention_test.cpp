// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "tests/storage/embedded/embedded_world.hpp"

namespace weir::storage {
namespace {

using testing::ElementsAre;

class RetentionTest : public testing::Test {
 protected:
  void SetUp() override {
    world.options.retention = {
        .feed = std::chrono::hours(24), .feed_least = 2, .journal = std::chrono::hours(24)};
    world.options.journal.segment_bytes = 8 << 10;
    ASSERT_TRUE(world.Open());
  }

  /// One entry that gives an order its next version, an hour after the last.
  void Publish(const std::string& id) {
    world.clock.Advance(std::chrono::hours(1));
    const auto seq = ++seq_;
    auto order = Order(id, seq, seq);
    auto change = Change(seq, id);
    change.at = order.columns.updated_at = world.clock.Now();
    ASSERT_TRUE(world.Apply({.puts = {order}, .changes = {change}}));
  }

  std::vector<std::uint64_t> Kept() {
    std::vector<std::uint64_t> all(seq_);
    for (std::uint64_t i = 0; i < seq_; ++i) all[i] = i + 1;
    std::vector<std::uint64_t> kept;
    for (const auto& change : world.Run(world.embedded->ReadChangesAt("demo", all)).value()) {
      kept.push_back(change.seq);
    }
    return kept;
  }

  std::uint64_t First() {
    return world.Run(world.embedded->ReadChanges("demo", 0, 1, {})).value().first;
  }

  EmbeddedWorld world;

 private:
  std::uint64_t seq_ = 0;
};

TEST_F(RetentionTest, YoungChangesStay) {
  for (int i = 0; i < 5; ++i) Publish("o-1");
  EXPECT_EQ(world.embedded->RemoveExpired()->changes, 0);
  EXPECT_EQ(First(), 1);
}

TEST_F(RetentionTest, OldChangesGo) {
  for (int i = 0; i < 5; ++i) Publish("o-1");
  world.clock.Advance(std::chrono::hours(22));
  EXPECT_EQ(world.embedded->RemoveExpired()->changes, 2) << "those of more than 24 hours ago";
  EXPECT_EQ(First(), 3);
  EXPECT_THAT(Kept(), ElementsAre(3, 4, 5));
}

TEST_F(RetentionTest, SoManyStayWhateverTheirAge) {
  for (int i = 0; i < 5; ++i) Publish("o-1");
  world.clock.Advance(std::chrono::hours(1000));
  EXPECT_EQ(world.embedded->RemoveExpired()->changes, 3);
  EXPECT_THAT(Kept(), ElementsAre(4, 5));
}

TEST_F(RetentionTest, WhatAnyKindOfRecordShowsStays) {
  std::uint64_t seq = 0;
  for (const RecordKind kind : kPublishedKinds) {
    auto row = Order("r-1", 1, ++seq);
    row.kind = kind;
    auto change = Change(seq, "r-1");
    change.at = row.columns.updated_at = world.clock.Now();
    ASSERT_TRUE(world.Apply({.puts = {row}, .changes = {change}}));
  }
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(world.Apply({.changes = {Change(++seq, "gone")}}));
  }
  world.clock.Advance(std::chrono::hours(1000));
  ASSERT_TRUE(world.embedded->RemoveExpired());
  for (const RecordKind kind : kPublishedKinds) {
    EXPECT_TRUE(world.Run(world.embedded->ReadPublished(kind, "demo", "r-1")).value());
  }
}

TEST_F(RetentionTest, AReadStartsAtTheFirstThatIsKept) {
  Publish("o-1");
  for (int i = 0; i < 4; ++i) Publish("o-2");
  world.clock.Advance(std::chrono::hours(1000));
  ASSERT_TRUE(world.embedded->RemoveExpired());
  const auto page = world.Run(world.embedded->ReadChanges("demo", 0, 10, {})).value();
  EXPECT_EQ(page.first, 4);
  EXPECT_EQ(page.changes.front().seq, 4) << "what stays for a record is not in the feed";
}

TEST_F(RetentionTest, WhatARecordShowsStaysForItAlone) {
  Publish("o-1");
  for (int i = 0; i < 4; ++i) Publish("o-2");
  world.clock.Advance(std::chrono::hours(1000));
  ASSERT_TRUE(world.embedded->RemoveExpired());
  EXPECT_THAT(Kept(), ElementsAre(1, 4, 5));
  const auto shown = world.Run(world.embedded->ReadPublished(RecordKind::kOrder, "demo", "o-1"));
  EXPECT_EQ(shown.value()->json, R"({"seq":1})");
  EXPECT_EQ(world.Run(world.embedded->List({.merchant = "demo"}))->records.size(), 2);
}

TEST_F(RetentionTest, ItGoesWhenTheRecordShowsAnother) {
  Publish("o-1");
  for (int i = 0; i < 4; ++i) Publish("o-2");
  world.clock.Advance(std::chrono::hours(1000));
  ASSERT_TRUE(world.embedded->RemoveExpired());
  Publish("o-1");
  EXPECT_THAT(Kept(), ElementsAre(4, 5, 6));
}

TEST_F(RetentionTest, NumbersGoOnAfterARestart) {
  for (int i = 0; i < 5; ++i) Publish("o-1");
  world.clock.Advance(std::chrono::hours(1000));
  ASSERT_TRUE(world.embedded->RemoveExpired());
  world.embedded.reset();
  ASSERT_TRUE(world.Open());
  EXPECT_EQ(world.embedded->FeedEnd("demo"), 5);
  EXPECT_EQ(First(), 4);
  Publish("o-1");
  EXPECT_EQ(world.embedded->FeedEnd("demo"), 6);
}

TEST_F(RetentionTest, ALongFeedIsCutInOneGo) {
  Batch batch;
  for (std::uint64_t seq = 1; seq <= 1000; ++seq) batch.changes.push_back(Change(seq, "o-1"));
  ASSERT_TRUE(world.Apply(std::move(batch)));
  EXPECT_EQ(world.embedded->RemoveExpired()->changes, 998);
  EXPECT_EQ(First(), 999);
}

TEST_F(RetentionTest, UpdatesBehindTheFeedsStartAreStillListed) {
  for (int i = 0; i < 5; ++i) Publish("o-" + std::to_string(i));
  const auto before_all = world.clock.Now() - std::chrono::hours(100);
  world.clock.Advance(std::chrono::hours(1000));
  ASSERT_TRUE(world.embedded->RemoveExpired());
  const ListQuery query{.merchant = "demo", .updated_after = before_all};
  EXPECT_EQ(world.Run(world.embedded->List(query))->records.size(), 5);
}

class JournalRetentionTest : public RetentionTest {
 protected:
  void Fill(int entries) {
    for (int i = 0; i < entries; ++i) {
      std::vector<NewEntry> appended(1);
      appended[0].payload.assign(500, static_cast<char>('a' + i % 20));
      for (int k = 0; k < 500; ++k) {
        appended[0].payload[static_cast<std::size_t>(k)] = static_cast<char>(k * (i + 7) % 251);
      }
      ASSERT_TRUE(world.Run(world.embedded->Append(std::move(appended))));
      const auto at = world.embedded->view_position();
      ASSERT_TRUE(world.Run(
          world.embedded->Apply(world.fence, at, {.through = {.offset = at.offset + 1}})));
    }
  }
};

TEST_F(JournalRetentionTest, SegmentsGoBeforeTheOlderOfTwoSnapshots) {
  Fill(60);
  world.clock.Advance(std::chrono::hours(48));
  EXPECT_EQ(world.embedded->RemoveExpired()->segments, 0) << "no snapshot yet";
  ASSERT_TRUE(world.embedded->TakeSnapshot());
  Fill(60);
  world.clock.Advance(std::chrono::hours(48));
  EXPECT_EQ(world.embedded->RemoveExpired()->segments, 0) << "one snapshot might be damaged";
  ASSERT_TRUE(world.embedded->TakeSnapshot());
  EXPECT_GT(world.embedded->RemoveExpired()->segments, 0);
  EXPECT_GT(world.embedded->journal_begin().offset, 1);
  EXPECT_LE(world.embedded->journal_begin().offset, 61);
}

TEST_F(JournalRetentionTest, YoungSegmentsStay) {
  Fill(60);
  ASSERT_TRUE(world.embedded->TakeSnapshot());
  Fill(60);
  ASSERT_TRUE(world.embedded->TakeSnapshot());
  EXPECT_EQ(world.embedded->RemoveExpired()->segments, 0);
}

TEST_F(JournalRetentionTest, WithoutViewAndSnapshotsACutJournalIsRefused) {
  Fill(60);
  ASSERT_TRUE(world.embedded->TakeSnapshot());
  Fill(60);
  ASSERT_TRUE(world.embedded->TakeSnapshot());
  world.clock.Advance(std::chrono::hours(48));
  ASSERT_GT(world.embedded->RemoveExpired()->segments, 0);
  world.embedded.reset();
  for (const auto& name : world.disk.List("data/snapshots").value()) {
    ASSERT_TRUE(world.disk.Remove("data/snapshots/" + name));
  }
  ASSERT_TRUE(world.disk.Remove("data/view.db"));
  const auto opened = world.Open();
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, ErrorKind::kMalformed);
  EXPECT_THAT(opened.error().message, testing::HasSubstr("put back a snapshot"));
}

}  // namespace
}  // namespace weir::storage
