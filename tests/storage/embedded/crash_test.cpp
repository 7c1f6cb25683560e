// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "base/seeded_random.hpp"
#include "tests/storage/embedded/embedded_world.hpp"

namespace weir::storage {
namespace {

constexpr int kOrders = 7;

/// What entry n does: one of a few orders gets its next version, and a change says so.
Batch DoingOf(std::uint64_t n) {
  auto order = Order("o-" + std::to_string(n % kOrders), n / kOrders + 1, n);
  order.state = "state " + std::to_string(n) + std::string(300, 's');
  order.columns.updated_at = At(static_cast<std::int64_t>(n));
  auto change = Change(n, order.id);
  change.at = order.columns.updated_at;
  change.data = "data " + std::to_string(n) + std::string(200, 'd');
  Batch batch;
  batch.puts.push_back(std::move(order));
  batch.changes.push_back(std::move(change));
  return batch;
}

/// A gateway's storage that a crash meets anywhere.
class CrashWorld {
 public:
  explicit CrashWorld(std::uint64_t seed) : random(seed) {
    world.options.checkpoint.wal_bytes = 32 << 10;
  }

  /// Starts, folds what the journal is ahead by, and works on until the disk fails.
  void Live() {
    if (!world.Open()) return;
    while (world.embedded->view_position() < world.embedded->journal_end()) {
      if (!ApplyNext()) return;
    }
    for (int i = 0; i < 40; ++i) {
      std::vector<NewEntry> entries(1);
      entries[0].envelope.merchant = "demo";
      if (!world.Run(world.embedded->Append(std::move(entries))) || !ApplyNext()) return;
      if (random.Below(8) == 0 && !world.embedded->checkpointer().Step()) return;
      if (random.Below(24) == 0 && !world.embedded->TakeSnapshot()) return;
    }
  }

  /// The `at`th change to the disk from now on, and each after it, fails.
  void FailFrom(std::uint64_t at) {
    world.disk.SetFault([left = std::make_shared<std::uint64_t>(at)](
                            std::string_view operation, std::string_view) -> Result<void> {
      if (operation == "read") return {};
      if (*left > 0) {
        --*left;
        return {};
      }
      return Fail(ErrorKind::kInternal, "the machine is down");
    });
  }

  /// After a start: all that was acknowledged is there, and nothing is there in part.
  void Audit() {
    const auto opened = world.Open();
    ASSERT_TRUE(opened) << opened.error().message;
    auto& storage = *world.embedded;
    const auto position = storage.view_position().offset;
    ASSERT_GE(position, acknowledged);
    ASSERT_EQ(storage.FeedEnd("demo"), position);
    const auto page = world.Run(storage.ReadChanges("demo", 0, 10'000, {})).value();
    ASSERT_EQ(page.changes.size(), position);
    for (std::uint64_t n = 1; n <= position; ++n) {
      const auto expected = DoingOf(n);
      ASSERT_EQ(page.changes[n - 1].data, expected.changes[0].data);
      if (n + kOrders <= position) continue;
      const auto order = world.Run(storage.Read(RecordKind::kOrder, "demo", expected.puts[0].id));
      ASSERT_TRUE(order && *order);
      ASSERT_EQ((*order)->state, expected.puts[0].state);
    }
    ASSERT_TRUE(storage.Verify());
  }

  SeededRandom random;
  EmbeddedWorld world;
  std::uint64_t acknowledged = 0;

 private:
  bool ApplyNext() {
    const auto at = world.embedded->view_position();
    auto batch = DoingOf(at.offset + 1);
    batch.through = {.offset = at.offset + 1};
    const auto applied = world.Run(world.embedded->Apply(world.fence, at, std::move(batch)));
    if (applied) acknowledged = at.offset + 1;
    return applied.has_value();
  }
};

class CrashTest : public testing::TestWithParam<std::uint64_t> {};

TEST_P(CrashTest, APowerCutLosesNothingAcknowledged) {
  CrashWorld crash(GetParam());
  for (int life = 0; life < 3; ++life) {
    crash.FailFrom(crash.random.Below(600));
    crash.Live();
    crash.world.embedded.reset();
    crash.world.disk.SetFault({});
    crash.world.disk.CutPower([&](std::uint64_t bound) { return crash.random.Below(bound); });
    ASSERT_NO_FATAL_FAILURE(crash.Audit());
    crash.world.Kill();
  }
}

TEST_P(CrashTest, AKillLosesNothingAcknowledged) {
  CrashWorld crash(GetParam());
  for (int life = 0; life < 3; ++life) {
    crash.FailFrom(crash.random.Below(600));
    crash.Live();
    crash.world.Kill();
    ASSERT_NO_FATAL_FAILURE(crash.Audit());
    crash.world.Kill();
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, CrashTest, testing::Range<std::uint64_t>(0, 40));

TEST(FailedApply, LeavesTheViewAsItWasAndCanBeRepeated) {
  EmbeddedWorld world;
  ASSERT_TRUE(world.Open());
  ASSERT_TRUE(world.Apply(DoingOf(1)));
  std::vector<NewEntry> entries(1);
  ASSERT_TRUE(world.Run(world.embedded->Append(std::move(entries))));
  auto batch = DoingOf(2);
  batch.through = {.offset = 2};
  batch.puts[0].columns.store = "a word never seen before";
  world.disk.SetFault([](std::string_view operation, std::string_view path) -> Result<void> {
    const bool hit = operation == "sync" && path.ends_with("view.db-wal");
    return hit ? Fail(ErrorKind::kInternal, "no flush") : Result<void>();
  });
  EXPECT_FALSE(world.Run(world.embedded->Apply(world.fence, {.offset = 1}, batch)));
  EXPECT_EQ(world.embedded->view_position().offset, 1);
  EXPECT_EQ(world.embedded->FeedEnd("demo"), 1);
  world.disk.SetFault({});
  ASSERT_TRUE(world.Run(world.embedded->Apply(world.fence, {.offset = 1}, batch)));
  const auto order = world.Run(world.embedded->Read(RecordKind::kOrder, "demo", "o-2")).value();
  ASSERT_TRUE(order);
  EXPECT_EQ(order->columns.store, "a word never seen before");
}

}  // namespace
}  // namespace weir::storage
