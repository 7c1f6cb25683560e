// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "tests/storage/contract/storage_world.hpp"

namespace weir::storage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class HeardEntries : public EntrySink {
 public:
  void OnDurable(std::vector<DurableEntry> group) override {
    for (auto& entry : group) entries.push_back(std::move(entry));
  }
  std::vector<DurableEntry> entries;
};

std::vector<std::string> Payloads(const std::vector<Entry>& entries) {
  std::vector<std::string> payloads;
  payloads.reserve(entries.size());
  for (const auto& entry : entries) payloads.push_back(entry.payload);
  return payloads;
}

class WritingContract : public StorageContract {
 protected:
  std::vector<Entry> Scan(std::uint64_t from, std::size_t entries, std::size_t bytes) {
    return world->Run(storage.Scan({.offset = from}, entries, bytes)).value();
  }
};

TEST_F(WritingContract, PositionsAreDenseFromOne) {
  EXPECT_EQ(Append("a").offset, 1);
  EXPECT_EQ(Append("b").offset, 2);
  EXPECT_EQ(storage.journal_end().offset, 2);
  EXPECT_EQ(storage.journal_begin().offset, 1);
}

TEST_F(WritingContract, EntriesOfOneAppendFollowEachOther) {
  std::vector<NewEntry> entries(3);
  for (auto& entry : entries) entry.envelope.merchant = "demo";
  EXPECT_EQ(world->Run(storage.Append(std::move(entries)))->offset, 1);
  EXPECT_EQ(Append("next").offset, 4);
}

TEST_F(WritingContract, AnEntryComesBackAsItWent) {
  std::vector<NewEntry> entries(1);
  const Envelope envelope{.kind = EntryKind::kPulled,
                          .merchant = "demo",
                          .connection = "mt-main",
                          .platform = "meituan",
                          .dialect = "form",
                          .topic = "order/paid",
                          .received_at = At(77)};
  entries[0] = {.envelope = envelope, .payload = std::string("a\0b", 3)};
  std::ignore = world->Run(storage.Append(std::move(entries)));
  const auto found = Scan(1, 10, 1000);
  ASSERT_EQ(found.size(), 1);
  EXPECT_EQ(found[0].position.offset, 1);
  EXPECT_EQ(found[0].envelope, envelope);
  EXPECT_EQ(found[0].payload, std::string("a\0b", 3));
}

TEST_F(WritingContract, StampsNeverGoBack) {
  Append("a");
  world->clock.Jump(std::chrono::seconds(-60));
  Append("b");
  const auto found = Scan(1, 10, 1000);
  EXPECT_EQ(found.at(1).stamp, found.at(0).stamp);
}

TEST_F(WritingContract, AScanGoesOnWhereItIsTold) {
  for (const auto* payload : {"a", "b", "c", "d"}) Append(payload);
  EXPECT_THAT(Payloads(Scan(1, 2, 1000)), ElementsAre("a", "b"));
  EXPECT_THAT(Payloads(Scan(3, 2, 1000)), ElementsAre("c", "d"));
  EXPECT_THAT(Payloads(Scan(2, 1, 1000)), ElementsAre("b"));
}

TEST_F(WritingContract, AScanEndsWithItsBytesButBringsOne) {
  for (int i = 0; i < 3; ++i) Append(std::string(100, 'x'));
  EXPECT_EQ(Scan(1, 10, 150).size(), 2);
  EXPECT_EQ(Scan(1, 10, 0).size(), 1);
}

TEST_F(WritingContract, AScanAtTheEndFindsWhatComesLater) {
  Append("a");
  EXPECT_THAT(Scan(2, 10, 1000), IsEmpty());
  Append("b");
  EXPECT_THAT(Payloads(Scan(2, 10, 1000)), ElementsAre("b"));
}

TEST(WritingContractSink, HearsEachEntryOnceInOrder) {
  HeardEntries heard;
  const auto world = MakeStorageWorld(&heard);
  for (const auto* payload : {"a", "b"}) {
    std::vector<NewEntry> entries(1);
    entries[0].payload = payload;
    std::ignore = world->Run(world->storage().Append(std::move(entries)));
  }
  ASSERT_EQ(heard.entries.size(), 2);
  EXPECT_EQ(heard.entries[0].entry.position.offset, 1);
  EXPECT_EQ(heard.entries[1].entry.payload, "b");
}

