// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "base/text.hpp"
#include "storage/embedded/sqlite.hpp"
#include "tests/storage/embedded/embedded_world.hpp"

namespace weir::storage {
namespace {

using testing::HasSubstr;

class OpeningTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(world.Open());
    for (std::uint64_t n = 1; n <= 3; ++n) {
      ASSERT_TRUE(world.Apply({.puts = {Order("o-1", n, n)}, .changes = {Change(n, "o-1")}}));
    }
  }

  void Close() { world.embedded.reset(); }

  /// The message of the error that a start ends with.
  std::string Refusal(ErrorKind kind) {
    const auto opened = world.Open();
    EXPECT_FALSE(opened);
    if (opened) return "";
    EXPECT_EQ(opened.error().kind, kind);
    return opened.error().message;
  }

  void RemoveFolder(const std::string& folder) {
    for (const auto& name : world.disk.List(folder).value()) {
      ASSERT_TRUE(world.disk.Remove(folder + "/" + name));
    }
  }

  EmbeddedWorld world;
};

TEST_F(OpeningTest, ACleanStartFindsWhatWasThere) {
  Close();
  ASSERT_TRUE(world.Open());
  EXPECT_EQ(world.embedded->view_position().offset, 3);
  EXPECT_EQ(world.embedded->FeedEnd("demo"), 3);
  EXPECT_FALSE(world.embedded->restored());
}

TEST_F(OpeningTest, ASealedJournalWithoutItsKeysIsRefused) {
  Close();
  ASSERT_TRUE(world.disk.Remove("data/keys"));
  EXPECT_THAT(Refusal(ErrorKind::kMalformed), HasSubstr("data/keys is missing"));
  EXPECT_FALSE(world.disk.Exists("data/keys").value());
}

TEST_F(OpeningTest, AnotherEncryptionKeyIsRefused) {
  Close();
  world.options.encryption.current = Secret(ToBase64(std::string(kSealingKeyBytes, 'x')));
  EXPECT_THAT(Refusal(ErrorKind::kUnauthorized), HasSubstr("encryption_key_previous"));
}

TEST_F(OpeningTest, AViewOfAnOlderSchemaIsBroughtForward) {
  Close();
  {
    const SqliteVfs vfs(world.disk);
    SqliteConnection connection(vfs, "data/view.db", SqliteConnection::Mode::kReadWrite);
    connection.Execute(
        "DROP INDEX record_status;"
        "CREATE INDEX record_status ON record (family, status, sorted_at) WHERE listed = 1;"
        "CREATE INDEX record_platform ON record (family, platform, sorted_at) WHERE listed = 1;"
        "CREATE INDEX record_display ON record (family, display);"
        "PRAGMA user_version = 2");
  }
  ASSERT_TRUE(world.Open());
  for (const ListQuery& query : {ListQuery{.merchant = "demo", .platform = "meituan"},
                                 ListQuery{.merchant = "demo", .display = "12"}}) {
    EXPECT_EQ(world.Run(world.embedded->List(query)).value().records.size(), 1U);
  }
}

TEST_F(OpeningTest, ACleanEndLeavesNoWal) {
  Close();
  EXPECT_FALSE(world.disk.Exists("data/view.db-wal").value());
}

TEST_F(OpeningTest, AnotherHolderOfTheFolderKeepsUsOut) {
  auto second = EmbeddedStorage::Open(world.disk, world.clock, world.timer, world.options, nullptr);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, ErrorKind::kConflict);
}

TEST_F(OpeningTest, LeasesOutliveTheProcess) {
  const auto before = world.fence.number;
  Close();
  ASSERT_TRUE(world.Open());
  EXPECT_GT(world.fence.number, before);
}

TEST_F(OpeningTest, ANewerSchemaIsRefusedWithWhatToDo) {
  Close();
  {
    const SqliteVfs vfs(world.disk);
    SqliteConnection connection(vfs, "data/view.db", SqliteConnection::Mode::kReadWrite);
    connection.Execute("PRAGMA user_version = 999");
  }
  const auto message = Refusal(ErrorKind::kMalformed);
  EXPECT_THAT(message, HasSubstr("newer version of Weir (schema 999"));
  EXPECT_THAT(message, HasSubstr("start that version"));
}

TEST_F(OpeningTest, ADamagedViewIsRefusedWithWhatToDo) {
  Close();
  auto bytes = world.disk.ReadAll("data/view.db").value();
  bytes.replace(0, 4096, 4096, 'x');
  ASSERT_TRUE(world.disk.Overwrite("data/view.db", bytes));
  const auto message = Refusal(ErrorKind::kMalformed);
  EXPECT_THAT(message, HasSubstr("data/view.db is damaged"));
  EXPECT_THAT(message, HasSubstr("remove it"));
}

TEST_F(OpeningTest, DamageInsideIsFoundByVerify) {
  Close();
  auto bytes = world.disk.ReadAll("data/view.db").value();
  const auto found = bytes.rfind("o-1");
  ASSERT_NE(found, std::string::npos);
  const auto page = found / 4096 * 4096;
  bytes.replace(page, 64, 64, '\xEE');
  ASSERT_TRUE(world.disk.Overwrite("data/view.db", bytes));
  const auto opened =
      EmbeddedStorage::Open(world.disk, world.clock, world.timer, world.options, nullptr);
  if (opened)
    EXPECT_EQ((*opened)->Verify().error().kind, ErrorKind::kMalformed);
  else
    EXPECT_EQ(opened.error().kind, ErrorKind::kMalformed);
}

TEST_F(OpeningTest, AViewAheadOfTheJournalStopsTheStart) {
  Close();
  RemoveFolder("data/journal");
  const auto message = Refusal(ErrorKind::kMalformed);
  EXPECT_THAT(message, HasSubstr("the journal ends at"));
  EXPECT_THAT(message, HasSubstr("Put the journal's folder back"));
}

TEST_F(OpeningTest, AMissingViewIsMadeAfreshWhileTheJournalHoldsAll) {
  Close();
  ASSERT_TRUE(world.disk.Remove("data/view.db"));
  ASSERT_TRUE(world.Open());
  EXPECT_EQ(world.embedded->view_position().offset, 0);
  EXPECT_EQ(world.embedded->journal_end().offset, 3);
}

TEST_F(OpeningTest, AStaleWalBesideAMissingViewIsNotItsOwn) {
  const auto wal = world.disk.ReadAll("data/view.db-wal").value();
  Close();
  ASSERT_TRUE(world.disk.Remove("data/view.db"));
  ASSERT_TRUE(world.disk.Overwrite("data/view.db-wal", wal));
  ASSERT_TRUE(world.Open());
  EXPECT_EQ(world.embedded->view_position().offset, 0);
}

TEST_F(OpeningTest, PublishedPositionsAreRemembered) {
  std::vector<NewEntry> entries(1);
  ASSERT_TRUE(world.Run(world.embedded->Append(std::move(entries))));
  Close();
  ASSERT_TRUE(world.Open());
  EXPECT_EQ(world.embedded->published_at_open().offset, 3);
}

}  // namespace
}  // namespace weir::storage
