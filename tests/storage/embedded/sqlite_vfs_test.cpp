// SPDX-License-Identifier: Apache-2.0
#include "storage/embedded/sqlite_vfs.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "base/memory_disk.hpp"
#include "storage/embedded/sqlite.hpp"
#include "storage/embedded/sqlite_locks.hpp"

namespace weir::storage {
namespace {

constexpr auto kRead = SqliteConnection::Mode::kRead;
constexpr auto kReadWrite = SqliteConnection::Mode::kReadWrite;
constexpr auto kCreate = SqliteConnection::Mode::kCreate;

TEST(SqliteLocksTest, ReadersShareAndAWriterWaitsForThem) {
  SqliteLocks locks;
  int first = 0;
  int second = 0;
  EXPECT_TRUE(locks.Raise(first, SQLITE_LOCK_SHARED));
  EXPECT_TRUE(locks.Raise(second, SQLITE_LOCK_SHARED));
  EXPECT_TRUE(locks.Raise(first, SQLITE_LOCK_RESERVED));
  EXPECT_FALSE(locks.Raise(second, SQLITE_LOCK_RESERVED));
  EXPECT_FALSE(locks.Raise(first, SQLITE_LOCK_EXCLUSIVE));
  EXPECT_EQ(first, SQLITE_LOCK_PENDING);
  int third = 0;
  EXPECT_FALSE(locks.Raise(third, SQLITE_LOCK_SHARED)) << "a waiting writer keeps new readers out";
  locks.Lower(second, SQLITE_LOCK_NONE);
  EXPECT_TRUE(locks.Raise(first, SQLITE_LOCK_EXCLUSIVE));
}

TEST(SqliteLocksTest, ALoweredWriterLetsOthersIn) {
  SqliteLocks locks;
  int first = 0;
  int second = 0;
  ASSERT_TRUE(locks.Raise(first, SQLITE_LOCK_SHARED));
  ASSERT_TRUE(locks.Raise(first, SQLITE_LOCK_EXCLUSIVE));
  EXPECT_TRUE(locks.Reserved());
  EXPECT_FALSE(locks.Raise(second, SQLITE_LOCK_SHARED));
  locks.Lower(first, SQLITE_LOCK_SHARED);
  EXPECT_FALSE(locks.Reserved());
  EXPECT_TRUE(locks.Raise(second, SQLITE_LOCK_SHARED));
}

TEST(SqliteLocksTest, SlotsAreTakenAllOrNone) {
  SqliteLocks locks;
  SqliteLocks::Slots first;
  SqliteLocks::Slots second;
  ASSERT_TRUE(locks.TakeSlots(first, 0b0010, false));
  EXPECT_FALSE(locks.TakeSlots(second, 0b0111, true));
  EXPECT_EQ(second.exclusive, 0);
  EXPECT_TRUE(locks.TakeSlots(second, 0b0010, false));
  locks.GiveSlots(first, 0b0010);
  locks.GiveSlots(second, 0b0010);
  EXPECT_TRUE(locks.TakeSlots(second, 0b0111, true));
  EXPECT_FALSE(locks.TakeSlots(first, 0b0100, false));
}

TEST(SqliteLocksTest, SharedMemoryGoesWithItsLastUser) {
  SqliteLocks locks;
  SqliteLocks::Slots slots;
  locks.Attach();
  EXPECT_EQ(locks.Region(0, 64, false), nullptr);
  auto* region = static_cast<char*>(locks.Region(0, 64, true));
  region[0] = 'x';
  EXPECT_EQ(locks.Region(0, 64, false), region);
  locks.Detach(slots);
  locks.Attach();
  EXPECT_EQ(locks.Region(0, 64, false), nullptr);
}

class SqliteVfsTest : public testing::Test {
 protected:
  /// A WAL database with a table of one number.
  void Make() {
    SqliteConnection connection(vfs, "a.db", kCreate);
    connection.Execute("PRAGMA journal_mode = WAL");
    connection.Execute("CREATE TABLE t (n INTEGER); INSERT INTO t VALUES (0)");
  }

