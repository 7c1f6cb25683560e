// SPDX-License-Identifier: Apache-2.0
#include "mapping/field_reader.hpp"

#include <gtest/gtest.h>

namespace weir::mapping {
namespace {

struct FieldReaderTest : testing::Test {
  std::vector<model::Issue> issues;
  FieldReader reader{issues};

  [[nodiscard]] bool Complained() const {
    return issues == std::vector{model::Issue{.code = "malformed_field", .detail = "field"}};
  }
};

TEST_F(FieldReaderTest, ReadsMoneyInItsUnit) {
  EXPECT_EQ(reader.Yuan("field", Value("31.5")), Money::FromFen(3150));
  EXPECT_EQ(reader.Fen("field", Value("480")), Money::FromFen(480));
  EXPECT_TRUE(issues.empty());
}

TEST_F(FieldReaderTest, EmptyIsNothingAndNoIssue) {
  EXPECT_FALSE(reader.Yuan("field", Value()));
  EXPECT_FALSE(reader.Fen("field", Value("")));
  EXPECT_FALSE(reader.Integer("field", Value()));
  EXPECT_FALSE(reader.Seconds("field", Value()));
  EXPECT_FALSE(reader.Quantity("field", Value()));
  EXPECT_FALSE(reader.Array("field", Value()));
  EXPECT_FALSE(reader.Object("field", Value("null")));
  EXPECT_TRUE(issues.empty());
}

TEST_F(FieldReaderTest, NamesBrokenMoney) {
  EXPECT_FALSE(reader.Yuan("field", Value("1.234")));
  EXPECT_TRUE(Complained());
}

TEST_F(FieldReaderTest, NamesABrokenFieldOnce) {
  EXPECT_FALSE(reader.Yuan("field", Value("x")));
  EXPECT_FALSE(reader.Fen("field", Value("y")));
  EXPECT_TRUE(Complained());
}

TEST_F(FieldReaderTest, AStructureIsNoMoney) {
  const auto array = Structure::Open(Value("[1]"));
  EXPECT_FALSE(reader.Yuan("field", array->root()));
  EXPECT_TRUE(Complained());
}

TEST_F(FieldReaderTest, ReadsIntegersWithZeroDecimals) {
  EXPECT_EQ(reader.Integer("field", Value("2")), 2);
  EXPECT_EQ(reader.Integer("field", Value("-1.0")), -1);
  EXPECT_TRUE(issues.empty());
  EXPECT_FALSE(reader.Integer("field", Value("2.5")));
  EXPECT_TRUE(Complained());
}

TEST_F(FieldReaderTest, ReadsSecondsAndTakesZeroForNever) {
  EXPECT_EQ(reader.Seconds("field", Value("1700000000")),
            Instant(std::chrono::seconds(1700000000)));
  EXPECT_FALSE(reader.Seconds("field", Value("0")));
  EXPECT_TRUE(issues.empty());
}

TEST_F(FieldReaderTest, RefusesTimesNobodyMeans) {
  EXPECT_FALSE(reader.Seconds("field", Value("-1")));
  EXPECT_FALSE(reader.Seconds("field", Value("9223372036854775807")));
  EXPECT_TRUE(Complained());
}

TEST_F(FieldReaderTest, OpensWhatItIsAskedFor) {
  EXPECT_TRUE(reader.Array("field", Value("[]")));
  EXPECT_TRUE(reader.Object("field", Value("{}")));
  EXPECT_TRUE(issues.empty());
  EXPECT_FALSE(reader.Array("field", Value("{}")));
  EXPECT_TRUE(Complained());
}

}  // namespace
}  // namespace weir::mapping
