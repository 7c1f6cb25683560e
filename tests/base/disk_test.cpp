// SPDX-License-Identifier: Apache-2.0
// What every Disk promises, asked of the operating system's and of the one in memory.
#include "base/disk.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

#include "base/memory_disk.hpp"

namespace weir {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::span<const std::byte> Bytes(std::string_view text) { return std::as_bytes(std::span(text)); }

std::string Contents(const File& file) {
  std::string text(*file.Size() + 10, '?');
  text.resize(*file.ReadAt(0, std::as_writable_bytes(std::span(text))));
  return text;
}

/// A disk and an empty folder on it.
class DiskTest : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (GetParam() == "System") {
      std::string pattern = (std::filesystem::temp_directory_path() / "weir-disk-XXXXXX").string();
      ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
      root_ = pattern;
      disk_ = std::make_unique<SystemDisk>();
    } else {
      root_ = "/data";
      disk_ = std::make_unique<MemoryDisk>();
      ASSERT_TRUE(disk_->MakeFolder(root_));
    }
  }

  void TearDown() override {
    if (GetParam() == "System") {
      std::filesystem::remove_all(root_);
    }
  }

  [[nodiscard]] std::string Path(std::string_view name) const {
    return root_ + "/" + std::string(name);
  }

  std::unique_ptr<File> Create(std::string_view name, std::string_view text = {}) {
    auto file = disk_->Open(Path(name), OpenMode::kCreate).value();
    EXPECT_TRUE(file->WriteAt(0, Bytes(text)));
    return file;
  }

  std::string root_;
  std::unique_ptr<Disk> disk_;
};

template <typename T>
void ExpectKind(const Result<T>& result, ErrorKind kind) {
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, kind) << result.error().message;
}

TEST_P(DiskTest, OpensOnlyWhatIsThere) {
  ExpectKind(disk_->Open(Path("absent"), OpenMode::kRead), ErrorKind::kNotFound);
  ExpectKind(disk_->Open(Path("absent"), OpenMode::kReadWrite), ErrorKind::kNotFound);
  ExpectKind(disk_->Open(Path("absent/file"), OpenMode::kCreate), ErrorKind::kNotFound);
}

TEST_P(DiskTest, CreatesAnEmptyFile) { EXPECT_EQ(Contents(*Create("file")), ""); }

TEST_P(DiskTest, CreateKeepsWhatIsThere) {
  Create("file", "text");
  EXPECT_EQ(Contents(**disk_->Open(Path("file"), OpenMode::kCreate)), "text");
}

TEST_P(DiskTest, RefusesToOpenAFolderForWriting) {
  ExpectKind(disk_->Open(root_, OpenMode::kCreate), ErrorKind::kInternal);
}

TEST_P(DiskTest, HandlesOfOneFileSeeTheSameBytes) {
  const auto writer = Create("file");
  const auto reader = *disk_->Open(Path("file"), OpenMode::kRead);
  ASSERT_TRUE(writer->WriteAt(0, Bytes("text")));
  EXPECT_EQ(Contents(*reader), "text");
}

TEST_P(DiskTest, WritesInTheMiddle) {
  const auto file = Create("file", "abcdef");
  ASSERT_TRUE(file->WriteAt(2, Bytes("XY")));
  EXPECT_EQ(Contents(*file), "abXYef");
}

TEST_P(DiskTest, FillsAGapWithZeros) {
  const auto file = Create("file", "ab");
  ASSERT_TRUE(file->WriteAt(4, Bytes("c")));
  EXPECT_EQ(Contents(*file), std::string("ab\0\0c", 5));
}

TEST_P(DiskTest, AnEmptyWriteDoesNotGrowTheFile) {
  const auto file = Create("file", "ab");
  ASSERT_TRUE(file->WriteAt(10, {}));
  EXPECT_EQ(file->Size(), 2U);
}

