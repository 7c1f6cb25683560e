// SPDX-License-Identifier: Apache-2.0
#include "storage/erasure.hpp"

#include <gmock/gmock.h>

#include <map>

#include "storage/embedded/refusal_log.hpp"
#include "tests/storage/embedded/embedded_world.hpp"

namespace weir::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr const char* kTold = R"({"phone":"13812345678"})";
constexpr const char* kBlank = R"({"phone":""})";

/// One customer in every file there is, in one order of two versions; another order beside it.
class EmbeddedErasureTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(world.Open());
    for (std::uint64_t version = 1; version <= 2; ++version) {
      ASSERT_TRUE(world.Apply({.puts = {OrderOf(version, kTold)},
                               .changes = {ChangeOf(version, kTold)},
                               .works = {Outcome(kTold)}}));
    }
    ASSERT_TRUE(world.Apply({.puts = {Order("o-2", 1, 3)}, .changes = {Change(3, "o-2")}}));
    WriteCallbacks();
    Refuse();
    ASSERT_TRUE(world.embedded->TakeBackupSnapshot());
    Restart();
  }

  static RecordRow OrderOf(std::uint64_t version, const char* told) {
    auto order = Order("o-1", version, version);
    order.state = told;
    return order;
  }
  static ChangeRow ChangeOf(std::uint64_t seq, const char* told) {
    auto change = Change(seq, "o-1");
    change.version = seq;
    change.data = told;
    return change;
  }
  static WorkRow Outcome(const char* told) {
    return {.merchant = "demo", .kind = "request_outcome", .subject = "0-1", .detail = told};
  }

  void WriteCallbacks() {
    CallbackBatch batch;
    for (const std::uint64_t seq : {1, 3}) {
      batch.callbacks.push_back({.merchant = "demo",
                                 .key = {.seq = seq, .subscription = "erp"},
                                 .id = "chg",
                                 .type = "order.placed",
                                 .subject = seq == 1 ? "o-1" : "o-2",
                                 .attempts = {{.status = 500, .answer = kTold}}});
    }
    ASSERT_TRUE(world.Run(world.callbacks().Write(std::move(batch))));
  }

  std::unique_ptr<RefusalLog> OpenRefusals() {
    return RefusalLog::Open(world.embedded->vfs(), RefusalFilePath("data"), world.embedded->keys(),
                            world.clock, world.io.get_executor())
        .value();
  }
  void Refuse() {
    const auto refusals = OpenRefusals();
    for (const char* body : {kTold, "other"}) {
      ASSERT_TRUE(world.Run(refusals->Add({.merchant = "demo",
                                           .connection = "mt-main",
                                           .reason = "signature",
                                           .method = "POST",
                                           .target = "/hooks/mt-main",
                                           .body = body})));
    }
  }

  /// What was appended stands in a closed segment then.
  void Restart() {
    world.callback_file.reset();
    world.embedded.reset();
    ASSERT_TRUE(world.Open());
  }

  static Erasure ErasureOfIt() {
    return {.merchant = "demo",
            .residues = {{{.offset = 1}, "left of 1"}, {{.offset = 2}, "left of 2"}},
            .records = {OrderOf(2, kBlank)},
            .changes = {ChangeOf(1, kBlank), ChangeOf(2, kBlank)},
            .works = {Outcome(kBlank)},
            .subjects = {"o-1"},
            .refusals = {1}};
  }

  /// The sealed blobs that tell of the customer, as they stand in the files.
  std::vector<std::string> Blobs() {
    std::vector<std::string> blobs;
    const std::pair<const char*, const char*> wanted[] = {
        {"data/view.db", "SELECT state FROM record WHERE id = 'o-1'"},
        {"data/view.db", "SELECT content FROM change WHERE version = 2"},
        {"data/callbacks.db", "SELECT attempts FROM callback WHERE seq = 1"},
        {"data/refusals.db", "SELECT body FROM refusal WHERE number = 1"}};
    for (const auto& [path, sql] : wanted) {
      SqliteConnection connection(world.embedded->vfs(), path, SqliteConnection::Mode::kReadWrite);
      SqliteStatement statement(connection, sql);
      SqliteRows rows(statement);
      if (rows.Next()) blobs.emplace_back(rows.Bytes(0));
    }
    return blobs;
  }

  /// Files that hold one of these.
  std::set<std::string> Holding(const std::vector<std::string>& texts) {
    std::set<std::string> holding;
    for (const std::string folder : {"data", "data/journal", "data/snapshots"}) {
      for (const auto& name : world.disk.List(folder).value()) {
        const auto bytes = world.disk.ReadAll(folder + "/" + name);
        if (!bytes) continue;
        for (const auto& text : texts) {
          if (bytes->find(text) != std::string::npos) holding.insert(name);
        }
      }
    }
    return holding;
  }

  void ExpectErased() {
    const auto record = world.Run(world.embedded->Read(RecordKind::kOrder, "demo", "o-1")).value();
    ASSERT_TRUE(record);
    EXPECT_EQ(record->state, kBlank);
    EXPECT_EQ(record->version, 2U);
    const auto page = world.Run(world.embedded->ReadChanges("demo", 0, 10, {})).value();
    ASSERT_THAT(page.changes, SizeIs(3));
    EXPECT_EQ(page.changes.at(0).data, kBlank);
    EXPECT_EQ(page.changes.at(1).data, kBlank);
    EXPECT_EQ(page.changes.at(2).data, Change(3, "o-2").data);
    EXPECT_EQ(
        world.Run(world.embedded->FindWork({"demo", "request_outcome", "0-1"}))->value().detail,
        kBlank);
    const auto entries = world.Run(world.embedded->Scan({.offset = 1}, 9, 1 << 20)).value();
    ASSERT_THAT(entries, SizeIs(3));
    EXPECT_EQ(entries.at(0).payload, "left of 1");
    EXPECT_EQ(entries.at(2).payload, "entry");
    const auto answers = world.Run(world.callbacks().List({.merchant = "demo"})).value();
    EXPECT_EQ(answers.callbacks.at(1).attempts.at(0).answer, "");
    EXPECT_EQ(answers.callbacks.at(1).attempts.at(0).status, 500U);
    EXPECT_EQ(answers.callbacks.at(0).attempts.at(0).answer, kTold);
    const auto refused = world.Run(OpenRefusals()->List("demo", "", std::nullopt, 9)).value();
    ASSERT_THAT(refused, SizeIs(1));
    EXPECT_EQ(refused.at(0).body, "other");
  }

  EmbeddedWorld world;
};

