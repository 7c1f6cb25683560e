// SPDX-License-Identifier: Apache-2.0
#include "base/binary.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <limits>
#include <string>

namespace weir {
namespace {

using namespace std::string_literals;

TEST(Binary, IsLittleEndian) {
  std::string out;
  BinaryWriter writer(out);
  writer.U8(0xAB);
  writer.U32(0x01020304);
  writer.U64(5);
  EXPECT_EQ(out, "\xAB\x04\x03\x02\x01\x05\0\0\0\0\0\0\0"s);
}

TEST(Binary, WritesShortVarintsForSmallValues) {
  std::string out;
  BinaryWriter writer(out);
  writer.Varint(127);
  writer.Varint(300);
  writer.SignedVarint(-1);
  EXPECT_EQ(out, "\x7F\xAC\x02\x01"s);
}

RC_GTEST_PROP(Binary, ReadsWhatItWrites,
              (std::uint8_t u8, std::uint32_t u32, std::uint64_t u64, std::int64_t i64,
               const std::string& text)) {
  std::string out;
  BinaryWriter writer(out);
  writer.U8(u8);
  writer.Varint(u64);
  writer.U32(u32);
  writer.SignedVarint(i64);
  writer.Text(text);
  writer.U64(u64);
  BinaryReader reader(out);
  RC_ASSERT(reader.U8() == u8);
  RC_ASSERT(reader.Varint() == u64);
  RC_ASSERT(reader.U32() == u32);
  RC_ASSERT(reader.SignedVarint() == i64);
  RC_ASSERT(reader.Text() == text);
  RC_ASSERT(reader.U64() == u64);
  RC_ASSERT(reader.done());
}

TEST(Binary, ReadsTheEndsOfTheRange) {
  for (const std::int64_t value :
       {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()}) {
    std::string out;
    BinaryWriter(out).SignedVarint(value);
    EXPECT_EQ(BinaryReader(out).SignedVarint(), value);
  }
}

TEST(BinaryReader, GivesZeroPastTheEnd) {
  BinaryReader reader("\x01\x02\x03");
  EXPECT_EQ(reader.U32(), 0U);
  EXPECT_FALSE(reader.ok());
  EXPECT_EQ(reader.U8(), 0U) << "what is left after a failure is not read";
  EXPECT_FALSE(reader.done());
}

TEST(BinaryReader, RefusesATextLongerThanTheRest) {
  BinaryReader reader(
      "\x05"
      "abcd");
  EXPECT_EQ(reader.Text(), "");
  EXPECT_FALSE(reader.ok());
}

TEST(BinaryReader, RefusesAVarintOfMoreThan64Bits) {
  for (const std::string& bytes : {std::string(10, '\xFF'), std::string(9, '\xFF') + "\x02"}) {
    BinaryReader reader(bytes);
    EXPECT_EQ(reader.Varint(), 0U);
    EXPECT_FALSE(reader.ok());
  }
}

TEST(BinaryReader, RefusesAnUnfinishedVarint) {
  BinaryReader reader("\xFF");
  EXPECT_EQ(reader.Varint(), 0U);
  EXPECT_FALSE(reader.ok());
}

TEST(BinaryReader, BoundsACountByTheRest) {
  BinaryReader fits("\x02zz");
  EXPECT_EQ(fits.Count(), 2U);
  BinaryReader exceeds("\x03zz");
  EXPECT_EQ(exceeds.Count(), 0U);
  EXPECT_FALSE(exceeds.ok());
}

TEST(BinaryReader, IsNotDoneWhileBytesAreLeft) {
  BinaryReader reader("ab");
  (void)reader.U8();
  EXPECT_TRUE(reader.ok());
  EXPECT_FALSE(reader.done());
}

}  // namespace
}  // namespace weir