TEST_P(DiskTest, ReadsFewerBytesOnlyAtTheEnd) {
  const auto file = Create("file", "abcdef");
  std::array<std::byte, 4> out{};
  EXPECT_EQ(file->ReadAt(1, out), 4U);
  EXPECT_EQ(file->ReadAt(4, out), 2U);
  EXPECT_EQ(file->ReadAt(6, out), 0U);
  EXPECT_EQ(file->ReadAt(100, out), 0U);
}

TEST_P(DiskTest, AllocatesZerosAfterWhatIsThere) {
  const auto file = Create("file", "ab");
  ASSERT_TRUE(file->Allocate((1 << 20) + 100));
  EXPECT_EQ(Contents(*file), "ab" + std::string((1 << 20) + 98, '\0'));
}

TEST_P(DiskTest, AllocateNeverShortens) {
  const auto file = Create("file", "abcdef");
  ASSERT_TRUE(file->Allocate(2));
  EXPECT_EQ(Contents(*file), "abcdef");
}

TEST_P(DiskTest, TruncatesBothWays) {
  const auto file = Create("file", "abcdef");
  ASSERT_TRUE(file->Truncate(2));
  EXPECT_EQ(Contents(*file), "ab");
  ASSERT_TRUE(file->Truncate(4));
  EXPECT_EQ(Contents(*file), std::string("ab\0\0", 4));
}

TEST_P(DiskTest, RefusesToWriteWhatIsOpenForReading) {
  Create("file", "text");
  const auto file = *disk_->Open(Path("file"), OpenMode::kRead);
  ExpectKind(file->WriteAt(0, Bytes("x")), ErrorKind::kInternal);
  EXPECT_EQ(Contents(*file), "text");
}

TEST_P(DiskTest, Syncs) { EXPECT_TRUE(Create("file", "text")->Sync()); }

TEST_P(DiskTest, MakesFoldersWithTheirParents) {
  ASSERT_TRUE(disk_->MakeFolder(Path("a/b/c/")));
  EXPECT_EQ(disk_->Exists(Path("a/b/c")), true);
}

TEST_P(DiskTest, MakesAFolderThatIsThereAlready) { EXPECT_TRUE(disk_->MakeFolder(root_)); }

TEST_P(DiskTest, RefusesAFolderWhereAFileStands) {
  Create("file");
  EXPECT_FALSE(disk_->MakeFolder(Path("file")));
  EXPECT_FALSE(disk_->MakeFolder(Path("file/below")));
}

TEST_P(DiskTest, ListsSortedNamesOfFilesAndFolders) {
  Create("b");
  Create("a.log");
  ASSERT_TRUE(disk_->MakeFolder(Path("a/deeper")));
  EXPECT_THAT(disk_->List(root_).value(), ElementsAre("a", "a.log", "b"));
  EXPECT_THAT(disk_->List(Path("a")).value(), ElementsAre("deeper"));
  EXPECT_THAT(disk_->List(Path("a/deeper")).value(), IsEmpty());
}

TEST_P(DiskTest, ListsOnlyWhatIsThere) {
  ExpectKind(disk_->List(Path("absent")), ErrorKind::kNotFound);
}

TEST_P(DiskTest, KnowsWhatExists) {
  Create("file");
  EXPECT_EQ(disk_->Exists(Path("file")), true);
  EXPECT_EQ(disk_->Exists(root_), true);
  EXPECT_EQ(disk_->Exists(Path("absent")), false);
  EXPECT_EQ(disk_->Exists(Path("file/below")), false);
}

TEST_P(DiskTest, RemovesAFileAndLeavesItsHandles) {
  const auto file = Create("file", "text");
  ASSERT_TRUE(disk_->Remove(Path("file")));
  EXPECT_EQ(disk_->Exists(Path("file")), false);
  EXPECT_EQ(Contents(*file), "text");
}

