// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "storage/journal_format.hpp"
#include "storage/journal_retention.hpp"
#include "tests/storage/journal_fixture.hpp"

namespace weir::storage {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kPayload = "recipient_phone=13812345678";

class SealedJournalTest : public JournalFixture {
 protected:
  void SetUp() override {
    ASSERT_TRUE(disk.MakeFolder("data"));
    keys_ = KeyRing::Open(disk, random_, "data", {}).value();
    options.keys = keys_;
    Open();
  }

  /// The newest segment's bytes.
  std::string Bytes() { return disk.ReadAll(Segments().back()).value(); }

  struct Found {
    std::size_t at = 0;  ///< Of the stored payload in the segment.
    std::size_t size = 0;
  };
  /// Where the first entry's payload of each group is stored.
  static std::vector<Found> StoredIn(const std::string& bytes) {
    std::vector<Found> found;
    std::size_t at = kGroupsBegin;
    while (const auto header = DecodeGroupHeader(std::string_view(bytes).substr(at))) {
      std::string_view rest(bytes);
      rest = rest.substr(at + kGroupHeaderBytes);
      const auto parts = ParseFrame(TakeFrame(rest).value()).value();
      found.push_back(
          {static_cast<std::size_t>(parts.stored.data() - bytes.data()), parts.stored.size()});
      at += header->length;
    }
    return found;
  }

  std::uint64_t Salt() { return DecodeSegmentHeader(Bytes())->checksum; }

  /// Writes over a killed journal's segment.
  void Reopen(const std::string& bytes) {
    const auto path = Segments().back();
    disk.KillProcess();
    journal.reset();
    ASSERT_TRUE(disk.Overwrite(path, bytes));
    Open();
  }

  SystemRandom random_;
  std::shared_ptr<KeyRing> keys_;
};

TEST_F(SealedJournalTest, EntriesComeBack) {
  for (const auto* payload : {"first", "", kPayload}) ASSERT_TRUE(Append(payload));
  EXPECT_THAT(Payloads(), ElementsAre("first", "", kPayload));
  Open();
  EXPECT_THAT(Payloads(), ElementsAre("first", "", kPayload));
}

TEST_F(SealedJournalTest, NothingOfAPayloadIsInTheFile) {
  ASSERT_TRUE(Append(kPayload));
  EXPECT_EQ(Bytes().find("1381234"), std::string::npos);
}

TEST_F(SealedJournalTest, SealingAddsTwentyEightBytesAndTheKeysNumber) {
  const auto envelope = MakeEntry("").envelope;
  std::string plain;
  std::string sealed;
  AppendFrame(plain, envelope, kPayload);
  AppendFrame(sealed, envelope, kPayload, Sealing::kLater);
  EXPECT_EQ(sealed.size(), plain.size() + kSealOverhead + 3);
}

TEST_F(SealedJournalTest, WithoutItsKeyAnEntrySaysSo) {
  ASSERT_TRUE(Append(kPayload));
  ASSERT_TRUE(disk.MakeFolder("other"));
  options.keys = KeyRing::Open(disk, random_, "other", {}).value();
  Open();
  const auto read = TryReadAll();
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().kind, ErrorKind::kUnauthorized);
  EXPECT_THAT(read.error().message, HasSubstr("data key 1"));
}

TEST_F(SealedJournalTest, WhatWasWrittenUnsealedIsRead) {
  options.keys = nullptr;
  Open();
  ASSERT_TRUE(Append("unsealed"));
  options.keys = keys_;
  Open();
  ASSERT_TRUE(Append(kPayload));
  EXPECT_THAT(Payloads(), ElementsAre("unsealed", kPayload));
}

TEST_F(SealedJournalTest, EveryFlippedByteOfAPayloadIsNoticed) {
  ASSERT_TRUE(Append(kPayload));
  const auto stored = StoredIn(Bytes()).at(0);
  const auto group = Bytes().substr(kGroupsBegin);
  for (std::size_t i = 0; i < stored.size; ++i) {
    auto damaged = group;
    damaged[stored.at - kGroupsBegin + i] ^= 1;
    EXPECT_EQ(VerifyGroup(damaged, Salt()).error().kind, ErrorKind::kMalformed) << i;
  }
}

TEST_F(SealedJournalTest, AForgedChecksumDoesNotHelpAFlippedByte) {
  ASSERT_TRUE(Append(kPayload));
  auto group = Bytes().substr(kGroupsBegin);
  const auto header = DecodeGroupHeader(group).value();
  group.resize(header.length);
  group[StoredIn(Bytes()).at(0).at - kGroupsBegin + 20] ^= 1;
  CloseGroup(group, header, Salt());
  ASSERT_TRUE(VerifyGroup(group, Salt()));
  EXPECT_EQ(DecodeGroup(group, Salt(), keys_.get()).error().kind, ErrorKind::kMalformed);
}

