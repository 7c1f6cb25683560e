// SPDX-License-Identifier: Apache-2.0
#include "base/memory_disk.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "base/seeded_random.hpp"

namespace weir {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::span<const std::byte> Bytes(std::string_view text) { return std::as_bytes(std::span(text)); }

class MemoryDiskTest : public testing::Test {
 protected:
  MemoryDiskTest() { EXPECT_TRUE(disk_.MakeFolder("/d")); }

  std::unique_ptr<File> Create(std::string_view path, std::string_view text = {}) {
    auto file = disk_.Open(path, OpenMode::kCreate).value();
    EXPECT_TRUE(file->WriteAt(0, Bytes(text)));
    return file;
  }

  /// A file whose bytes and name are durable.
  std::unique_ptr<File> CreateSynced(std::string_view path, std::string_view text) {
    auto file = Create(path, text);
    EXPECT_TRUE(file->Sync());
    EXPECT_TRUE(disk_.SyncFolder("/d"));
    return file;
  }

  [[nodiscard]] std::string Text(std::string_view path) const {
    return disk_.ReadAll(path).value_or("(absent)");
  }

  /// Cuts the power with these answers to what `choose` is asked.
  void CutPower(std::deque<std::uint64_t> answers) {
    disk_.CutPower([&answers](std::uint64_t bound) {
      const std::uint64_t answer = answers.at(0);
      answers.pop_front();
      EXPECT_LT(answer, bound);
      return answer;
    });
    EXPECT_THAT(answers, IsEmpty());
  }

