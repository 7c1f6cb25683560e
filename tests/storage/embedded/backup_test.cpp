// SPDX-License-Identifier: Apache-2.0
#include "storage/embedded/backup.hpp"

#include <gmock/gmock.h>

#include "storage/embedded/snapshots.hpp"
#include "storage/journal_format.hpp"
#include "tests/storage/embedded/embedded_world.hpp"

namespace weir::storage {
namespace {

using testing::HasSubstr;

class BackupTest : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(world.Open()); }

  void Grow(int entries) {
    for (int i = 0; i < entries; ++i) {
      const auto n = world.embedded->view_position().offset + 1;
      ASSERT_TRUE(world.Apply({.puts = {Order("o-" + std::to_string(n), 1, n)},
                               .changes = {Change(n, "o-" + std::to_string(n))}}));
    }
  }

  /// Entries 1 to 3 in the snapshot, 4 and 5 behind it; the storage stays open.
  void Backup() {
    Grow(3);
    ASSERT_TRUE(world.embedded->TakeSnapshot());
    Grow(2);
    const auto taken = TakeBackup(world.disk, "data", "backup");
    ASSERT_TRUE(taken) << taken.error().message;
    EXPECT_EQ(taken->snapshot.offset, 3U);
  }

  Result<BackupReport> Restore() { return RestoreBackup(world.disk, "backup", "restored"); }

  Result<std::unique_ptr<EmbeddedStorage>> OpenRestored() {
    EmbeddedOptions options = world.options;
    options.folder = "restored";
    return EmbeddedStorage::Open(world.disk, world.clock, world.timer, options, nullptr);
  }

  void Damage(const std::string& path, std::size_t at) {
    auto bytes = world.disk.ReadAll(path).value();
    bytes.at(at) ^= 1;
    ASSERT_TRUE(world.disk.Overwrite(path, bytes));
  }

  std::string Segment() { return "backup/journal/" + world.disk.List("backup/journal")->at(0); }

  EmbeddedWorld world;
};

TEST_F(BackupTest, HoldsTheJournalBehindItsView) {
  Backup();
  ASSERT_TRUE(Restore());
  ASSERT_TRUE(world.disk.Overwrite("restored/encryption.key",
                                   world.disk.ReadAll("data/encryption.key").value()));
  const auto opened = OpenRestored();
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_EQ((*opened)->view_position().offset, 3U);
  EXPECT_EQ((*opened)->journal_end().offset, 5U);
}

TEST_F(BackupTest, DoesNotCarryTheKeyThatOpensIt) {
  Backup();
  EXPECT_TRUE(world.disk.Exists("backup/keys").value());
  EXPECT_FALSE(world.disk.Exists("backup/encryption.key").value());
  ASSERT_TRUE(Restore());
  const auto opened = OpenRestored();
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, ErrorKind::kUnauthorized);
  EXPECT_THAT(opened.error().message, HasSubstr("encryption.key"));
}

TEST_F(BackupTest, LeavesOutWhatTheWriterHasNotFinished) {
  Grow(3);
  ASSERT_TRUE(world.embedded->TakeSnapshot());
  Grow(2);
  // The last group is half there, as a copy beside the writer may find it; a sound one follows.
  const auto path = "data/journal/" + world.disk.List("data/journal")->at(0);
  auto bytes = world.disk.ReadAll(path).value();
  const auto second = bytes.find(std::string("weir-grp"), kGroupsBegin + 1);
  ASSERT_NE(second, std::string::npos);
  Damage(path, second + 20);
  ASSERT_TRUE(TakeBackup(world.disk, "data", "backup"));
  EXPECT_EQ(world.disk.ReadAll(Segment())->size(), second);
}

TEST_F(BackupTest, WithoutASnapshotThereIsNone) {
  Grow(1);
  EXPECT_EQ(TakeBackup(world.disk, "data", "backup").error().kind, ErrorKind::kNotFound);
}

TEST_F(BackupTest, IsNotPutOverAnything) {
  Backup();
  EXPECT_EQ(TakeBackup(world.disk, "data", "backup").error().kind, ErrorKind::kRejected);
  EXPECT_EQ(RestoreBackup(world.disk, "backup", "data").error().kind, ErrorKind::kRejected);
}

