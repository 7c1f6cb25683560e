// SPDX-License-Identifier: Apache-2.0
#include "storage/journal_retention.hpp"

#include <gmock/gmock.h>

#include "tests/storage/journal_fixture.hpp"

namespace weir::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

class JournalRetentionTest : public JournalFixture {
 protected:
  /// Segments of two entries each, an hour apart: 1 2, 3 4, 5 6, and an empty one.
  void SetUp() override {
    begun_ = clock.Now();
    for (int segment = 0; segment < 3; ++segment) {
      Open();
      ASSERT_TRUE(Append(std::to_string(2 * segment + 1)));
      ASSERT_TRUE(Append(std::to_string(2 * segment + 2)));
      clock.Advance(std::chrono::hours(1));
    }
    Open();
    ASSERT_THAT(Segments(), SizeIs(4));
  }

  [[nodiscard]] Instant Hours(int hours) const { return begun_ + std::chrono::hours(hours); }

  Instant begun_{};
};

struct RetentionCase {
  std::uint64_t before;
  int older_than_hours;
  std::uint64_t removed;
};

class RetentionBoundsTest : public JournalRetentionTest,
                            public ::testing::WithParamInterface<RetentionCase> {};

TEST_P(RetentionBoundsTest, OnlyWholeSegmentsThatAreOldAndFoldedGo) {
  const auto& [before, hours, removed] = GetParam();
  EXPECT_EQ(journal->RemoveSegments({.offset = before}, Hours(hours), {}).value(), removed);
  EXPECT_EQ(journal->begin().offset, 2 * removed + 1);
  EXPECT_THAT(Segments(), SizeIs(4 - removed));
  EXPECT_THAT(Payloads(2 * removed + 1), SizeIs(6 - 2 * removed));
}

INSTANTIATE_TEST_SUITE_P(All, RetentionBoundsTest,
                         ::testing::Values(RetentionCase{1, 9, 0}, RetentionCase{2, 9, 0},
                                           RetentionCase{3, 9, 1}, RetentionCase{5, 9, 2},
                                           RetentionCase{7, 9, 3}, RetentionCase{100, 9, 3},
                                           RetentionCase{100, 0, 0}, RetentionCase{100, 1, 1},
                                           RetentionCase{100, 2, 2}));

TEST_F(JournalRetentionTest, JournalGoesOnAfterwards) {
  ASSERT_EQ(journal->RemoveSegments({.offset = 7}, Hours(9), {}).value(), 3U);
  EXPECT_EQ(Append("7").value().offset, 7U);
  Open();
  EXPECT_EQ(journal->recovery().entries, 1U);
  EXPECT_THAT(Payloads(7), ElementsAre("7"));
}

TEST_F(JournalRetentionTest, EmptiedJournalKeepsItsNumbersStampsAndWatermark) {
  journal->NotePublished({.offset = 6});
  ASSERT_TRUE(Append("7"));
  Open();
  ASSERT_EQ(journal->RemoveSegments({.offset = 8}, Hours(9), {}).value(), 4U);
  const auto last = journal->last_stamp();
  Open();
  EXPECT_EQ(journal->end().offset, 7U);
  EXPECT_EQ(journal->begin().offset, 8U);
  EXPECT_EQ(journal->published_at_open().offset, 6U);
  EXPECT_EQ(journal->last_stamp(), last);
}

TEST_F(JournalRetentionTest, OpenEntriesAreKeptAside) {
  const auto entry = journal->Read({.offset = 3}).value()->Next().value().value();
  const std::set<Position> keep{{.offset = 3}, {.offset = 6}};
  ASSERT_EQ(journal->RemoveSegments({.offset = 5}, Hours(9), keep).value(), 2U);
  disk.CutPower();
  const auto kept = ReadKeptEntry(disk, kFolder, {.offset = 3});
  ASSERT_TRUE(kept) << kept.error().message;
  EXPECT_EQ(kept->envelope, entry.envelope);
  EXPECT_EQ(kept->payload, "3");
  EXPECT_EQ(kept->stamp, entry.stamp);
  EXPECT_EQ(ReadKeptEntry(disk, kFolder, {.offset = 2}).error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(ReadKeptEntry(disk, kFolder, {.offset = 6}).error().kind, ErrorKind::kNotFound);
  Open();
  EXPECT_EQ(journal->begin().offset, 5U) << "what is removed stays removed";
  EXPECT_THAT(Payloads(5), ElementsAre("5", "6"));
}

TEST_F(JournalRetentionTest, SegmentStaysWhenItsEntryCannotBeKept) {
  disk.SetFault([](std::string_view operation, std::string_view path) -> Result<void> {
    if (operation != "sync" || path.find(".entry") == std::string_view::npos) return {};
    return Fail(ErrorKind::kInternal, "input/output error");
  });
  EXPECT_FALSE(journal->RemoveSegments({.offset = 5}, Hours(9), {{.offset = 1}}));
  EXPECT_THAT(Payloads(), SizeIs(6));
}

TEST_F(JournalRetentionTest, DamagedKeptEntryIsNoticed) {
  ASSERT_TRUE(journal->RemoveSegments({.offset = 3}, Hours(9), {{.offset = 1}}));
  const auto path = std::string(kFolder) + "/kept/00000000000000000001.entry";
  auto bytes = disk.ReadAll(path).value();
  bytes.back() ^= 1;
  ASSERT_TRUE(disk.Overwrite(path, bytes));
  EXPECT_EQ(ReadKeptEntry(disk, kFolder, {.offset = 1}).error().kind, ErrorKind::kMalformed);
}

TEST_F(JournalRetentionTest, PowerCutWhileRemovingNeverLeavesAGap) {
  for (int at = 0; at < 6; ++at) {
    Open();
    auto left = std::make_shared<int>(at);
    disk.SetFault([this, left](std::string_view operation, std::string_view) -> Result<void> {
      if (operation == "read" || (*left)-- > 0) return {};
      if (*left == -1) disk.CutPower([](std::uint64_t bound) { return bound - 1; });
      return Fail(ErrorKind::kInternal, "the power is out");
    });
    std::ignore = journal->RemoveSegments({.offset = 7}, Hours(9), {});
    disk.SetFault({});
    disk.KillProcess();
    Open();
    EXPECT_THAT(Payloads(journal->begin().offset), SizeIs(7 - journal->begin().offset));
  }
}

}  // namespace
}  // namespace weir::storage