TEST(WritingContractSink, AnAttachmentStandsForThePayload) {
  HeardEntries heard;
  const auto world = MakeStorageWorld(&heard);
  std::vector<NewEntry> entries(1);
  const auto facts = std::make_shared<int>(5);
  entries[0] = {.envelope = {}, .payload = "raw", .attachment = facts};
  std::ignore = world->Run(world->storage().Append(std::move(entries)));
  ASSERT_EQ(heard.entries.size(), 1);
  EXPECT_EQ(heard.entries[0].attachment, facts);
  EXPECT_EQ(heard.entries[0].entry.payload, "");
}

TEST_F(WritingContract, AFreshViewStandsAtTheStart) {
  EXPECT_EQ(storage.view_position(), Position{});
  EXPECT_EQ(storage.fold_version(), 0);
}

TEST_F(WritingContract, ABatchMovesTheView) {
  Append("a");
  Append("b");
  ASSERT_TRUE(world->Run(storage.Apply(fence, {}, {.through = {.offset = 2}})));
  EXPECT_EQ(storage.view_position().offset, 2);
}

TEST_F(WritingContract, ABatchFromElsewhereIsRefused) {
  ASSERT_TRUE(Apply({}));
  const auto applied = world->Run(storage.Apply(fence, {}, {.through = {.offset = 2}}));
  ASSERT_FALSE(applied);
  EXPECT_EQ(applied.error().kind, ErrorKind::kConflict);
  EXPECT_EQ(storage.view_position().offset, 1);
}

TEST_F(WritingContract, ALaterLeaseShutsTheEarlierHolderOut) {
  const auto later = world->Run(storage.AcquireLease(0)).value();
  EXPECT_GT(later.number, fence.number);
  const auto applied = world->Run(storage.Apply(fence, {}, {.through = {.offset = 1}}));
  ASSERT_FALSE(applied);
  EXPECT_EQ(applied.error().kind, ErrorKind::kConflict);
  EXPECT_TRUE(world->Run(storage.Apply(later, {}, {.through = {.offset = 1}})));
}

TEST_F(WritingContract, AnotherShardIsNotHere) {
  EXPECT_EQ(world->Run(storage.AcquireLease(1)).error().kind, ErrorKind::kNotFound);
}

TEST_F(WritingContract, AnEpochSetsTheFoldVersionAndOthersKeepIt) {
  ASSERT_TRUE(Apply({.fold_version = 7}));
  ASSERT_TRUE(Apply({}));
  EXPECT_EQ(storage.fold_version(), 7);
}

TEST_F(WritingContract, AGapInTheFeedRefusesTheWholeBatch) {
  const auto applied =
      Apply({.puts = {Order("o-1", 1, 2)}, .changes = {Change(1, "o-1"), Change(3, "o-1")}});
  ASSERT_FALSE(applied);
  EXPECT_EQ(applied.error().kind, ErrorKind::kInternal);
  EXPECT_EQ(storage.view_position().offset, 0);
  EXPECT_EQ(storage.FeedEnd("demo"), 0);
  EXPECT_FALSE(world->Run(storage.Read(RecordKind::kOrder, "demo", "o-1")).value());
}

TEST_F(WritingContract, ARepeatedNumberIsRefused) {
  ASSERT_TRUE(Apply({.changes = {Change(1, "o-1")}}));
  EXPECT_FALSE(Apply({.changes = {Change(1, "o-1")}}));
}

TEST_F(WritingContract, WorkGoesOnAfterARefusedBatch) {
  ASSERT_FALSE(Apply({.puts = {Order("o-1")}, .changes = {Change(9, "o-1")}}));
  const auto at = storage.view_position();
  ASSERT_TRUE(
      world->Run(storage.Apply(fence, at, {.through = {.offset = 1}, .puts = {Order("o-1")}})));
  EXPECT_EQ(world->Run(storage.Read(RecordKind::kOrder, "demo", "o-1")).value()->columns.platform,
            "meituan");
}

TEST_F(WritingContract, ACheckpointKeepsEverything) {
  ASSERT_TRUE(Apply({.puts = {Order("o-1")}}));
  ASSERT_TRUE(world->Run(storage.Checkpoint()));
  EXPECT_TRUE(world->Run(storage.Read(RecordKind::kOrder, "demo", "o-1")).value());
}

}  // namespace
}  // namespace weir::storage