  MemoryDisk disk_;
};

constexpr std::uint64_t kDropped = 0;
constexpr std::uint64_t kKept = 1;
constexpr std::uint64_t kCutShort = 2;

TEST_F(MemoryDiskTest, ACutLosesUnsyncedWrites) {
  const auto file = CreateSynced("/d/f", "abcdef");
  ASSERT_TRUE(file->WriteAt(2, Bytes("XYZ123")));
  disk_.CutPower();
  EXPECT_EQ(Text("/d/f"), "abcdef");
}

TEST_F(MemoryDiskTest, ACutLosesUnsyncedTruncation) {
  const auto file = CreateSynced("/d/f", "abcdef");
  ASSERT_TRUE(file->Truncate(1));
  ASSERT_TRUE(file->WriteAt(3, Bytes("Z")));
  disk_.CutPower();
  EXPECT_EQ(Text("/d/f"), "abcdef");
}

TEST_F(MemoryDiskTest, ACutKeepsSyncedWrites) {
  const auto file = CreateSynced("/d/f", "abc");
  ASSERT_TRUE(file->WriteAt(1, Bytes("X")));
  ASSERT_TRUE(file->Sync());
  disk_.CutPower();
  EXPECT_EQ(Text("/d/f"), "aXc");
}

TEST_F(MemoryDiskTest, ACutKeepsWhatWasAllocated) {
  const auto file = CreateSynced("/d/f", "ab");
  ASSERT_TRUE(file->Allocate(4));
  disk_.CutPower();
  EXPECT_EQ(Text("/d/f"), std::string("ab\0\0", 4));
}

TEST_F(MemoryDiskTest, EachUnsyncedWriteHasItsOwnFate) {
  const auto file = CreateSynced("/d/f", "........");
  ASSERT_TRUE(file->WriteAt(0, Bytes("AA")));
  ASSERT_TRUE(file->WriteAt(2, Bytes("BB")));
  ASSERT_TRUE(file->WriteAt(4, Bytes("CCCC")));
  CutPower({kDropped, kKept, kCutShort, 3});
  EXPECT_EQ(Text("/d/f"), "..BBCCC.");
}

TEST_F(MemoryDiskTest, ALaterWriteMayOutliveAnEarlierOne) {
  const auto file = CreateSynced("/d/f", "");
  ASSERT_TRUE(file->WriteAt(0, Bytes("AA")));
  ASSERT_TRUE(file->WriteAt(2, Bytes("BB")));
  CutPower({kDropped, kKept});
  EXPECT_EQ(Text("/d/f"), std::string("\0\0BB", 4));
}

TEST_F(MemoryDiskTest, AFileCreatedWithoutSyncingItsFolderIsGone) {
  ASSERT_TRUE(Create("/d/f", "text")->Sync());
  disk_.CutPower();
  EXPECT_EQ(disk_.Exists("/d/f"), false);
}

TEST_F(MemoryDiskTest, AFolderSyncDoesNotSyncBytes) {
  Create("/d/f", "text");
  ASSERT_TRUE(disk_.SyncFolder("/d"));
  disk_.CutPower();
  EXPECT_EQ(Text("/d/f"), "");
}

TEST_F(MemoryDiskTest, AnUnsyncedRemovalComesBack) {
  CreateSynced("/d/f", "text");
  ASSERT_TRUE(disk_.Remove("/d/f"));
  disk_.CutPower();
  EXPECT_EQ(Text("/d/f"), "text");
}

TEST_F(MemoryDiskTest, ASyncedRemovalStays) {
  CreateSynced("/d/f", "text");
  ASSERT_TRUE(disk_.Remove("/d/f"));
  ASSERT_TRUE(disk_.SyncFolder("/d"));
  disk_.CutPower();
  EXPECT_EQ(disk_.Exists("/d/f"), false);
}

TEST_F(MemoryDiskTest, AnUnsyncedRenameComesUndone) {
  CreateSynced("/d/old", "old");
  CreateSynced("/d/new", "new");
  ASSERT_TRUE(disk_.Rename("/d/new", "/d/old"));
  disk_.CutPower();
  EXPECT_EQ(Text("/d/old"), "old");
  EXPECT_EQ(Text("/d/new"), "new");
}

TEST_F(MemoryDiskTest, UnsyncedNamesMaySurviveTogether) {
  CreateSynced("/d/old", "old");
  CreateSynced("/d/new", "new");
  ASSERT_TRUE(disk_.Rename("/d/new", "/d/old"));
  CutPower({kKept});
  EXPECT_THAT(disk_.List("/d").value(), ElementsAre("old"));
  EXPECT_EQ(Text("/d/old"), "new");
}

TEST_F(MemoryDiskTest, WhatSurvivedOneCutSurvivesTheNext) {
  const auto file = CreateSynced("/d/f", "ab");
  ASSERT_TRUE(file->WriteAt(0, Bytes("X")));
  CutPower({kKept});
  disk_.CutPower();
  EXPECT_EQ(Text("/d/f"), "Xb");
}

TEST_F(MemoryDiskTest, ACutKillsHandlesAndFreesLocks) {
  const auto file = CreateSynced("/d/f", "text");
  const auto lock = disk_.Lock("/d/lock");
  disk_.CutPower();
  EXPECT_FALSE(file->WriteAt(0, Bytes("x")));
  EXPECT_FALSE(file->Sync());
  EXPECT_FALSE(file->Size());
  EXPECT_TRUE(disk_.Lock("/d/lock"));
}

TEST_F(MemoryDiskTest, ADeadHandleDoesNotFreeTheNextHoldersLock) {
  auto dead = disk_.Lock("/d/lock");
  disk_.KillProcess();
  const auto lock = disk_.Lock("/d/lock");
  ASSERT_TRUE(lock);
  dead->reset();
  EXPECT_FALSE(disk_.Lock("/d/lock"));
}

TEST_F(MemoryDiskTest, AKillKeepsWhatWasWrittenAndKillsHandles) {
  const auto file = Create("/d/f", "text");
  disk_.KillProcess();
  EXPECT_EQ(Text("/d/f"), "text");
  EXPECT_FALSE(file->Size());
}

TEST_F(MemoryDiskTest, AKillMakesNothingDurable) {
  const auto file = CreateSynced("/d/f", "ab");
  ASSERT_TRUE(file->WriteAt(0, Bytes("X")));
  disk_.KillProcess();
  disk_.CutPower();
  EXPECT_EQ(Text("/d/f"), "ab");
}

TEST_F(MemoryDiskTest, AFaultBecomesTheResult) {
  const auto file = CreateSynced("/d/f", "ab");
  disk_.SetFault([](std::string_view operation, std::string_view path) -> Result<void> {
    if (operation == "sync" && path == "/d/f") {
      return Fail(ErrorKind::kInternal, "the disk lost its mind");
    }
    return {};
  });
  ASSERT_TRUE(file->WriteAt(0, Bytes("X")));
  const auto synced = file->Sync();
  ASSERT_FALSE(synced);
  EXPECT_EQ(synced.error().message, "the disk lost its mind");
  disk_.SetFault({});
  disk_.CutPower();
  EXPECT_EQ(Text("/d/f"), "ab");
}

TEST_F(MemoryDiskTest, AFaultIsAskedBeforeEachOperation) {
  std::vector<std::string> asked;
  disk_.SetFault([&asked](std::string_view operation, std::string_view path) -> Result<void> {
    asked.push_back(std::string(operation) + " " + std::string(path));
    return {};
  });
  const auto file = Create("/d/f", "text");
  std::byte out{};
  ASSERT_TRUE(file->ReadAt(0, {&out, 1}));
  ASSERT_TRUE(file->Allocate(10));
  ASSERT_TRUE(file->Truncate(1));
  ASSERT_TRUE(file->Sync());
  ASSERT_TRUE(disk_.MakeFolder("/d/e"));
  ASSERT_TRUE(disk_.Rename("/d/f", "/d/g"));
  ASSERT_TRUE(disk_.Remove("/d/g"));
  ASSERT_TRUE(disk_.SyncFolder("/d"));
  ASSERT_TRUE(disk_.Lock("/d/lock"));
  EXPECT_THAT(asked, ElementsAre("open /d/f", "write /d/f", "read /d/f", "allocate /d/f",
                                 "truncate /d/f", "sync /d/f", "make_folder /d/e", "rename /d/f",
                                 "remove /d/g", "sync_folder /d", "lock /d/lock"));
}

TEST_F(MemoryDiskTest, AFaultMayCutThePower) {
  const auto file = CreateSynced("/d/f", "ab");
  disk_.SetFault([this](std::string_view, std::string_view) -> Result<void> {
    disk_.CutPower();
    return {};
  });
  EXPECT_FALSE(file->WriteAt(0, Bytes("X")));
  EXPECT_EQ(Text("/d/f"), "ab");
}

TEST_F(MemoryDiskTest, AFullDiskRefusesToGrow) {
  disk_.SetCapacity(10);
  const auto file = Create("/d/f", "12345678");
  EXPECT_EQ(disk_.FreeBytes("/d"), 2U);
  const auto written = file->WriteAt(8, Bytes("abc"));
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().kind, ErrorKind::kInternal);
  EXPECT_THAT(written.error().message, HasSubstr("no space left"));
  EXPECT_FALSE(file->Allocate(11));
  EXPECT_EQ(Text("/d/f"), "12345678");
}