TEST_F(EmbeddedErasureTest, EveryPlaceIsWrittenOver) {
  ASSERT_TRUE(world.embedded->Erase(ErasureOfIt()));
  ExpectErased();
  Restart();
  ExpectErased();
}

TEST_F(EmbeddedErasureTest, NoFileHoldsWhatWasSealedThere) {
  const auto blobs = Blobs();
  ASSERT_THAT(blobs, SizeIs(4));
  const auto held = Holding(blobs);
  for (const char* name : {"view.db", "callbacks.db", "refusals.db"}) {
    EXPECT_TRUE(held.contains(name)) << name;
  }
  ASSERT_TRUE(world.embedded->Erase(ErasureOfIt()));
  EXPECT_THAT(Holding(blobs), IsEmpty());
  EXPECT_THAT(Holding({kTold}), IsEmpty());
  EXPECT_EQ(world.embedded->Verify().has_value(), true);
}

TEST_F(EmbeddedErasureTest, OneNewSnapshotIsLeft) {
  ASSERT_TRUE(world.embedded->TakeSnapshot());
  ASSERT_TRUE(world.embedded->Erase(ErasureOfIt()));
  EXPECT_THAT(world.disk.List("data/snapshots").value(), ElementsAre("3.db", "3.digest"));
  world.callback_file.reset();
  world.embedded.reset();
  ASSERT_TRUE(world.disk.Remove("data/view.db"));
  ASSERT_TRUE(world.Open());
  EXPECT_TRUE(world.embedded->restored());
  ExpectErased();
}

TEST_F(EmbeddedErasureTest, TheFoldGoesOn) {
  ASSERT_TRUE(world.embedded->Erase(ErasureOfIt()));
  ASSERT_TRUE(world.Apply({.changes = {Change(4, "o-2")}}));
  EXPECT_EQ(world.embedded->FeedEnd("demo"), 4U);
  Restart();
  EXPECT_EQ(world.embedded->FeedEnd("demo"), 4U);
}

TEST_F(EmbeddedErasureTest, CutOffAnywhereItOpensAndTheSameCallDoesTheRest) {
  bool cut = true;
  for (int at = 0; cut; at += 3) {
    SCOPED_TRACE(at);
    world.LoseProcess();
    world.disk = MemoryDisk();
    SetUp();
    cut = false;
    auto left = std::make_shared<int>(at);
    world.disk.SetFault(
        [this, left, &cut](std::string_view what, std::string_view) -> Result<void> {
          if (what == "read" || (*left)-- > 0) return {};
          if (!cut) world.disk.CutPower([](std::uint64_t bound) { return bound - 1; });
          cut = true;
          return Fail(ErrorKind::kInternal, "the power is out");
        });
    EXPECT_EQ(world.embedded->Erase(ErasureOfIt()).has_value(), !cut);
    world.disk.KillProcess();
    world.LoseProcess();
    const auto opened = world.Open();
    ASSERT_TRUE(opened) << opened.error().message;
    ASSERT_TRUE(world.embedded->Erase(ErasureOfIt()));
    ExpectErased();
  }
}

}  // namespace
}  // namespace weir::storage