TEST_F(SealedJournalTest, APayloadOpensAtItsOwnPositionOnly) {
  ASSERT_TRUE(Append("13812345678"));
  ASSERT_TRUE(Append("13987654321"));
  const auto bytes = Bytes();
  const auto stored = StoredIn(bytes);
  ASSERT_EQ(stored.at(0).size, stored.at(1).size);
  auto group = bytes.substr(kGroupsBegin);
  const auto header = DecodeGroupHeader(group).value();
  group.resize(header.length);
  group.replace(stored[0].at - kGroupsBegin, stored[0].size, bytes, stored[1].at, stored[1].size);
  CloseGroup(group, header, Salt());
  const auto decoded = DecodeGroup(group, Salt(), keys_.get());
  ASSERT_FALSE(decoded);
  EXPECT_THAT(decoded.error().message, HasSubstr("does not open"));
}

TEST_F(SealedJournalTest, AnEnvelopeBelongsToItsPayload) {
  ASSERT_TRUE(Append(kPayload));
  auto group = Bytes().substr(kGroupsBegin);
  const auto header = DecodeGroupHeader(group).value();
  group.resize(header.length);
  const auto topic = group.find("order/paid");
  ASSERT_NE(topic, std::string::npos);
  group[topic] = 'O';
  CloseGroup(group, header, Salt());
  EXPECT_FALSE(DecodeGroup(group, Salt(), keys_.get()));
}

TEST_F(SealedJournalTest, AKeptEntryIsSealedToo) {
  ASSERT_TRUE(Append(kPayload));
  Open();
  ASSERT_TRUE(Append("second"));
  clock.Advance(std::chrono::hours(1));
  ASSERT_EQ(journal->RemoveSegments({.offset = 2}, clock.Now(), {Position{.offset = 1}}), 1U);
  const auto file = disk.ReadAll("data/journal/kept/00000000000000000001.entry").value();
  EXPECT_EQ(file.find("1381234"), std::string::npos);
  EXPECT_EQ(ReadKeptEntry(disk, kFolder, {.offset = 1}, keys_.get())->payload, kPayload);
}

TEST_F(SealedJournalTest, AFullDiskThatKeepsNoKeyFailsItsWaiters) {
  disk.SetFault([](std::string_view, std::string_view path) -> Result<void> {
    if (path.find("keys") == std::string_view::npos) return {};
    return Fail(ErrorKind::kInternal, "no space left");
  });
  EXPECT_FALSE(Append(kPayload));
  disk.SetFault({});
  ASSERT_TRUE(Append("second"));
  EXPECT_THAT(Payloads(), ElementsAre("second"));
}

class ErasedPayloadTest : public SealedJournalTest {
 protected:
  /// The segment with the first entry's payload erased.
  std::string Erased() {
    for (const auto* payload : {kPayload, "second"}) EXPECT_TRUE(Append(payload));
    auto bytes = Bytes();
    const auto stored = StoredIn(bytes).at(0);
    EXPECT_TRUE(EraseStored(std::span(bytes).subspan(stored.at, stored.size)));
    return bytes;
  }
};

TEST_F(ErasedPayloadTest, LeavesTheChainWhole) {
  const auto bytes = Erased();
  const auto groups = std::string_view(bytes).substr(kGroupsBegin);
  const auto first = DecodeGroup(groups, Salt(), keys_.get());
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_TRUE(first->at(0).erased);
  EXPECT_EQ(first->at(0).payload, "");
  EXPECT_EQ(first->at(0).envelope.topic, "order/paid");
  const auto length = DecodeGroupHeader(groups)->length;
  const auto second = DecodeGroup(groups.substr(length), Salt(), keys_.get());
  ASSERT_TRUE(second) << second.error().message;
  EXPECT_FALSE(second->at(0).erased);
  EXPECT_EQ(second->at(0).payload, "second");
}

TEST_F(ErasedPayloadTest, EveryFlippedByteIsNoticed) {
  const auto bytes = Erased();
  const auto stored = StoredIn(bytes).at(0);
  for (std::size_t i = 0; i < stored.size; ++i) {
    auto damaged = bytes.substr(kGroupsBegin);
    damaged[stored.at - kGroupsBegin + i] ^= 1;
    EXPECT_FALSE(VerifyGroup(damaged, Salt())) << i;
  }
}

TEST_F(ErasedPayloadTest, TheShortestOneCanBeErasedAndErasedAgain) {
  ASSERT_TRUE(Append("x"));
  auto bytes = Bytes();
  const auto stored = StoredIn(bytes).at(0);
  for (int times = 0; times < 2; ++times) {
    ASSERT_TRUE(EraseStored(std::span(bytes).subspan(stored.at, stored.size)));
    EXPECT_TRUE(VerifyGroup(std::string_view(bytes).substr(kGroupsBegin), Salt()));
  }
}

TEST_F(ErasedPayloadTest, ATornPayloadDoesNotPassForAnErasedOne) {
  ASSERT_TRUE(Append(kPayload));
  auto bytes = Bytes();
  const auto stored = StoredIn(bytes).at(0);
  for (const std::size_t kept : {std::size_t{0}, std::size_t{8}, stored.size / 2}) {
    auto torn = bytes.substr(kGroupsBegin);
    torn.replace(stored.at - kGroupsBegin + kept, stored.size - kept, stored.size - kept, '\0');
    EXPECT_FALSE(VerifyGroup(torn, Salt())) << kept;
  }
}

}  // namespace
}  // namespace weir::storage