  MemoryDisk disk;
  SqliteVfs vfs{disk};
};

TEST_F(SqliteVfsTest, EachHasANameOfItsOwn) {
  const SqliteVfs other(disk);
  EXPECT_NE(vfs.name(), other.name());
}

TEST_F(SqliteVfsTest, AMissingFileIsNotOpened) {
  EXPECT_THROW(
      {
        SqliteConnection connection(vfs, "none.db", kRead);
        connection.Execute("SELECT 1 FROM sqlite_schema");
      },
      SqliteError);
}

TEST_F(SqliteVfsTest, AReaderKeepsWhatItBeganToRead) {
  Make();
  SqliteConnection writer(vfs, "a.db", kReadWrite);
  SqliteConnection reader(vfs, "a.db", kReadWrite);
  SqliteTransaction reading(reader, SqliteTransaction::Kind::kRead);
  EXPECT_EQ(reader.Number("SELECT n FROM t"), 0);
  writer.Execute("UPDATE t SET n = 1");
  EXPECT_EQ(reader.Number("SELECT n FROM t"), 0);
  reading.Commit();
  EXPECT_EQ(reader.Number("SELECT n FROM t"), 1);
}

TEST_F(SqliteVfsTest, ASecondWriterIsRefused) {
  Make();
  SqliteConnection first(vfs, "a.db", kReadWrite);
  SqliteConnection second(vfs, "a.db", kReadWrite);
  sqlite3_busy_timeout(second.get(), 0);
  const SqliteTransaction writing(first, SqliteTransaction::Kind::kWrite);
  EXPECT_THROW(SqliteTransaction(second, SqliteTransaction::Kind::kWrite), SqliteError);
}

TEST_F(SqliteVfsTest, ARollbackJournalWorksToo) {
  {
    SqliteConnection connection(vfs, "b.db", kCreate);
    connection.Execute("PRAGMA journal_mode = DELETE; CREATE TABLE t (n)");
    {
      const SqliteTransaction dropped(connection, SqliteTransaction::Kind::kWrite);
      connection.Execute("INSERT INTO t VALUES (1)");
    }
    EXPECT_EQ(connection.Number("SELECT count(*) FROM t"), 0);
  }
  EXPECT_FALSE(disk.Exists("b.db-journal").value());
}

TEST_F(SqliteVfsTest, AHotJournalIsRolledBack) {
  {
    SqliteConnection connection(vfs, "b.db", kCreate);
    connection.Execute(
        "PRAGMA journal_mode = DELETE; CREATE TABLE t (n); INSERT INTO t VALUES (7)");
    disk.SetFault([](std::string_view operation, std::string_view path) -> Result<void> {
      const bool hit = operation == "remove" && path == "b.db-journal";
      return hit ? Fail(ErrorKind::kInternal, "killed before the journal went") : Result<void>();
    });
    EXPECT_THROW(connection.Execute("UPDATE t SET n = 8"), SqliteError);
    disk.KillProcess();
  }
  disk.SetFault({});
  const SqliteVfs next(disk);
  SqliteConnection connection(next, "b.db", kReadWrite);
  EXPECT_EQ(connection.Number("SELECT n FROM t"), 7);
}

TEST_F(SqliteVfsTest, ACommittedWalOutlivesAKill) {
  Make();
  {
    SqliteConnection connection(vfs, "a.db", kReadWrite);
    connection.Execute("UPDATE t SET n = 5");
    disk.KillProcess();
  }
  const SqliteVfs next(disk);
  SqliteConnection connection(next, "a.db", kReadWrite);
  EXPECT_EQ(connection.Number("SELECT n FROM t"), 5);
}

TEST_F(SqliteVfsTest, ThreadsReadWriteAndCheckpointTogether) {
  Make();
  constexpr int kCommits = 300;
  std::atomic<bool> done{false};
  std::atomic<int> backwards{0};
  std::vector<std::jthread> threads;
  threads.emplace_back([&] {
    SqliteConnection writer(vfs, "a.db", kReadWrite);
    writer.Execute("PRAGMA wal_autocheckpoint = 0");
    for (int i = 0; i < kCommits; ++i) writer.Execute("UPDATE t SET n = n + 1");
    done = true;
  });
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([&] {
      std::int64_t last = 0;
      while (!done) {
        // Opened anew now and then: the first and last user of the shared memory meet.
        SqliteConnection reader(vfs, "a.db", kReadWrite);
        for (int k = 0; k < 20; ++k) {
          const auto now = reader.Number("SELECT n FROM t");
          if (now < last) ++backwards;
          last = now;
        }
      }
    });
  }
  threads.emplace_back([&] {
    SqliteConnection checkpointer(vfs, "a.db", kReadWrite);
    while (!done) {
      static_cast<void>(checkpointer.Number("SELECT n FROM t"));
      sqlite3_wal_checkpoint_v2(checkpointer.get(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr,
                                nullptr);
    }
  });
  threads.clear();
  SqliteConnection after(vfs, "a.db", kReadWrite);
  EXPECT_EQ(after.Number("SELECT n FROM t"), kCommits);
  EXPECT_EQ(backwards, 0);
}

}  // namespace
}  // namespace weir::storage
