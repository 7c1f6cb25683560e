// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <map>

#include "base/seeded_random.hpp"
#include "storage/journal_format.hpp"
#include "tests/storage/journal_fixture.hpp"

namespace weir::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class JournalDamageTest : public JournalFixture {
 protected:
  using Files = std::map<std::string, std::string>;

  JournalDamageTest() { options.segment_bytes = 8 << 10; }

  [[nodiscard]] Files Snapshot() const {
    Files files;
    for (const auto& path : Segments()) files[path] = disk.ReadAll(path).value();
    return files;
  }

  void Restore(const Files& files) {
    journal.reset();
    for (const auto& path : Segments()) ASSERT_TRUE(disk.Remove(path));
    for (const auto& [path, bytes] : files) ASSERT_TRUE(disk.Overwrite(path, bytes));
  }

  /// Ends the process without closing the journal.
  void Kill() {
    disk.KillProcess();
    journal.reset();
  }

  /// Where each group of a segment begins, and where the last ends.
  [[nodiscard]] static std::vector<std::size_t> GroupOffsets(const std::string& bytes) {
    std::vector<std::size_t> offsets{kGroupsBegin};
    for (;;) {
      const auto header = DecodeGroupHeader(std::string_view(bytes).substr(offsets.back()));
      if (!header) return offsets;
      offsets.push_back(offsets.back() + header->length);
    }
  }

  /// A journal of one segment with these groups, whose process was killed.
  Files MakeKilled(const std::vector<std::string>& payloads) {
    Open();
    for (const auto& payload : payloads) EXPECT_TRUE(Append(payload));
    Kill();
    return Snapshot();
  }

  void ExpectStop(const std::string& about) {
    const auto before = Snapshot();
    const auto opened = TryOpen();
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().kind, ErrorKind::kMalformed);
    EXPECT_THAT(opened.error().message, HasSubstr(about));
    EXPECT_THAT(opened.error().message, HasSubstr("backup"));
    EXPECT_EQ(Snapshot(), before) << "a start that stops changes nothing";
  }
};

TEST_F(JournalDamageTest, TailTornAnywhereIsCut) {
  const auto files = MakeKilled({"first", "second", "the third and last"});
  const auto& [path, bytes] = *files.begin();
  const auto offsets = GroupOffsets(bytes);
  ASSERT_EQ(offsets.size(), 4U);
  for (auto cut = offsets[2]; cut < offsets[3]; ++cut) {
    auto torn = bytes;
    std::fill(torn.begin() + static_cast<std::ptrdiff_t>(cut), torn.end(), '\0');
    Restore({{path, torn}});
    Open();
    ASSERT_THAT(Payloads(), ElementsAre("first", "second")) << cut;
    ASSERT_LE(journal->recovery().torn_bytes, cut - offsets[2]);
    ASSERT_EQ(journal->recovery().torn_bytes == 0, cut == offsets[2]);
    ASSERT_EQ(disk.ReadAll(path)->size(), offsets[2]);
    ASSERT_EQ(Append("new").value().offset, 3U);
    Open();
    ASSERT_THAT(Payloads(), ElementsAre("first", "second", "new"));
  }
}

TEST_F(JournalDamageTest, TailThatLacksItsBeginningIsCut) {
  const auto files = MakeKilled({"first", "second"});
  const auto& [path, bytes] = *files.begin();
  const auto offsets = GroupOffsets(bytes);
  for (auto from = offsets[1] + 1; from < offsets[2]; ++from) {
    auto torn = bytes;
    std::fill(torn.begin() + static_cast<std::ptrdiff_t>(offsets[1]),
              torn.begin() + static_cast<std::ptrdiff_t>(from), '\0');
    Restore({{path, torn}});
    Open();
    ASSERT_THAT(Payloads(), ElementsAre("first")) << from;
    ASSERT_GT(journal->recovery().torn_bytes, 0U);
  }
}

TEST_F(JournalDamageTest, FileEndingWithinTheLastGroupIsCut) {
  const auto files = MakeKilled({"first", "second"});
  const auto& [path, bytes] = *files.begin();
  const auto offsets = GroupOffsets(bytes);
  for (auto size = offsets[1]; size < offsets[2]; ++size) {
    Restore({{path, bytes.substr(0, size)}});
    Open();
    ASSERT_THAT(Payloads(), ElementsAre("first")) << size;
  }
}

