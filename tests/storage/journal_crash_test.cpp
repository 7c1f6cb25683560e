// SPDX-License-Identifier: Apache-2.0
#include "tests/storage/journal_world.hpp"

namespace weir::storage {
namespace {

constexpr int kRounds = 14;

/// The parameter seeds what is written and what becomes of unsynced writes.
class JournalCrashTest : public ::testing::TestWithParam<int> {
 protected:
  /// Lets `crash` happen at each operation of a run, in turn, and hands the rebooted world to
  /// `check`.
  template <typename Crash, typename Check>
  void AtEachOperation(Crash crash, Check check) {
    bool crashed = true;
    for (int at = 0; crashed; ++at) {
      SCOPED_TRACE(at);
      JournalWorld world(static_cast<std::uint64_t>(GetParam()));
      crashed = false;
      world.CrashAt(at, [&] {
        crashed = true;
        crash(world);
      });
      world.Work(kRounds);
      world.Reboot();
      check(world);
      if (HasFatalFailure()) return;
    }
  }
};

/// False when it failed.
bool OpenAndAudit(JournalWorld& world) {
  world.Open();
  if (!::testing::Test::HasFatalFailure()) world.Audit();
  return !::testing::Test::HasFatalFailure();
}

TEST_P(JournalCrashTest, PowerCutLosesNothingThatWasAnswered) {
  AtEachOperation([](JournalWorld& world) { world.CutPower(); },
                  [](JournalWorld& world) {
                    if (!OpenAndAudit(world)) return;
                    world.Work(3);
                    OpenAndAudit(world);
                  });
}

TEST_P(JournalCrashTest, WhatIsReadAfterAKillIsThereAfterAPowerCut) {
  AtEachOperation([](JournalWorld& world) { world.disk.KillProcess(); },
                  [](JournalWorld& world) {
                    if (!OpenAndAudit(world)) return;
                    const auto read = world.Payloads();
                    world.disk.CutPower();
                    if (!OpenAndAudit(world)) return;
                    EXPECT_EQ(world.Payloads(), read);
                  });
}

TEST_P(JournalCrashTest, RecoveryThatIsItselfCutOffLosesNothing) {
  AtEachOperation([](JournalWorld& world) { world.CutPower(); },
                  [](JournalWorld& world) {
                    for (int again = 0; again < 3; ++again) {
                      world.CrashAt(static_cast<int>(world.random.Below(8)),
                                    [&world] { world.CutPower(); });
                      std::ignore = world.TryOpen();
                      world.Reboot();
                    }
                    OpenAndAudit(world);
                  });
}

INSTANTIATE_TEST_SUITE_P(Seeds, JournalCrashTest, ::testing::Range(1, 9));

TEST(JournalWorldTest, WithoutACrashEverythingIsAnswered) {
  JournalWorld world(1);
  world.Work(kRounds);
  EXPECT_GE(world.answered(), 14U);
  EXPECT_GE(world.Segments().size(), 3U);
  world.Audit();
}

}  // namespace
}  // namespace weir::storage
