// SPDX-License-Identifier: Apache-2.0
#include "storage/journal_format.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/binary.hpp"
#include "base/digest.hpp"
#include "tests/storage/journal_fixture.hpp"

namespace weir::storage {
namespace {

constexpr std::uint64_t kSalt = 0x1234567890abcdef;
constexpr std::uint64_t kChain = 77;

std::string MakeGroup(const std::vector<std::string>& payloads) {
  std::string group(kGroupHeaderBytes, '\0');
  for (const auto& payload : payloads) AppendFrame(group, MakeEntry("").envelope, payload);
  CloseGroup(group,
             {.count = payloads.size(),
              .first = 5,
              .stamp = Instant(std::chrono::milliseconds(9)),
              .published = 3,
              .chain = kChain},
             kSalt);
  return group;
}

void Put(std::string& bytes, std::size_t at, const std::string& what) {
  bytes.replace(at, what.size(), what);
}

/// Writes the checksum anew, as a program that knows the rest would.
void Reseal(std::string& group) {
  std::string checksum;
  BinaryWriter(checksum).U64(Checksum(std::string_view(group).substr(16), kChain ^ kSalt));
  Put(group, 8, checksum);
}

TEST(GroupFormatTest, HeaderAndEntriesComeBack) {
  const auto group = MakeGroup({"a", "", std::string(10'000, 'x')});
  const auto header = VerifyGroup(group, kSalt);
  ASSERT_TRUE(header) << header.error().message;
  EXPECT_EQ(header->length, group.size());
  EXPECT_EQ(header->published, 3U);
  EXPECT_EQ(header->chain, kChain);
  const auto entries = DecodeGroup(group + "what follows", kSalt);
  ASSERT_TRUE(entries) << entries.error().message;
  ASSERT_EQ(entries->size(), 3U);
  EXPECT_EQ(entries->at(2).position.offset, 7U);
  EXPECT_EQ(entries->at(2).stamp, Instant(std::chrono::milliseconds(9)));
  EXPECT_EQ(entries->at(2).payload, std::string(10'000, 'x'));
  EXPECT_EQ(entries->at(0).envelope, MakeEntry("").envelope);
}

TEST(GroupFormatTest, RepetitivePayloadsAreStoredSmaller) {
  EXPECT_LT(MakeGroup({std::string(10'000, 'x')}).size(), 500U);
}

TEST(GroupFormatTest, EveryFlippedBitIsNoticed) {
  const auto group = MakeGroup({"first payload", "second"});
  for (std::size_t bit = 0; bit < 8 * group.size(); ++bit) {
    auto damaged = group;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_EQ(DecodeGroup(damaged, kSalt).error().kind, ErrorKind::kMalformed) << bit;
  }
}

TEST(GroupFormatTest, EveryShorterPartIsRefused) {
  const auto group = MakeGroup({"first payload", "second"});
  for (std::size_t size = 0; size < group.size(); ++size) {
    EXPECT_FALSE(DecodeGroup(group.substr(0, size), kSalt)) << size;
  }
}

TEST(GroupFormatTest, AnotherSegmentsGroupIsRefused) {
  EXPECT_FALSE(VerifyGroup(MakeGroup({"a"}), kSalt + 1));
}

TEST(GroupFormatTest, NewerVersionIsToldFromDamage) {
  auto group = MakeGroup({"a"});
  group[16] = 3;
  EXPECT_EQ(VerifyGroup(group, kSalt).error().kind, ErrorKind::kMalformed);
  Reseal(group);
  EXPECT_EQ(VerifyGroup(group, kSalt).error().kind, ErrorKind::kRejected);
}

struct FrameCase {
  const char* name;
  std::size_t at;
  char value;
  ErrorKind expected;
};

// A frame's first bytes: version, codec, dictionary, key, length, kind.
constexpr FrameCase kFrames[] = {
    {"newer version", 0, 5, ErrorKind::kRejected},
    {"unknown codec", 1, 9, ErrorKind::kRejected},
    {"unknown dictionary", 2, 127, ErrorKind::kMalformed},
    {"sealed", 3, 1, ErrorKind::kRejected},
    {"another length", 4, 4, ErrorKind::kMalformed},
    {"unknown kind", 5, 99, ErrorKind::kRejected},
    {"kind zero", 5, 0, ErrorKind::kRejected},
};

class OddFrameTest : public ::testing::TestWithParam<FrameCase> {};

TEST_P(OddFrameTest, SaysWhatIsWrong) {
  std::string bytes;
  AppendFrame(bytes, MakeEntry("").envelope, "abc");
  auto frame = bytes.substr(4);
  ASSERT_TRUE(DecodeFrame(frame));
  frame[GetParam().at] = GetParam().value;
  const auto decoded = DecodeFrame(frame);
  // A dictionary that is not used is not looked for.
  if (GetParam().at == 2) {
    EXPECT_TRUE(decoded);
    frame[1] = 1;
    EXPECT_EQ(DecodeFrame(frame).error().kind, ErrorKind::kRejected);
    return;
  }
  ASSERT_FALSE(decoded);
  EXPECT_EQ(decoded.error().kind, GetParam().expected) << decoded.error().message;
}

INSTANTIATE_TEST_SUITE_P(All, OddFrameTest, ::testing::ValuesIn(kFrames));

TEST(FrameFormatTest, HugeClaimIsRefusedBeforeItIsBelieved) {
  std::string frame;
  BinaryWriter writer(frame);
  writer.U8(1);
  writer.U8(1);
  writer.Varint(0);
  writer.Varint(0);
  writer.Varint(kMaxPayloadBytes + 1);
  writer.U8(1);
  writer.SignedVarint(0);
  for (int i = 0; i < 5; ++i) writer.Text("");
  EXPECT_EQ(DecodeFrame(frame).error().kind, ErrorKind::kMalformed);
}

RC_GTEST_PROP(FrameFormatTest, AnyEntryComesBack,
              (const std::string& text, const std::string& payload, std::int32_t at)) {
  auto envelope = MakeEntry("").envelope;
  envelope.topic = text.substr(0, kMaxEnvelopeText);
  envelope.request = *rc::gen::element<std::string>("", "asked");
  envelope.kind = *rc::gen::element(EntryKind::kCommand, EntryKind::kWindow);
  envelope.received_at = Instant(std::chrono::milliseconds(at));
  std::string bytes;
  AppendFrame(bytes, envelope, payload);
  std::string_view rest = bytes;
  const auto frame = TakeFrame(rest);
  RC_ASSERT(frame.has_value());
  RC_ASSERT(rest.empty());
  const auto entry = DecodeFrame(*frame);
  RC_ASSERT(entry.has_value());
  RC_ASSERT(entry->envelope == envelope);
  RC_ASSERT(entry->payload == payload);
}

RC_GTEST_PROP(FrameFormatTest, HostileBytesNeverCrash, (std::vector<std::uint8_t> noise)) {
  auto group = MakeGroup({"abc", std::string(300, 'y')});
  const auto at = *rc::gen::inRange<std::size_t>(16, group.size());
  for (std::size_t i = 0; i < noise.size() && at + i < group.size(); ++i) {
    group[at + i] = static_cast<char>(noise[i]);
  }
  // The first version's checksum takes any bytes for frames.
  group[16] = 1;
  Reseal(group);
  std::ignore = DecodeGroup(group, kSalt);
  std::ignore = DecodeGroup({reinterpret_cast<const char*>(noise.data()), noise.size()});
  std::ignore = DecodeFrame({reinterpret_cast<const char*>(noise.data()), noise.size()});
}

TEST(SegmentFormatTest, HeaderComesBackAndEveryFlippedBitIsNoticed) {
  const SegmentHeader header{.first = 12,
                             .previous_first = 3,
                             .chain = 4,
                             .last_stamp = Instant(std::chrono::milliseconds(5)),
                             .published = 6,
                             .created_at = Instant(std::chrono::milliseconds(-7))};
  const auto bytes = EncodeSegmentHeader(header);
  ASSERT_EQ(bytes.size(), kSegmentHeaderBytes);
  const auto decoded = DecodeSegmentHeader(bytes);
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->previous_first, 3U);
  EXPECT_EQ(decoded->created_at, header.created_at);
  for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
    auto damaged = bytes;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_FALSE(DecodeSegmentHeader(damaged)) << bit;
  }
}

TEST(SegmentFormatTest, NameComesBack) {
  EXPECT_EQ(SegmentName(42), "00000000000000000042.wj");
  EXPECT_EQ(ParseSegmentName(SegmentName(42)), 42U);
  EXPECT_EQ(ParseSegmentName(SegmentName(18446744073709551615U)), 18446744073709551615U);
}

class OddNameTest : public ::testing::TestWithParam<const char*> {};

TEST_P(OddNameTest, IsNoSegment) { EXPECT_FALSE(ParseSegmentName(GetParam())); }

INSTANTIATE_TEST_SUITE_P(All, OddNameTest,
                         ::testing::Values("", "kept", "next.segment", "42.wj",
                                           "0000000000000000004a.wj", "00000000000000000042.wk",
                                           "99999999999999999999.wj", "000000000000000000042.wj",
                                           "00000000000000000042.wj~"));

}  // namespace
}  // namespace weir::storage