TEST_F(JournalDamageTest, LastGroupIsWrittenAgainBeforeItCounts) {
  // It may stand in a cache alone, and be taken for clean since a flush failed.
  const auto files = MakeKilled({"first", "second"});
  std::vector<std::string> operations;
  disk.SetFault([&](std::string_view operation, std::string_view path) -> Result<void> {
    const bool changes = operation != "read" && operation != "open";
    if (changes && path == files.begin()->first) operations.emplace_back(operation);
    return {};
  });
  Open();
  disk.SetFault({});
  EXPECT_THAT(operations, ElementsAre("write", "truncate", "sync"));
}

TEST_F(JournalDamageTest, EachDamagedByteIsNoticedOrHarmless) {
  Open();
  for (const auto* payload : {"1", "2", "3"}) ASSERT_TRUE(Append(payload));
  Open();
  for (const auto* payload : {"4", "5"}) ASSERT_TRUE(Append(payload));
  const auto all = Payloads();
  const std::vector<std::string> without_last(all.begin(), all.end() - 1);
  Kill();
  const auto files = Snapshot();
  ASSERT_EQ(files.size(), 2U);
  SeededRandom random(1);
  for (const auto& [path, bytes] : files) {
    const auto used = GroupOffsets(bytes).back();
    for (std::size_t at = 0; at < bytes.size(); ++at) {
      const bool dull = (at > 80 && at < kGroupsBegin - 8) || at > used + 80;
      if (dull && at % 97 != 0) continue;
      auto damaged = files;
      auto& byte = damaged[path][at];
      byte = static_cast<char>(byte ^ (1 << random.Below(8)));
      Restore(damaged);
      const auto opened = TryOpen();
      if (!opened) {
        ASSERT_EQ(opened.error().kind, ErrorKind::kMalformed) << path << " " << at;
        ASSERT_EQ(Snapshot(), damaged);
        continue;
      }
      const auto entries = TryReadAll();
      if (!entries) {
        ASSERT_EQ(entries.error().kind, ErrorKind::kMalformed) << path << " " << at;
      } else if (Payloads() != all) {
        ASSERT_EQ(Payloads(), without_last) << path << " " << at;
        ASSERT_GT(journal->recovery().torn_bytes, 0U) << path << " " << at;
      }
    }
  }
}

TEST_F(JournalDamageTest, SoundGroupBehindADamagedOneStopsTheStart) {
  auto files = MakeKilled({"first", "second", "third"});
  auto& bytes = files.begin()->second;
  const auto offsets = GroupOffsets(bytes);
  for (const auto at : {offsets[0], offsets[0] + 70, offsets[1] + 20, offsets[1] + 70}) {
    auto damaged = files;
    auto& byte = damaged.begin()->second[at];
    byte = static_cast<char>(byte ^ 1);
    Restore(damaged);
    ExpectStop("is damaged, but a sound one follows");
  }
}

TEST_F(JournalDamageTest, GroupCopiedOverAnotherStopsTheStart) {
  auto files = MakeKilled({"first", "other"});
  auto& bytes = files.begin()->second;
  const auto offsets = GroupOffsets(bytes);
  bytes.replace(offsets[1], offsets[1] - offsets[0],
                bytes.substr(offsets[0], offsets[1] - offsets[0]));
  Restore(files);
  ExpectStop("does not follow");
}

TEST_F(JournalDamageTest, GroupCopiedOverAnotherIsFoundByReaders) {
  Open();
  for (const auto* payload : {"first", "other"}) ASSERT_TRUE(Append(payload));
  Open();
  ASSERT_TRUE(Append("third"));
  auto files = Snapshot();
  auto& bytes = files.begin()->second;
  const auto offsets = GroupOffsets(bytes);
  bytes.replace(offsets[1], offsets[1] - offsets[0],
                bytes.substr(offsets[0], offsets[1] - offsets[0]));
  Restore(files);
  Open();
  const auto reader = journal->Read({.offset = 1}).value();
  EXPECT_TRUE(reader->Next());
  EXPECT_EQ(reader->Next().error().kind, ErrorKind::kMalformed);
}

TEST_F(JournalDamageTest, PayloadThatLooksLikeAGroupDoesNotPassForOne) {
  std::string forged(kGroupHeaderBytes, '\0');
  AppendFrame(forged, MakeEntry("").envelope, "forged");
  CloseGroup(forged, {.count = 1, .first = 3}, 0);
  auto files = MakeKilled({"first", forged});
  auto& bytes = files.begin()->second;
  bytes[GroupOffsets(bytes)[1]] ^= 1;
  // Stored as it is, or the test would show nothing.
  ASSERT_NE(bytes.find(forged.substr(0, 16), kGroupsBegin + 64), std::string::npos);
  Restore(files);
  Open();
  EXPECT_THAT(Payloads(), ElementsAre("first"));
}

