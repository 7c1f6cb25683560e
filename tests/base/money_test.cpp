// SPDX-License-Identifier: Apache-2.0
#include "base/money.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <limits>
#include <string>

namespace weir {
namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();

struct Amount {
  std::string text;
  std::int64_t fen;
};

class YuanText : public testing::TestWithParam<Amount> {};

TEST_P(YuanText, ParsesExactly) {
  const auto money = Money::ParseYuan(GetParam().text);
  ASSERT_TRUE(money) << GetParam().text;
  EXPECT_EQ(money->fen(), GetParam().fen);
}

INSTANTIATE_TEST_SUITE_P(Money, YuanText,
                         testing::Values(Amount{"0", 0}, Amount{"37", 3700}, Amount{"31.5", 3150},
                                         Amount{"1.50", 150}, Amount{".5", 50}, Amount{"-.05", -5},
                                         Amount{"+2", 200}, Amount{"-0.0", 0}, Amount{"1.500", 150},
                                         Amount{"0.010000000000000000000000", 1},
                                         Amount{"000000000000000000000000000012.30", 1230},
                                         Amount{"19.99", 1999},
                                         Amount{"92233720368547758.07", kMost},
                                         Amount{"-92233720368547758.08", kLeast}));

class RefusedYuanText : public testing::TestWithParam<std::string> {};

TEST_P(RefusedYuanText, IsMalformed) {
  const auto money = Money::ParseYuan(GetParam());
  ASSERT_FALSE(money) << money->fen();
  EXPECT_EQ(money.error().kind, ErrorKind::kMalformed);
}

INSTANTIATE_TEST_SUITE_P(Money, RefusedYuanText,
                         testing::Values("", ".", "+", "-", "-.", "1.", " 1", "1 ", "1e2", "1E2",
                                         "1.005", "0.001", "--1", "+-1", "1.2.3", "1..2", "1,000",
                                         "0x10", "NaN", "Infinity", "null", "１", "1-", "1.-5",
                                         "92233720368547758.08", "-92233720368547758.09",
                                         "9999999999999999999999999999", std::string("1\0", 2)));

TEST(Money, FenMayHaveZeroDecimals) {
  EXPECT_EQ(Money::ParseFen("480"), Money::FromFen(480));
  EXPECT_EQ(Money::ParseFen("480.0"), Money::FromFen(480));
  EXPECT_EQ(Money::ParseFen("-9223372036854775808"), Money::FromFen(kLeast));
}

TEST(Money, FenMayNotHaveOtherDecimals) {
  EXPECT_FALSE(Money::ParseFen("480.5"));
  EXPECT_FALSE(Money::ParseFen("9223372036854775808"));
}

TEST(Money, ShowsTwoDecimals) {
  EXPECT_EQ(Money::FromFen(3150).ToYuan(), "31.50");
  EXPECT_EQ(Money::FromFen(-5).ToYuan(), "-0.05");
  EXPECT_EQ(Money().ToYuan(), "0.00");
  EXPECT_EQ(Money::FromFen(kLeast).ToYuan(), "-92233720368547758.08");
}

TEST(Money, SaysWhenASumOverflows) {
  EXPECT_EQ(Money::FromFen(kMost).Plus(Money::FromFen(1)), std::nullopt);
  EXPECT_EQ(Money::FromFen(kLeast).Plus(Money::FromFen(kMost)), Money::FromFen(-1));
}

TEST(Money, SaysWhenADifferenceOverflows) {
  EXPECT_EQ(Money().Minus(Money::FromFen(kLeast)), std::nullopt);
  EXPECT_EQ(Money::FromFen(500).Minus(Money::FromFen(700)), Money::FromFen(-200));
}

TEST(Money, SaysWhenAProductOverflows) {
  EXPECT_EQ(Money::FromFen(kLeast).Times(-1), std::nullopt);
  EXPECT_EQ(Money::FromFen(1500).Times(2), Money::FromFen(3000));
}

RC_GTEST_PROP(Money, ParsesWhatItShows, (std::int64_t fen)) {
  RC_ASSERT(Money::ParseYuan(Money::FromFen(fen).ToYuan()).value() == Money::FromFen(fen));
}

RC_GTEST_PROP(Money, ParsesFenAsIntegersAre, (std::int64_t fen)) {
  RC_ASSERT(Money::ParseFen(std::to_string(fen)).value() == Money::FromFen(fen));
}

RC_GTEST_PROP(Money, NeverRoundsAThirdDecimal, (std::uint32_t yuan)) {
  const int third = *rc::gen::inRange(1, 10);
  const std::string text = std::to_string(yuan) + ".00" + std::to_string(third);
  RC_ASSERT(!Money::ParseYuan(text));
}

RC_GTEST_PROP(Money, SurvivesAnyText, (const std::string& text)) {
  if (const auto money = Money::ParseYuan(text)) {
    RC_ASSERT(Money::ParseYuan(money->ToYuan()).value() == *money);
  }
}

}  // namespace
}  // namespace weir