TEST_F(MemoryDiskTest, AFullDiskOverwritesInPlace) {
  const auto file = Create("/d/f", "12345678");
  disk_.SetCapacity(8);
  EXPECT_TRUE(file->WriteAt(6, Bytes("ab")));
}

TEST_F(MemoryDiskTest, RemovingAFileFreesItsBytes) {
  disk_.SetCapacity(10);
  Create("/d/f", "12345678");
  ASSERT_TRUE(disk_.Remove("/d/f"));
  EXPECT_EQ(disk_.FreeBytes("/d"), 10U);
}

TEST_F(MemoryDiskTest, OverwriteIsDurable) {
  CreateSynced("/d/f", "text");
  ASSERT_TRUE(disk_.Overwrite("/d/f", "damaged"));
  ASSERT_TRUE(disk_.Overwrite("/d/g", "new"));
  disk_.CutPower();
  EXPECT_EQ(Text("/d/f"), "damaged");
  EXPECT_EQ(Text("/d/g"), "new");
}

TEST_F(MemoryDiskTest, OnePathHasManySpellings) {
  Create("/d//x/../f", "text");
  EXPECT_EQ(Text("/d/./f"), "text");
}

TEST_F(MemoryDiskTest, KnowsPathsRelativeToTheProcess) {
  ASSERT_TRUE(disk_.MakeFolder("data"));
  Create("data/f", "text");
  EXPECT_EQ(Text("./data/f"), "text");
  EXPECT_THAT(disk_.List(".").value(), ElementsAre("data"));
}

/// Any mix of writes, truncations and syncs: a cut gives back the bytes of the last sync.
RC_GTEST_PROP(MemoryDisk, ACutGivesBackTheLastSync, (std::uint64_t seed)) {
  SeededRandom random(seed);
  MemoryDisk disk;
  (void)disk.Overwrite("f", "");
  std::string now;
  std::string synced;
  const auto file = *disk.Open("f", OpenMode::kReadWrite);
  for (std::uint64_t left = random.Below(40); left > 0; --left) {
    const std::uint64_t action = random.Below(6);
    if (action == 0) {
      RC_ASSERT(file->Sync().has_value());
      synced = now;
    } else if (action == 1) {
      now.resize(random.Below(64));
      RC_ASSERT(file->Truncate(now.size()).has_value());
    } else {
      const std::uint64_t offset = random.Below(64);
      const std::string text(random.Below(16) + 1, static_cast<char>('a' + random.Below(26)));
      now.resize(std::max<std::size_t>(now.size(), offset + text.size()));
      now.replace(offset, text.size(), text);
      RC_ASSERT(file->WriteAt(offset, Bytes(text)).has_value());
    }
    RC_ASSERT(disk.ReadAll("f").value() == now);
  }
  disk.CutPower();
  RC_ASSERT(disk.ReadAll("f").value() == synced);
}

/// Whatever `choose` says, a byte is one that was synced or written there, or a gap's zero.
RC_GTEST_PROP(MemoryDisk, ACutInventsNothing, (std::uint64_t seed)) {
  SeededRandom random(seed);
  MemoryDisk disk;
  (void)disk.Overwrite("f", std::string(32, '.'));
  std::vector<std::string> possible(64, std::string(1, '\0'));
  std::fill_n(possible.begin(), 32, ".");
  const auto file = *disk.Open("f", OpenMode::kReadWrite);
  for (char letter = 'a'; letter < 'k'; ++letter) {
    const std::uint64_t offset = random.Below(48);
    const std::string text(random.Below(16) + 1, letter);
    RC_ASSERT(file->WriteAt(offset, Bytes(text)).has_value());
    for (std::size_t i = 0; i < text.size(); ++i) {
      possible.at(offset + i) += letter;
    }
  }
  disk.CutPower([&random](std::uint64_t bound) { return random.Below(bound); });
  const std::string left = disk.ReadAll("f").value();
  RC_ASSERT(left.size() >= 32U);
  for (std::size_t i = 0; i < left.size(); ++i) {
    RC_ASSERT(possible.at(i).contains(left[i]));
  }
}

}  // namespace
}  // namespace weir