TEST_P(DiskTest, RemovesOnlyEmptyFolders) {
  ASSERT_TRUE(disk_->MakeFolder(Path("a/b")));
  EXPECT_FALSE(disk_->Remove(Path("a")));
  EXPECT_TRUE(disk_->Remove(Path("a/b")));
  EXPECT_TRUE(disk_->Remove(Path("a")));
  EXPECT_EQ(disk_->Exists(Path("a")), false);
}

TEST_P(DiskTest, RemovesOnlyWhatIsThere) {
  ExpectKind(disk_->Remove(Path("absent")), ErrorKind::kNotFound);
}

TEST_P(DiskTest, RenameReplaces) {
  Create("from", "new");
  Create("to", "old");
  ASSERT_TRUE(disk_->Rename(Path("from"), Path("to")));
  EXPECT_THAT(disk_->List(root_).value(), ElementsAre("to"));
  EXPECT_EQ(Contents(**disk_->Open(Path("to"), OpenMode::kRead)), "new");
}

TEST_P(DiskTest, RenamesIntoAnotherFolder) {
  Create("from", "text");
  ASSERT_TRUE(disk_->MakeFolder(Path("a")));
  ASSERT_TRUE(disk_->Rename(Path("from"), Path("a/to")));
  EXPECT_EQ(Contents(**disk_->Open(Path("a/to"), OpenMode::kRead)), "text");
}

TEST_P(DiskTest, RenamesOntoItself) {
  Create("file", "text");
  ASSERT_TRUE(disk_->Rename(Path("file"), Path("file")));
  EXPECT_EQ(Contents(**disk_->Open(Path("file"), OpenMode::kRead)), "text");
}

TEST_P(DiskTest, RenamesOnlyWhatIsThere) {
  Create("file");
  ExpectKind(disk_->Rename(Path("absent"), Path("to")), ErrorKind::kNotFound);
  ExpectKind(disk_->Rename(Path("file"), Path("absent/to")), ErrorKind::kNotFound);
}

TEST_P(DiskTest, SyncsFolders) {
  EXPECT_TRUE(disk_->SyncFolder(root_));
  ExpectKind(disk_->SyncFolder(Path("absent")), ErrorKind::kNotFound);
}

TEST_P(DiskTest, KnowsItsFreeBytes) {
  EXPECT_GT(disk_->FreeBytes(root_).value(), 0U);
  ExpectKind(disk_->FreeBytes(Path("absent")), ErrorKind::kNotFound);
}

TEST_P(DiskTest, LocksForOneHolder) {
  auto lock = disk_->Lock(Path("lock"));
  ASSERT_TRUE(lock);
  ExpectKind(disk_->Lock(Path("lock")), ErrorKind::kConflict);
  lock->reset();
  EXPECT_TRUE(disk_->Lock(Path("lock")));
}

TEST_P(DiskTest, AnotherHolderCannotFreeALock) {
  const auto lock = disk_->Lock(Path("lock"));
  {
    const auto refused = disk_->Lock(Path("lock"));
  }
  ExpectKind(disk_->Lock(Path("lock")), ErrorKind::kConflict);
}

class SystemDiskTest : public DiskTest {};

TEST_P(SystemDiskTest, ShowsWhatItStoresToNobodyElse) {
  Create("file");
  ASSERT_TRUE(disk_->MakeFolder(Path("folder")));
  using std::filesystem::perms;
  for (const std::string_view name : {"file", "folder"}) {
    const perms allowed = std::filesystem::status(Path(name)).permissions();
    EXPECT_EQ(allowed & (perms::group_all | perms::others_all), perms::none) << name;
  }
}

TEST_P(SystemDiskTest, NamesOperationAndPathInItsErrors) {
  const auto opened = disk_->Open(Path("absent"), OpenMode::kRead);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().message, "open " + Path("absent") + ": No such file or directory");
}

INSTANTIATE_TEST_SUITE_P(Disks, SystemDiskTest, testing::Values("System"));

INSTANTIATE_TEST_SUITE_P(Disks, DiskTest, testing::Values("System", "Memory"),
                         [](const auto& disk) { return disk.param; });

}  // namespace
}  // namespace weir
