// SPDX-License-Identifier: Apache-2.0
#include "sync/folder.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <optional>

#include "base/fake_time.hpp"
#include "storage/memory/memory_storage.hpp"
#include "sync/replay.hpp"
#include "sync/start.hpp"
#include "tests/sync/toy_rules.hpp"

namespace weir::sync::testing {
namespace {

class FolderTest : public ::testing::Test {
 protected:
  template <typename T>
  T Run(boost::asio::awaitable<T> work) {
    std::optional<T> done;
    boost::asio::co_spawn(io_, std::move(work), [&done](std::exception_ptr thrown, T result) {
      if (thrown) std::rethrow_exception(thrown);
      done = std::move(result);
    });
    io_.restart();
    io_.poll();
    return std::move(done).value();
  }

  void Append(const std::string& topic, storage::EntryKind kind = storage::EntryKind::kPush,
              const std::string& payload = "x") {
    std::vector<storage::NewEntry> entries(1);
    entries[0].envelope = {.kind = kind, .merchant = "m", .topic = topic};
    entries[0].payload = payload;
    ASSERT_TRUE(Run(storage_.Append(std::move(entries))).has_value());
  }

  void FoldAll(Folder& folder) { ASSERT_TRUE(Run(CatchUp(storage_, folder)).has_value()); }

  std::uint64_t VersionOf(const std::string& id) {
    auto row = Run(storage_.Load(storage::RecordKind::kOrder, "m", id));
    return row && *row ? (*row)->version : 0;
  }

  void Start(Folder& folder) { ASSERT_TRUE(Run(folder.Start()).has_value()); }

  boost::asio::io_context io_{1};
  FakeClock clock_;
  FakeTimer timer_{clock_};
  FoldQueue queue_{clock_, 1U << 20};
  storage::MemoryStorage storage_{clock_, timer_, &queue_};
  ToyRules rules_{storage_};
  // The toy platform's map says nothing; its records count entries.
  Mappers mappers_{{"", [](const mapping::Payload&) { return mapping::Mapped{}; }}};
};

TEST_F(FolderTest, FoldsEntriesInTheirOrder) {
  Folder folder(storage_, queue_, rules_, mappers_, clock_);
  Start(folder);
  for (int i = 0; i < 600; ++i) Append(i % 2 == 0 ? "a" : "b");
  FoldAll(folder);
  EXPECT_EQ(VersionOf("a"), 300);
  EXPECT_EQ(VersionOf("b"), 300);
  EXPECT_EQ(storage_.FeedEnd("m"), 600);
  EXPECT_EQ(storage_.view_position().offset, 600);
}

TEST_F(FolderTest, FoldsTheRestOfWhatCouldNotBeMappedInPart) {
  const Mappers mappers{{"", [](const mapping::Payload& payload) {
                           mapping::Mapped mapped;
                           mapped.unmappable = {.reason = "malformed_payload",
                                                .detail = "why",
                                                .in_part = payload.topic == "part"};
                           return mapped;
                         }}};
  Folder folder(storage_, queue_, rules_, mappers, clock_);
  Start(folder);
  for (const char* topic : {"part", "whole"}) Append(topic);
  FoldAll(folder);
  EXPECT_EQ(VersionOf("part"), 1);
  EXPECT_EQ(VersionOf("whole"), 0);
  EXPECT_EQ(Run(storage_.ListQuarantine("m", std::nullopt, 10))->size(), 2);
}

TEST_F(FolderTest, ParksWhatThrowsAndKeepsItsNeighbours) {
  Folder folder(storage_, queue_, rules_, mappers_, clock_);
  Start(folder);
  for (const char* topic : {"a", "poison", "a", "poison", "a"}) Append(topic);
  FoldAll(folder);
  EXPECT_EQ(VersionOf("a"), 3);
  EXPECT_EQ(storage_.FeedEnd("m"), 3);
  const auto parked = Run(storage_.ListQuarantine("m", std::nullopt, 10));
  ASSERT_EQ(parked->size(), 2);
  EXPECT_EQ(parked->front().position.offset, 4);
  EXPECT_EQ(parked->front().reason, "fold_failed");
}

TEST_F(FolderTest, ReadsFromTheJournalWhatTheQueueLetGo) {
  FoldQueue none(clock_, 0);
  Folder folder(storage_, none, rules_, mappers_, clock_);
  Start(folder);
  for (int i = 0; i < 1000; ++i) Append("a");
  FoldAll(folder);
  EXPECT_EQ(VersionOf("a"), 1000);
}

TEST_F(FolderTest, AnEarlierHolderOfTheLeaseIsRefused) {
  Folder first(storage_, queue_, rules_, mappers_, clock_);
  Start(first);
  Folder second(storage_, queue_, rules_, mappers_, clock_);
  Start(second);
  Append("a");
  const auto folded = Run(first.Step());
  ASSERT_FALSE(folded.has_value());
  EXPECT_EQ(folded.error().kind, ErrorKind::kConflict);
  FoldAll(second);
  EXPECT_EQ(VersionOf("a"), 1);
}

TEST_F(FolderTest, BatchesDoNotShowInTheResult) {
  Folder folder(storage_, queue_, rules_, mappers_, clock_, {.max_entries = 3});
  Start(folder);
  for (int i = 0; i < 20; ++i) Append(i % 3 == 0 ? "a" : "b");
  FoldAll(folder);

  storage::MemoryStorage scratch(clock_, timer_, nullptr);
  const auto report = Run(Replay(
      storage_, scratch, [](storage::Storage& both) { return std::make_unique<ToyRules>(both); },
      mappers_, clock_));
  ASSERT_TRUE(report.has_value());
  EXPECT_TRUE(report->identical());
  EXPECT_EQ(report->changes, 20);
  EXPECT_EQ(report->records, 2);
}

TEST_F(FolderTest, AReplayFindsAViewThatWasChanged) {
  Folder folder(storage_, queue_, rules_, mappers_, clock_);
  Start(folder);
  Append("a");
  FoldAll(folder);
  // A fold that counts otherwise stands for a view somebody wrote to.
  class Louder final : public FoldRules {
   public:
    explicit Louder(storage::Storage& storage) : toy_(storage) {}
    [[nodiscard]] std::uint32_t version() const override { return 1; }
    [[nodiscard]] bool NeedsAppliedView(const FoldInput& input) const override {
      return toy_.NeedsAppliedView(input);
    }
    boost::asio::awaitable<void> Fold(FoldInput& input, FoldBatch& batch) override {
      co_await toy_.Fold(input, batch);
      co_await toy_.Fold(input, batch);
    }
    void Reset() override { toy_.Reset(); }

   private:
    ToyRules toy_;
  };
  storage::MemoryStorage scratch(clock_, timer_, nullptr);
  const auto report = Run(Replay(
      storage_, scratch, [](storage::Storage& both) { return std::make_unique<Louder>(both); },
      mappers_, clock_));
  ASSERT_TRUE(report.has_value());
  EXPECT_FALSE(report->identical());
  EXPECT_FALSE(report->examples.empty());
}

TEST_F(FolderTest, AnEpochIsEnteredOnce) {
  Folder folder(storage_, queue_, rules_, mappers_, clock_);
  Start(folder);
  ASSERT_TRUE(Run(EnterEpoch(storage_, folder, rules_)).has_value());
  EXPECT_EQ(storage_.fold_version(), 1);
  const auto end = storage_.journal_end();
  ASSERT_TRUE(Run(EnterEpoch(storage_, folder, rules_)).has_value());
  EXPECT_EQ(storage_.journal_end(), end);
}

}  // namespace
}  // namespace weir::sync::testing
