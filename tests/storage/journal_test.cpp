// SPDX-License-Identifier: Apache-2.0
#include "storage/journal.hpp"

#include <gmock/gmock.h>

#include "base/seeded_random.hpp"
#include "tests/storage/journal_fixture.hpp"

namespace weir::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using JournalTest = JournalFixture;

/// Text that no compression makes shorter.
std::string Noise(std::size_t size) {
  static SeededRandom random(7);
  std::string bytes(size, '\0');
  random.Fill(std::as_writable_bytes(std::span(bytes)));
  return bytes;
}

TEST_F(JournalTest, FreshJournalIsEmpty) {
  Open();
  EXPECT_EQ(journal->end().offset, 0U);
  EXPECT_EQ(journal->begin().offset, 1U);
  EXPECT_THAT(Payloads(), IsEmpty());
}

TEST_F(JournalTest, EntriesComeBackAsTheyWent) {
  Open();
  const auto sent = MakeEntry("order_id=1&detail=%5B%5D");
  ASSERT_TRUE(Append(sent.payload));
  const auto entries = TryReadAll();
  ASSERT_TRUE(entries);
  ASSERT_THAT(*entries, SizeIs(1));
  EXPECT_EQ(entries->front().envelope, sent.envelope);
  EXPECT_EQ(entries->front().payload, sent.payload);
  EXPECT_EQ(entries->front().stamp, clock.Now());
  EXPECT_EQ(entries->front().position, (Position{.offset = 1}));
}

TEST_F(JournalTest, EntriesOutliveTheProcess) {
  Open();
  for (const auto* payload : {"", "a", "bb"}) ASSERT_TRUE(Append(payload));
  Open();
  EXPECT_THAT(Payloads(), ElementsAre("", "a", "bb"));
  EXPECT_EQ(journal->recovery().entries, 3U);
  EXPECT_EQ(journal->recovery().torn_bytes, 0U);
}

TEST_F(JournalTest, PositionsAreDenseAcrossGroupsAndStarts) {
  Open();
  std::vector<NewEntry> pair;
  pair.push_back(MakeEntry("1"));
  pair.push_back(MakeEntry("2"));
  const auto first = Begin(std::move(pair));
  const auto second = Begin("3");
  ASSERT_TRUE(journal->Step());
  Poll();
  EXPECT_EQ((*first)->value().offset, 1U);
  EXPECT_EQ((*second)->value().offset, 3U);
  Open();
  EXPECT_EQ(Append("4").value().offset, 4U);
  EXPECT_THAT(Payloads(), ElementsAre("1", "2", "3", "4"));
}

TEST_F(JournalTest, NobodyIsAnsweredBeforeTheFlush) {
  Open();
  const auto answer = Begin("a");
  Poll();
  EXPECT_FALSE(answer->has_value());
  EXPECT_EQ(journal->end().offset, 0U);
  EXPECT_TRUE(journal->Step().value());
  Poll();
  EXPECT_TRUE(answer->has_value());
}

TEST_F(JournalTest, StepWithoutWorkSaysSo) {
  Open();
  EXPECT_FALSE(journal->Step().value());
}

TEST_F(JournalTest, StampsNeverGoBack) {
  Open();
  ASSERT_TRUE(Append("a"));
  const auto before = clock.Now();
  clock.Jump(std::chrono::hours(-1));
  ASSERT_TRUE(Append("b"));
  Open();
  EXPECT_EQ(journal->last_stamp(), before);
  ASSERT_TRUE(Append("c"));
  const auto entries = TryReadAll();
  ASSERT_TRUE(entries);
  for (const auto& entry : *entries) EXPECT_EQ(entry.stamp, before);
}

TEST_F(JournalTest, SinkGetsEachEntryOnceWithItsAttachmentInsteadOfThePayload) {
  Open();
  std::vector<NewEntry> pair;
  pair.push_back(MakeEntry("plain"));
  pair.push_back(MakeEntry("mapped"));
  pair.back().attachment = std::make_shared<int>(42);
  Begin(std::move(pair));
  ASSERT_TRUE(journal->Step());
  ASSERT_THAT(sink.entries, SizeIs(2));
  EXPECT_EQ(sink.entries[0].entry.payload, "plain");
  EXPECT_EQ(sink.entries[1].entry.position.offset, 2U);
  EXPECT_EQ(sink.entries[1].entry.payload, "");
  EXPECT_EQ(*static_cast<const int*>(sink.entries[1].attachment.get()), 42);
}

TEST_F(JournalTest, RollsToFurtherSegments) {
  Open();
  std::vector<std::string> sent;
  for (int i = 0; i < 40; ++i) {
    sent.push_back(Noise(3000));
    ASSERT_TRUE(Append(sent.back()));
  }
  EXPECT_GE(Segments().size(), 10U);
  EXPECT_EQ(Payloads(), sent);
  Open();
  EXPECT_EQ(Payloads(), sent);
  EXPECT_EQ(Payloads(17), std::vector(sent.begin() + 16, sent.end()));
}

