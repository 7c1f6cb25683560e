// SPDX-License-Identifier: Apache-2.0
#include "mapping/decimal.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <limits>

namespace weir::mapping {
namespace {

TEST(ParseQuantity, NormalisesDecimalText) {
  EXPECT_EQ(ParseQuantity("2"), "2");
  EXPECT_EQ(ParseQuantity("2.0"), "2");
  EXPECT_EQ(ParseQuantity("002.50"), "2.5");
  EXPECT_EQ(ParseQuantity(".5"), "0.5");
  EXPECT_EQ(ParseQuantity("0"), "0");
  EXPECT_EQ(ParseQuantity("0.0"), "0");
}

TEST(ParseQuantity, RefusesOtherText) {
  for (const char* text :
       {"", ".", "-1", "+1", "1e3", "1,5", "one", " 1", "1.2.3", "1234567890123456789"}) {
    EXPECT_FALSE(ParseQuantity(text)) << text;
  }
}

TEST(Multiply, IsExact) {
  EXPECT_EQ(Multiply(Money::FromFen(1500), "2"), Money::FromFen(3000));
  EXPECT_EQ(Multiply(Money::FromFen(100), "0.5"), Money::FromFen(50));
  EXPECT_EQ(Multiply(Money::FromFen(1280), "1.25"), Money::FromFen(1600));
  EXPECT_EQ(Multiply(Money::FromFen(1500), "0"), Money());
}

TEST(Multiply, RefusesPartsOfAFen) { EXPECT_FALSE(Multiply(Money::FromFen(101), "0.5")); }

TEST(Multiply, RefusesOverflow) {
  EXPECT_FALSE(Multiply(Money::FromFen(std::numeric_limits<std::int64_t>::max()), "2"));
}

RC_GTEST_PROP(Multiply, AgreesWithIntegers, ()) {
  const auto price = *rc::gen::inRange<std::int64_t>(-1'000'000, 1'000'000);
  const auto quantity = *rc::gen::inRange<std::int64_t>(0, 1'000'000);
  RC_ASSERT(Multiply(Money::FromFen(price), std::to_string(quantity)) ==
            Money::FromFen(price * quantity));
}

struct Degrees {
  const char* text;
  int limit;
  std::optional<std::string> plain;
};

class ParsesDegrees : public testing::TestWithParam<Degrees> {};

TEST_P(ParsesDegrees, PlainAndScaled) {
  EXPECT_EQ(ParseDegrees(GetParam().text, GetParam().limit), GetParam().plain) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    Table, ParsesDegrees,
    testing::Values(Degrees{"31.230416", 90, "31.230416"}, Degrees{"31230416", 90, "31.230416"},
                    Degrees{"121473701.0", 180, "121.473701"},
                    Degrees{"121473700", 180, "121.4737"}, Degrees{"-31230416", 90, "-31.230416"},
                    Degrees{"-0.0", 90, "0"}, Degrees{"1234", 90, "0.001234"},
                    Degrees{"180", 180, "180"}, Degrees{"180.1", 180, std::nullopt},
                    Degrees{"91", 90, std::nullopt}, Degrees{"91000000", 90, std::nullopt},
                    Degrees{"99999999999", 180, std::nullopt}, Degrees{"", 90, std::nullopt},
                    Degrees{"north", 90, std::nullopt}, Degrees{"3e1", 90, std::nullopt}));

}  // namespace
}  // namespace weir::mapping