class JournalSegmentsTest : public JournalDamageTest {
 protected:
  /// Three segments with an entry each, and an empty fourth.
  void SetUp() override {
    for (const auto* payload : {"1", "2", "3"}) {
      Open();
      ASSERT_TRUE(Append(payload));
    }
    Open();
    Kill();
    files_ = Snapshot();
    ASSERT_EQ(files_.size(), 4U);
  }

  [[nodiscard]] static std::string Path(std::uint64_t first) {
    return std::string(kFolder) + "/" + SegmentName(first);
  }

  Files files_;
};

TEST_F(JournalSegmentsTest, MissingInTheMiddleStopsTheStart) {
  files_.erase(Path(2));
  Restore(files_);
  ExpectStop("a segment is missing");
}

TEST_F(JournalSegmentsTest, MissingBeforeTheEmptyLastStopsTheStart) {
  files_.erase(Path(3));
  Restore(files_);
  ExpectStop("a segment is missing");
}

TEST_F(JournalSegmentsTest, OlderOnesMayBeGone) {
  files_.erase(Path(1));
  Restore(files_);
  Open();
  EXPECT_EQ(journal->begin().offset, 2U);
  EXPECT_THAT(Payloads(2), ElementsAre("2", "3"));
  EXPECT_EQ(journal->Read({.offset = 1}).error().kind, ErrorKind::kNotFound);
}

TEST_F(JournalSegmentsTest, CopyUnderAnotherNameStopsTheStart) {
  files_[Path(9)] = files_[Path(2)];
  Restore(files_);
  ExpectStop("name");
}

TEST_F(JournalSegmentsTest, BlankLastIsOneThatWasNeverFinished) {
  for (const auto& blank : {std::string(), std::string(5000, '\0')}) {
    auto files = files_;
    files[Path(4)] = blank;
    Restore(files);
    Open();
    EXPECT_THAT(Payloads(), ElementsAre("1", "2", "3"));
    EXPECT_EQ(Append("4").value().offset, 4U);
  }
}

TEST_F(JournalSegmentsTest, BlankInTheMiddleStopsTheStart) {
  files_[Path(2)] = std::string(5000, '\0');
  Restore(files_);
  ExpectStop("damaged segment header");
}

TEST_F(JournalSegmentsTest, LeftoverSpareIsRemoved) {
  Restore(files_);
  const auto spare = std::string(kFolder) + "/next.segment";
  ASSERT_TRUE(disk.Overwrite(spare, "half made"));
  Open();
  EXPECT_FALSE(disk.Exists(spare).value());
}

TEST_F(JournalSegmentsTest, DamageInAnOldSegmentIsFoundByItsReaders) {
  files_[Path(1)][kGroupsBegin + 70] ^= 1;
  Restore(files_);
  Open();
  EXPECT_EQ(TryReadAll().error().kind, ErrorKind::kMalformed);
  EXPECT_THAT(Payloads(2), ElementsAre("2", "3"));
}

TEST_F(JournalSegmentsTest, DamageBehindTheLastDurableGroupOfAClosedSegmentIsIgnored) {
  files_[Path(1)] += "what a flush that failed left behind";
  Restore(files_);
  Open();
  EXPECT_THAT(Payloads(), ElementsAre("1", "2", "3"));
}

TEST_F(JournalSegmentsTest, EmptyLastOfAnotherChainStopsTheStart) {
  auto foreign = DecodeSegmentHeader(files_[Path(4)]).value();
  foreign.chain ^= 1;
  files_[Path(4)].replace(0, kSegmentHeaderBytes, EncodeSegmentHeader(foreign));
  Restore(files_);
  ExpectStop("is not the one the next segment follows");
}

TEST_F(JournalSegmentsTest, ReplacedSegmentIsFoundByItsReaders) {
  const auto second = files_[Path(2)];
  // Another journal's segment of the same name and neighbours, but not of this chain.
  auto foreign = DecodeSegmentHeader(second).value();
  foreign.chain ^= 1;
  files_[Path(2)].replace(0, kSegmentHeaderBytes, EncodeSegmentHeader(foreign));
  Restore(files_);
  Open();
  EXPECT_EQ(TryReadAll().error().kind, ErrorKind::kMalformed);
}

}  // namespace
}  // namespace weir::storage
