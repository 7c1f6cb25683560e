// SPDX-License-Identifier: Apache-2.0
#include "storage/journal_erasure.hpp"

#include <gmock/gmock.h>

#include "base/random.hpp"
#include "storage/journal_format.hpp"
#include "tests/storage/journal_fixture.hpp"

namespace weir::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr const char* kPayload = "recipient_phone=13812345678";

/// A sealed journal of six entries in three closed segments and more, two in each.
class JournalErasureTest : public JournalFixture {
 protected:
  void SetUp() override { ASSERT_NO_FATAL_FAILURE(Fill()); }

  void Fill() {
    ASSERT_TRUE(disk.MakeFolder("data"));
    keys_ = KeyRing::Open(disk, random_, "data", {}).value();
    options.keys = keys_;
    for (int segment = 0; segment < 3; ++segment) {
      Open();
      for (int i = 0; i < 2; ++i) ASSERT_TRUE(Append(kPayload));
    }
    Open();
  }

  static Residues Of(std::initializer_list<std::uint64_t> offsets) {
    Residues residues;
    for (const auto offset : offsets) {
      residues[{.offset = offset}] = "left of " + std::to_string(offset);
    }
    return residues;
  }

  /// What the segments hold, oldest first.
  std::vector<std::string> Files() {
    std::vector<std::string> files;
    for (const auto& path : Segments()) files.push_back(disk.ReadAll(path).value());
    return files;
  }

  SystemRandom random_;
  std::shared_ptr<KeyRing> keys_;
};

TEST_F(JournalErasureTest, ResiduesTakeThePlaceOfPayloads) {
  ASSERT_TRUE(journal->Erase(Of({2, 5})));
  EXPECT_THAT(Payloads(),
              ElementsAre(kPayload, "left of 2", kPayload, kPayload, "left of 5", kPayload));
  const auto entries = TryReadAll().value();
  EXPECT_TRUE(entries.at(1).erased);
  EXPECT_EQ(entries.at(1).envelope, entries.at(0).envelope);
  EXPECT_EQ(entries.at(1).position.offset, 2U);
  EXPECT_FALSE(entries.at(2).erased);
}

TEST_F(JournalErasureTest, ThePayloadIsInNoFileAnyMoreEvenWithTheKeys) {
  const auto before = Files();
  ASSERT_TRUE(journal->Erase(Of({1, 2})));
  const auto after = Files();
  ASSERT_EQ(after.size(), before.size());
  EXPECT_EQ(after.at(0).size(), before.at(0).size()) << "every other byte stays in its place";
  EXPECT_NE(after.at(0), before.at(0));
  EXPECT_EQ(after.at(1), before.at(1)) << "no other segment is touched";
  std::string_view groups(after.at(0));
  groups.remove_prefix(kGroupsBegin);
  const auto salt = DecodeSegmentHeader(after.at(0))->checksum;
  const auto group = DecodeGroup(groups, salt, keys_.get());
  ASSERT_TRUE(group) << group.error().message;
  EXPECT_EQ(group->at(0).payload, "");
  const auto names = disk.List(kFolder).value();
  EXPECT_THAT(names, ::testing::Not(::testing::Contains(std::string(kErasingName))));
}

TEST_F(JournalErasureTest, TheJournalGoesOn) {
  ASSERT_TRUE(journal->Erase(Of({6})));
  ASSERT_TRUE(Append("7"));
  Open();
  EXPECT_EQ(journal->end().offset, 7U);
  EXPECT_THAT(Payloads(6), ElementsAre("left of 6", "7"));
}

TEST_F(JournalErasureTest, CanBeDoneAgainWithAnotherResidue) {
  ASSERT_TRUE(journal->Erase(Of({2})));
  const auto files = Files();
  ASSERT_TRUE(journal->Erase({{{.offset = 2}, "other"}}));
  EXPECT_THAT(Payloads(2).front(), "other");
  EXPECT_EQ(Files(), files);
}

TEST_F(JournalErasureTest, ResiduesAreSealed) {
  ASSERT_TRUE(journal->Erase(Of({2})));
  const auto file = disk.ReadAll("data/journal/erased/00000000000000000002.entry").value();
  EXPECT_EQ(file.find("left"), std::string::npos);
}

TEST_F(JournalErasureTest, ALostResidueIsNoticed) {
  ASSERT_TRUE(journal->Erase(Of({2})));
  ASSERT_TRUE(disk.Remove("data/journal/erased/00000000000000000002.entry"));
  const auto read = TryReadAll();
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().kind, ErrorKind::kMalformed);
  EXPECT_THAT(read.error().message, HasSubstr("is missing"));
}

TEST_F(JournalErasureTest, WhatWasNeverSealedIsRefusedAndNothingChanges) {
  options.keys = nullptr;
  Open();
  ASSERT_TRUE(Append("7"));
  options.keys = keys_;
  Open();
  const auto files = Files();
  const auto erased = journal->Erase(Of({2, 7}));
  ASSERT_FALSE(erased);
  EXPECT_EQ(erased.error().kind, ErrorKind::kRejected);
  EXPECT_EQ(Files(), files);
  EXPECT_THAT(Payloads(), SizeIs(7));
}

TEST_F(JournalErasureTest, EntriesThatAreNotThereAreRefused) {
  EXPECT_EQ(journal->Erase(Of({7})).error().kind, ErrorKind::kNotFound);
  ASSERT_TRUE(Append("7"));
  EXPECT_EQ(journal->Erase(Of({7})).error().kind, ErrorKind::kConflict) << "being written";
}

TEST_F(JournalErasureTest, ResiduesGoWithTheirSegment) {
  ASSERT_TRUE(journal->Erase(Of({1, 2, 3})));
  ASSERT_EQ(journal->RemoveSegments({.offset = 3}, clock.Now() + std::chrono::hours(9), {}).value(),
            1U);
  EXPECT_THAT(disk.List("data/journal/erased").value(), ElementsAre("00000000000000000003.entry"));
  EXPECT_THAT(Payloads(3).front(), "left of 3");
}

TEST_F(JournalErasureTest, CutOffAnywhereEachEntryIsAsItWasOrErased) {
  bool cut = true;
  for (int at = 0; cut; ++at) {
    SCOPED_TRACE(at);
    disk.SetFault({});
    journal.reset();
    disk.KillProcess();
    options.folder = "data" + std::to_string(at) + "/journal";
    ASSERT_TRUE(disk.MakeFolder(options.folder));
    Open();
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(Append(kPayload));
    Open();
    cut = false;
    auto left = std::make_shared<int>(at);
    disk.SetFault([this, left, &cut](std::string_view operation, std::string_view) -> Result<void> {
      if (operation == "read" || (*left)-- > 0) return {};
      if (!cut) disk.CutPower([](std::uint64_t bound) { return bound - 1; });
      cut = true;
      return Fail(ErrorKind::kInternal, "the power is out");
    });
    EXPECT_EQ(journal->Erase(Of({1, 3})).has_value(), !cut);
    disk.SetFault({});
    disk.KillProcess();
    Open();
    for (const auto& entry : TryReadAll().value()) {
      EXPECT_EQ(entry.payload, entry.erased ? "left of " + std::to_string(entry.position.offset)
                                            : std::string(kPayload));
    }
    ASSERT_TRUE(journal->Erase(Of({1, 3})));
    EXPECT_THAT(Payloads(), ElementsAre("left of 1", kPayload, "left of 3"));
    EXPECT_THAT(disk.List(options.folder).value(),
                ::testing::Not(::testing::Contains(std::string(kErasingName))));
  }
}

}  // namespace
}  // namespace weir::storage
