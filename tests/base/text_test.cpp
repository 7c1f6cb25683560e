// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace weir {
namespace {

std::string Hex(std::string_view bytes) {
  return ToHex({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

std::optional<std::string> Decoded(std::string_view text, bool plus_is_space = true) {
  std::string out = "kept:";
  return AppendPercentDecoded(out, text, plus_is_space) ? std::optional(out) : std::nullopt;
}

TEST(Hex, IsLowerCase) { EXPECT_EQ(Hex(std::string_view("\x00\xAB\xff", 3)), "00abff"); }

TEST(Hex, ReadsBothCases) { EXPECT_EQ(FromHex("00aBFf"), std::string("\x00\xAB\xff", 3)); }

TEST(Hex, RefusesOddLengthsAndOtherLetters) {
  for (const std::string_view text : {"0", "0g", "0x", " 0", "\xFF\xFF"}) {
    EXPECT_EQ(FromHex(text), std::nullopt) << text;
  }
}

RC_GTEST_PROP(Hex, ReadsWhatItWrites, (const std::string& bytes)) {
  RC_ASSERT(FromHex(Hex(bytes)) == bytes);
}

TEST(Base64, WritesTheVectorsOfRfc4648) {
  const std::array<std::array<std::string_view, 2>, 7> vectors = {{{"", ""},
                                                                   {"f", "Zg=="},
                                                                   {"fo", "Zm8="},
                                                                   {"foo", "Zm9v"},
                                                                   {"foob", "Zm9vYg=="},
                                                                   {"fooba", "Zm9vYmE="},
                                                                   {"foobar", "Zm9vYmFy"}}};
  for (const auto& [bytes, text] : vectors) {
    EXPECT_EQ(ToBase64(bytes), text);
    EXPECT_EQ(FromBase64(text), bytes);
  }
}

TEST(Base64, RefusesWhatNoEncoderWrites) {
  for (const std::string_view text : {"Zg", "Zg=", "Zg===", "Z===", "====", "Zh==", "Zm9=",
                                      "Zm9v\n", " m9v", "Zm-_", "Zg==Zg==", "Zm9v====", "=m9v"}) {
    EXPECT_EQ(FromBase64(text), std::nullopt) << text;
  }
}

TEST(Base64, WritesWhatIsLongerThanOneCall) {
  const std::string bytes((3 << 20) + 1, 'x');
  EXPECT_EQ(FromBase64(ToBase64(bytes)), bytes);
}

RC_GTEST_PROP(Base64, ReadsWhatItWrites, (const std::string& bytes)) {
  RC_ASSERT(FromBase64(ToBase64(bytes)) == bytes);
}

TEST(Base32, HasNoLeadingZeros) {
  EXPECT_EQ(ToBase32(0), "0");
  EXPECT_EQ(ToBase32(31), "z");
  EXPECT_EQ(ToBase32(32), "10");
  EXPECT_EQ(ToBase32(std::numeric_limits<std::uint64_t>::max()), "fzzzzzzzzzzzz");
}

TEST(Base32, HasOneSpellingForEachNumber) {
  for (const std::string_view text :
       {"", "00", "01", "Z", "i", "l", "o", "u", "-1", "g000000000000", "10000000000000"}) {
    EXPECT_EQ(FromBase32(text), std::nullopt) << text;
  }
}

RC_GTEST_PROP(Base32, ReadsWhatItWrites, (std::uint64_t value)) {
  RC_ASSERT(FromBase32(ToBase32(value)) == value);
}

TEST(Percent, EncodesAllButUnreserved) {
  EXPECT_EQ(PercentEncode("aZ09-._~ /+%"), "aZ09-._~%20%2F%2B%25");
  EXPECT_EQ(PercentEncode("店"), "%E5%BA%97");
}

TEST(Percent, Decodes) {
  EXPECT_EQ(Decoded("a%20b+c%e5%BA%97"), "kept:a b c店");
  EXPECT_EQ(Decoded("a+b", false), "kept:a+b");
  EXPECT_EQ(Decoded("%2B"), "kept:+");
  EXPECT_EQ(Decoded(""), "kept:");
}

TEST(Percent, RefusesHalfASequence) {
  for (const std::string_view text : {"%", "a%2", "%zz", "%2g", "%%20", "% 20", "%+1"}) {
    EXPECT_EQ(Decoded(text), std::nullopt) << text;
  }
}

RC_GTEST_PROP(Percent, ReadsWhatItWrites, (const std::string& text)) {
  RC_ASSERT(Decoded(PercentEncode(text)) == "kept:" + text);
}

struct Repair {
  std::string broken;
  std::string repaired;
};

class BrokenUtf8 : public testing::TestWithParam<Repair> {};

TEST_P(BrokenUtf8, IsFoundAndRepaired) {
  EXPECT_FALSE(IsValidUtf8(GetParam().broken));
  EXPECT_EQ(RepairUtf8(GetParam().broken), GetParam().repaired);
}

INSTANTIATE_TEST_SUITE_P(
    Utf8, BrokenUtf8,
    testing::Values(Repair{"\x80", "\uFFFD"}, Repair{"a\xFFz", "a\uFFFDz"},
                    Repair{"\xC0\x80", "\uFFFD\uFFFD"},                      // overlong
                    Repair{"\xE0\x9F\xBF", "\uFFFD\uFFFD\uFFFD"},            // overlong
                    Repair{"\xF0\x8F\xBF\xBF", "\uFFFD\uFFFD\uFFFD\uFFFD"},  // overlong
                    Repair{"\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD"},            // surrogate
                    Repair{"\xF4\x90\x80\x80", "\uFFFD\uFFFD\uFFFD\uFFFD"},  // > U+10FFFF
                    Repair{"\xF5\x80", "\uFFFD\uFFFD"}, Repair{"\xE5\xBA", "\uFFFD"},
                    Repair{"\xF0\x9F\x98z", "\uFFFDz"}, Repair{"\xE5\xE5\xBA\x97", "\uFFFD店"},
                    Repair{"eight or more first\xC3", "eight or more first\uFFFD"}));

TEST(Utf8, AcceptsEachLengthOfCharacter) {
  EXPECT_TRUE(IsValidUtf8(""));
  EXPECT_TRUE(IsValidUtf8("plain \u0080 \u07FF \u0800 \uD7FF \uE000 \uFFFF \U00010000 \U0010FFFF"));
}

RC_GTEST_PROP(Utf8, RepairMakesValidText, (const std::string& text)) {
  const std::string repaired = RepairUtf8(text);
  RC_ASSERT(IsValidUtf8(repaired));
  RC_ASSERT(IsValidUtf8(text) == (repaired == text));
}

TEST(Numbers, ParseWhole) {
  EXPECT_EQ(ParseInt("-9223372036854775808"), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(ParseUint("18446744073709551615"), std::numeric_limits<std::uint64_t>::max());
}

TEST(Numbers, RefuseAllElse) {
  for (const std::string_view text :
       {"", " 1", "1 ", "+1", "1.0", "0x1", "1e3", "-", "--1", "9223372036854775808"}) {
    EXPECT_EQ(ParseInt(text), std::nullopt) << text;
  }
  for (const std::string_view text : {"", "-1", "+1", "18446744073709551616"}) {
    EXPECT_EQ(ParseUint(text), std::nullopt) << text;
  }
}

TEST(Ascii, IgnoresCaseOfLettersOnly) {
  EXPECT_TRUE(EqualIgnoreCase("Content-Type", "content-TYPE"));
  EXPECT_FALSE(EqualIgnoreCase("[", "{"));
  EXPECT_FALSE(EqualIgnoreCase("a", "ab"));
  EXPECT_EQ(ToLower("AbZ[Ä"), "abz[Ä");
}

}  // namespace
}  // namespace weir