TEST_F(JournalTest, NextSegmentIsMadeReadyBeforeItIsNeeded) {
  options.segment_bytes = 64 << 10;
  Open();
  const auto spare = std::string(kFolder) + "/next.segment";
  for (int i = 0; i < 43; ++i) ASSERT_TRUE(Append(Noise(900)));
  EXPECT_EQ(Segments().size(), 1U);
  EXPECT_EQ(disk.ReadAll(Segments().front())->size(), options.segment_bytes);
  EXPECT_EQ(disk.ReadAll(spare)->size(), options.segment_bytes);
  journal.reset();
  EXPECT_FALSE(disk.Exists(spare).value());
}

TEST_F(JournalTest, ClosedSegmentsAreCutToWhatTheyHold) {
  Open();
  ASSERT_TRUE(Append(Noise(100)));
  Open();
  EXPECT_LT(disk.ReadAll(Segments().front())->size(), 5000U);
}

TEST_F(JournalTest, GroupLargerThanASegmentGetsItsOwn) {
  Open();
  const auto large = Noise(50'000);
  ASSERT_TRUE(Append("a"));
  ASSERT_TRUE(Append(large));
  ASSERT_TRUE(Append("b"));
  Open();
  EXPECT_THAT(Payloads(), ElementsAre("a", large, "b"));
}

TEST_F(JournalTest, StartsWithoutEntriesLeaveOneSegment) {
  Open();
  ASSERT_TRUE(Append("a"));
  for (int i = 0; i < 5; ++i) Open();
  EXPECT_THAT(Segments(), SizeIs(2));
}

TEST_F(JournalTest, ReaderSeesWhatIsAppendedLater) {
  Open();
  ASSERT_TRUE(Append("0"));
  auto reader = journal->Read({.offset = 1}).value();
  ASSERT_TRUE(reader->Next().value());
  for (int i = 1; i < 30; ++i) {
    EXPECT_FALSE(reader->Next().value()) << i;
    const auto payload = std::to_string(i) + Noise(1000);
    ASSERT_TRUE(Append(payload));
    const auto entry = reader->Next();
    ASSERT_TRUE(entry) << entry.error().message;
    ASSERT_TRUE(*entry);
    EXPECT_EQ((*entry)->payload, payload);
  }
}

TEST_F(JournalTest, ReadingAheadOfTheEndWaits) {
  Open();
  auto reader = journal->Read({.offset = 3}).value();
  for (const auto* payload : {"1", "2"}) ASSERT_TRUE(Append(payload));
  EXPECT_FALSE(reader->Next().value());
  ASSERT_TRUE(Append("3"));
  EXPECT_EQ(reader->Next().value()->payload, "3");
}

TEST_F(JournalTest, PublishedWatermarkIsFoundAtTheNextStart) {
  Open();
  ASSERT_TRUE(Append("a"));
  journal->NotePublished({.offset = 1});
  EXPECT_EQ(journal->published_at_open().offset, 0U);
  ASSERT_TRUE(Append("b"));
  Open();
  EXPECT_EQ(journal->published_at_open().offset, 1U);
  journal->NotePublished({.offset = 2});
  journal->NotePublished({.offset = 1});
  ASSERT_TRUE(Append("c"));
  Open();
  Open();
  EXPECT_EQ(journal->published_at_open().offset, 2U);
}

TEST_F(JournalTest, TooMuchQueuedIsRefused) {
  options.max_queued_bytes = 4000;
  Open();
  const auto first = Begin(Noise(5000));
  EXPECT_FALSE(first->has_value()) << "what is larger than the queue passes alone";
  const auto second = Begin("a");
  ASSERT_TRUE(second->has_value());
  EXPECT_EQ((*second)->error().kind, ErrorKind::kRateLimited);
  ASSERT_TRUE(journal->Step());
  EXPECT_TRUE(Append("b"));
}

TEST_F(JournalTest, EntriesBeyondTheLimitsAreRefused) {
  Open();
  std::vector<NewEntry> entries;
  EXPECT_EQ((*Begin(std::vector<NewEntry>()))->error().kind, ErrorKind::kRejected);
  entries.push_back(MakeEntry("a"));
  entries.front().envelope.topic = std::string(256, 't');
  EXPECT_EQ((*Begin(std::move(entries)))->error().kind, ErrorKind::kRejected);
}

TEST_F(JournalTest, ClosingAnswersThoseWhoWait) {
  Open();
  const auto answer = Begin("a");
  journal.reset();
  Poll();
  ASSERT_TRUE(answer->has_value());
  EXPECT_EQ((*answer)->error().kind, ErrorKind::kInternal);
}

TEST_F(JournalTest, EachExecutorResumesItsOwn) {
  Open();
  boost::asio::io_context other;
  bool here = false;
  bool there = false;
  const auto spawn = [&](boost::asio::io_context& context, bool& done) {
    std::vector<NewEntry> entries;
    entries.push_back(MakeEntry("a"));
    boost::asio::co_spawn(context, journal->Append(std::move(entries)),
                          [&](const std::exception_ptr&, const Result<Position>&) { done = true; });
    context.restart();
    context.poll();
  };
  spawn(io, here);
  spawn(other, there);
  ASSERT_TRUE(journal->Step());
  Poll();
  EXPECT_TRUE(here);
  EXPECT_FALSE(there);
  other.run();
  EXPECT_TRUE(there);
}

TEST_F(JournalTest, TinySegmentsAreRefused) {
  options.segment_bytes = 4096;
  EXPECT_EQ(TryOpen().error().kind, ErrorKind::kRejected);
}

}  // namespace
}  // namespace weir::storage