TEST_F(BackupTest, DamageIsFoundBeforeAnythingIsWritten) {
  Backup();
  Damage(Segment(), kGroupsBegin + 100);
  const auto restored = Restore();
  ASSERT_FALSE(restored);
  EXPECT_EQ(restored.error().kind, ErrorKind::kMalformed);
  EXPECT_THAT(restored.error().message, HasSubstr("journal/"));
  EXPECT_FALSE(*world.disk.Exists("restored"));
}

TEST_F(BackupTest, OneThatWasCutOffIsNone) {
  Backup();
  ASSERT_TRUE(world.disk.Remove("backup/backup.digests"));
  EXPECT_THAT(Restore().error().message, HasSubstr("cut off"));
}

TEST_F(BackupTest, ItsListLeadsNowhereElse) {
  Backup();
  for (const char* path : {"../evil", "journal/../../evil", "journal/..", "lock", "/etc/passwd"}) {
    ASSERT_TRUE(world.disk.Overwrite(
        "backup/backup.digests", "weir-backup 1\n0000000000000000 0 " + std::string(path) + "\n"));
    EXPECT_EQ(Restore().error().kind, ErrorKind::kMalformed) << path;
  }
}

TEST_F(BackupTest, SurvivesAPowerCut) {
  Backup();
  world.embedded.reset();
  world.disk.CutPower();
  EXPECT_TRUE(Restore());
}

TEST_F(BackupTest, ASnapshotThatIsWantedIsTaken) {
  Grow(2);
  Snapshots other(world.disk, world.embedded->vfs(), "data/snapshots");
  ASSERT_TRUE(other.Want("data/callbacks.db"));
  EXPECT_EQ(*other.Answer(), Snapshots::Wish::kWaiting);
  EXPECT_EQ((*world.embedded->TakeWantedSnapshot())->offset, 2U);
  EXPECT_EQ(*other.Answer(), Snapshots::Wish::kGranted);
  EXPECT_FALSE(*world.embedded->TakeWantedSnapshot());
}

TEST_F(BackupTest, HoldsWhatLeftAsItStoodBeforeItsView) {
  const auto write = [&](std::uint64_t cursor) {
    ASSERT_TRUE(world.Run(world.callbacks().Write(
        {.subscriptions = {{.merchant = "demo", .id = "erp", .cursor = cursor}},
         .callbacks = {},
         .gone = {}})));
  };
  Grow(2);
  write(1);
  ASSERT_TRUE(world.embedded->TakeBackupSnapshot());
  write(2);
  ASSERT_TRUE(TakeBackup(world.disk, "data", "backup"));
  ASSERT_TRUE(Restore());
  const auto log = CallbackFile::Open(world.embedded->vfs(), "restored/callbacks.db",
                                      world.embedded->keys(), world.io.get_executor());
  ASSERT_TRUE(log) << log.error().message;
  const auto rows = world.Run((*log)->Subscriptions());
  ASSERT_EQ(rows->size(), 1U);
  EXPECT_EQ(rows->at(0).cursor, 1U);
}

TEST_F(BackupTest, ACopyOfBeforeIsNotTakenForANewOne) {
  Grow(1);
  (void)world.callbacks();
  ASSERT_TRUE(world.embedded->TakeBackupSnapshot());
  EXPECT_TRUE(*world.disk.Exists("data/snapshots/callbacks.db"));
  Snapshots other(world.disk, world.embedded->vfs(), "data/snapshots");
  ASSERT_TRUE(other.Want("data/callbacks.db"));
  EXPECT_FALSE(*world.disk.Exists("data/snapshots/callbacks.db"));
}

TEST_F(BackupTest, ASnapshotThatFailsIsToldOnce) {
  Grow(2);
  Snapshots other(world.disk, world.embedded->vfs(), "data/snapshots");
  ASSERT_TRUE(other.Want("data/callbacks.db"));
  world.disk.SetFault([](std::string_view operation, std::string_view path) -> Result<void> {
    if (operation == "sync" && path.ends_with("view.unfinished")) {
      return Fail(ErrorKind::kInternal, "no room");
    }
    return {};
  });
  EXPECT_FALSE(world.embedded->TakeWantedSnapshot());
  EXPECT_EQ(*other.Answer(), Snapshots::Wish::kFailed);
  EXPECT_TRUE(world.embedded->TakeWantedSnapshot());
}

}  // namespace
}  // namespace weir::storage
