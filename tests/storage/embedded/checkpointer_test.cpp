// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "base/fake_time.hpp"
#include "base/memory_disk.hpp"
#include "storage/embedded/checkpointer.hpp"
#include "tests/storage/contract/storage_world.hpp"

namespace weir::storage {
namespace {

class CheckpointerTest : public testing::Test {
 protected:
  CheckpointerTest() {
    EXPECT_TRUE(disk.MakeFolder("data"));
    view =
        std::move(*View::Open(vfs, "data/view.db", KeyRing::Open(disk, random, "data", {}).value(),
                              Flushing::kEveryBatch));
    fence = view->AcquireLease().value();
    checkpointer = std::make_unique<Checkpointer>(
        *view, clock, CheckpointOptions{.wal_bytes = 200'000, .interval = std::chrono::seconds(5)});
    EXPECT_TRUE(checkpointer->All());
  }

  /// About 20 kB of WAL.
  void Apply() {
    const auto at = view->position();
    Batch batch{.through = {.offset = at.offset + 1}};
    auto order = Order("o-" + std::to_string(at.offset % 9), 1 + at.offset);
    order.trail.assign(9000, static_cast<char>(at.offset));
    batch.puts.push_back(std::move(order));
    ASSERT_TRUE(view->Apply(fence, at, batch));
  }

  MemoryDisk disk;
  SystemRandom random;
  FakeClock clock;
  SqliteVfs vfs{disk};
  std::unique_ptr<View> view;
  std::unique_ptr<Checkpointer> checkpointer;
  Fence fence;
};

TEST_F(CheckpointerTest, NothingNewIsNotWorked) {
  clock.Advance(std::chrono::hours(1));
  EXPECT_FALSE(checkpointer->Step().value());
}

TEST_F(CheckpointerTest, ALittleWaitsForItsTime) {
  Apply();
  clock.Advance(std::chrono::milliseconds(4999));
  EXPECT_FALSE(checkpointer->Step().value());
  clock.Advance(std::chrono::milliseconds(1));
  EXPECT_TRUE(checkpointer->Step().value());
  clock.Advance(std::chrono::hours(1));
  EXPECT_FALSE(checkpointer->Step().value()) << "nothing new since";
}

TEST_F(CheckpointerTest, ALongWalDoesNotWait) {
  while (view->wal_bytes() < 200'000) {
    EXPECT_FALSE(checkpointer->Step().value());
    Apply();
  }
  EXPECT_TRUE(checkpointer->Step().value());
}

TEST_F(CheckpointerTest, AnIdleWriterStartsTheWalOverByItself) {
  while (view->wal_bytes() < 200'000) Apply();
  ASSERT_TRUE(checkpointer->Step().value());
  EXPECT_EQ(checkpointer->stats().holds, 0);
  Apply();
  EXPECT_LT(view->wal_bytes(), 100'000);
}

TEST_F(CheckpointerTest, ABusyWriterIsHeldOnceAndTheWalStartsOver) {
  while (view->wal_bytes() < 200'000) Apply();
  // A commit while the bulk is being synced: what the checkpoint leaves is not nothing.
  bool busy = true;
  disk.SetFault([&](std::string_view operation, std::string_view path) -> Result<void> {
    if (operation == "sync" && path == "data/view.db" && busy) {
      busy = false;
      Apply();
    }
    return {};
  });
  ASSERT_TRUE(checkpointer->Step().value());
  disk.SetFault({});
  EXPECT_EQ(checkpointer->stats().holds, 1);
  Apply();
  EXPECT_LT(view->wal_bytes(), 100'000);
}

TEST_F(CheckpointerTest, EverythingIsInTheMainFileAfterAll) {
  for (int i = 0; i < 5; ++i) Apply();
  ASSERT_TRUE(checkpointer->All());
  EXPECT_EQ(disk.ReadAll("data/view.db-wal")->size(), 0);
  Apply();
  EXPECT_EQ(view->position().offset, 6);
}

TEST_F(CheckpointerTest, AFailedSyncIsReportedAndTriedAgain) {
  Apply();
  clock.Advance(std::chrono::seconds(5));
  disk.SetFault([](std::string_view operation, std::string_view path) -> Result<void> {
    const bool hit = operation == "sync" && path == "data/view.db";
    return hit ? Fail(ErrorKind::kInternal, "no flush") : Result<void>();
  });
  EXPECT_FALSE(checkpointer->Step());
  disk.SetFault({});
  EXPECT_TRUE(checkpointer->Step().value());
}

}  // namespace
}  // namespace weir::storage
