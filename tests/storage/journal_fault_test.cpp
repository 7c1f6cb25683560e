// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "tests/storage/journal_world.hpp"

namespace weir::storage {
namespace {

using ::testing::ElementsAre;
using JournalFaultTest = JournalFixture;

MemoryDisk::Fault FailNext(std::string operation, int times = 1) {
  auto left = std::make_shared<int>(times);
  return [left, operation = std::move(operation)](std::string_view which,
                                                  std::string_view) -> Result<void> {
    if (which != operation || *left == 0) return {};
    --*left;
    return Fail(ErrorKind::kInternal, "input/output error");
  };
}

TEST_F(JournalFaultTest, FailedFlushFailsItsWaitersAndIsNotHandedOver) {
  Open();
  ASSERT_TRUE(Append("a"));
  disk.SetFault(FailNext("sync"));
  const auto answer = Begin("b");
  EXPECT_FALSE(journal->Step());
  Poll();
  ASSERT_TRUE(answer->has_value());
  EXPECT_EQ((*answer)->error().kind, ErrorKind::kInternal);
  EXPECT_EQ(sink.entries.size(), 1U);
  EXPECT_EQ(journal->end().offset, 1U);
}

TEST_F(JournalFaultTest, NewSegmentTakesThePlaceOfAFailedFlush) {
  Open();
  ASSERT_TRUE(Append("a"));
  disk.SetFault(FailNext("sync"));
  EXPECT_FALSE(Append("b"));
  EXPECT_EQ(Append("c").value().offset, 2U);
  EXPECT_EQ(Segments().size(), 2U) << "nothing is written behind a flush that failed";
  EXPECT_THAT(Payloads(), ElementsAre("a", "c"));
  Open();
  EXPECT_THAT(Payloads(), ElementsAre("a", "c"));
}

TEST_F(JournalFaultTest, FailedFirstGroupOfASegmentIsReplaced) {
  Open();
  disk.SetFault(FailNext("sync"));
  EXPECT_FALSE(Append("a"));
  EXPECT_EQ(Append("b").value().offset, 1U);
  Open();
  EXPECT_THAT(Payloads(), ElementsAre("b"));
}

TEST_F(JournalFaultTest, StepsFailUntilTheProbeSucceeds) {
  Open();
  disk.SetFault(FailNext("sync", 4));
  for (int i = 0; i < 4; ++i) EXPECT_EQ(Append("a").error().kind, ErrorKind::kInternal);
  EXPECT_TRUE(Append("b"));
}

TEST_F(JournalFaultTest, FullDiskFailsAppendsUntilThereIsRoom) {
  options.segment_bytes = 64 << 10;
  Open();
  disk.SetCapacity(70 << 10);
  int accepted = 0;
  while (Append("a" + std::string(7, static_cast<char>('a' + accepted % 26)))) ++accepted;
  EXPECT_GT(accepted, 10);
  EXPECT_FALSE(Append("no room"));
  disk.SetCapacity(10 << 20);
  EXPECT_EQ(Append("room").value().offset, static_cast<std::uint64_t>(accepted) + 1);
  Open();
  EXPECT_EQ(Payloads().back(), "room");
}

struct FaultCase {
  const char* operation;
  int seed;
};

/// A single failure at each operation of that kind, while the load goes on.
class SingleFaultTest : public ::testing::TestWithParam<FaultCase> {
 protected:
  /// True when the fault was reached.
  bool Run(int at, bool power_cut) {
    JournalWorld world(static_cast<std::uint64_t>(GetParam().seed));
    auto left = std::make_shared<int>(at);
    world.disk.SetFault([left, operation = std::string_view(GetParam().operation)](
                            std::string_view which, std::string_view) -> Result<void> {
      if (which != operation || (*left)-- != 0) return {};
      return Fail(ErrorKind::kInternal, "input/output error");
    });
    // A start may be what fails: the next one then works.
    world.Work(12);
    world.Work(12);
    world.Reboot();
    if (power_cut) world.CutPower();
    world.Open();
    if (!HasFatalFailure()) world.Audit();
    return *left < 0;
  }
};

TEST_P(SingleFaultTest, LosesNothingThatWasAnswered) {
  for (const bool power_cut : {false, true}) {
    int at = 0;
    while (Run(at, power_cut) && !HasFatalFailure()) ++at;
    EXPECT_GT(at, 0) << "the fault was never reached";
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, SingleFaultTest,
    ::testing::Values(FaultCase{"sync", 1}, FaultCase{"sync", 2}, FaultCase{"sync", 3},
                      FaultCase{"write", 1}, FaultCase{"write", 2}, FaultCase{"rename", 1},
                      FaultCase{"sync_folder", 1}, FaultCase{"allocate", 1}, FaultCase{"open", 1},
                      FaultCase{"truncate", 1}, FaultCase{"remove", 1}),
    [](const auto& info) {
      return std::string(info.param.operation) + std::to_string(info.param.seed);
    });

}  // namespace
}  // namespace weir::storage
