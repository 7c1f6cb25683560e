// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "tests/storage/embedded/embedded_world.hpp"

namespace weir::storage {
namespace {

using testing::ElementsAre;

class SnapshotsTest : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(world.Open()); }

  void Grow(int entries) {
    for (int i = 0; i < entries; ++i) {
      const auto n = world.embedded->view_position().offset + 1;
      ASSERT_TRUE(world.Apply({.puts = {Order("o-" + std::to_string(n), 1, n)},
                               .changes = {Change(n, "o-" + std::to_string(n))}}));
    }
  }

  std::vector<std::string> Files() { return world.disk.List("data/snapshots").value(); }

  /// Loses the view and starts again.
  void Restart() {
    world.embedded.reset();
    ASSERT_TRUE(world.disk.Remove("data/view.db"));
    ASSERT_TRUE(world.Open());
  }

  void Damage(const std::string& path) {
    auto bytes = world.disk.ReadAll(path).value();
    bytes[bytes.size() / 2] ^= 1;
    ASSERT_TRUE(world.disk.Overwrite(path, bytes));
  }

  EmbeddedWorld world;
};

TEST_F(SnapshotsTest, AMissingViewComesBackFromTheNewest) {
  Grow(3);
  ASSERT_TRUE(world.embedded->TakeSnapshot());
  Grow(2);
  ASSERT_EQ(world.embedded->TakeSnapshot()->offset, 5);
  Grow(2);
  Restart();
  EXPECT_EQ(world.embedded->restored()->offset, 5);
  EXPECT_EQ(world.embedded->view_position().offset, 5);
  EXPECT_EQ(world.embedded->FeedEnd("demo"), 5);
  EXPECT_TRUE(world.Run(world.embedded->Read(RecordKind::kOrder, "demo", "o-5")).value());
}

TEST_F(SnapshotsTest, WorkGoesOnFromARestoredView) {
  Grow(3);
  ASSERT_TRUE(world.embedded->TakeSnapshot());
  Restart();
  Grow(1);
  EXPECT_EQ(world.embedded->FeedEnd("demo"), 4);
}

TEST_F(SnapshotsTest, TwoAreKept) {
  for (int i = 0; i < 4; ++i) {
    Grow(1);
    ASSERT_TRUE(world.embedded->TakeSnapshot());
  }
  EXPECT_THAT(Files(), ElementsAre("3.db", "3.digest", "4.db", "4.digest"));
}

TEST_F(SnapshotsTest, OneTakenTwiceAtAPlaceIsOne) {
  Grow(1);
  ASSERT_TRUE(world.embedded->TakeSnapshot());
  ASSERT_TRUE(world.embedded->TakeSnapshot());
  EXPECT_THAT(Files(), ElementsAre("1.db", "1.digest"));
}

TEST_F(SnapshotsTest, ADamagedOneIsPassedOver) {
  Grow(3);
  ASSERT_TRUE(world.embedded->TakeSnapshot());
  Grow(2);
  ASSERT_TRUE(world.embedded->TakeSnapshot());
  Damage("data/snapshots/5.db");
  Restart();
  EXPECT_EQ(world.embedded->view_position().offset, 3);
}

TEST_F(SnapshotsTest, OneWithoutItsDigestDoesNotCount) {
  Grow(3);
  ASSERT_TRUE(world.embedded->TakeSnapshot());
  Grow(2);
  ASSERT_TRUE(world.embedded->TakeSnapshot());
  ASSERT_TRUE(world.disk.Remove("data/snapshots/5.digest"));
  Restart();
  EXPECT_EQ(world.embedded->view_position().offset, 3);
}

TEST_F(SnapshotsTest, AFullDiskLeavesTheOldOnes) {
  Grow(1);
  ASSERT_TRUE(world.embedded->TakeSnapshot());
  Grow(1);
  world.disk.SetFault([](std::string_view operation, std::string_view path) -> Result<void> {
    const bool hit = operation == "write" && path.contains("snapshots/");
    return hit ? Fail(ErrorKind::kInternal, "no space left") : Result<void>();
  });
  EXPECT_FALSE(world.embedded->TakeSnapshot());
  world.disk.SetFault({});
  Restart();
  EXPECT_EQ(world.embedded->view_position().offset, 1);
}

TEST_F(SnapshotsTest, ASnapshotOutlivesAPowerCut) {
  Grow(3);
  ASSERT_TRUE(world.embedded->TakeSnapshot());
  world.disk.CutPower();
  world.embedded.reset();
  ASSERT_TRUE(world.disk.Remove("data/view.db"));
  ASSERT_TRUE(world.Open());
  EXPECT_EQ(world.embedded->view_position().offset, 3);
}

TEST_F(SnapshotsTest, TheFoldMayApplyWhileOneIsTaken) {
  Grow(50);
  bool applied = false;
  world.disk.SetFault([&](std::string_view operation, std::string_view path) -> Result<void> {
    if (!applied && operation == "write" && path.contains("snapshots/")) {
      applied = true;
      Grow(1);
    }
    return {};
  });
  ASSERT_EQ(world.embedded->TakeSnapshot()->offset, 50);
  world.disk.SetFault({});
  EXPECT_TRUE(applied);
  Restart();
  EXPECT_EQ(world.embedded->FeedEnd("demo"), 50);
}

}  // namespace
}  // namespace weir::storage
