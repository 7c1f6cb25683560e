// SPDX-License-Identifier: Apache-2.0
#include "gateway/parameters.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

namespace weir::gateway {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::array<std::string_view, 5> kKnown{"a", "b", "limit", "cursor", "merchant"};

Result<Parameters> Parse(std::string_view query) { return Parameters::Parse(query, kKnown); }

TEST(Parameters, DecodesValues) {
  const auto parameters = Parse("a=%E5%BC%A0+x&b=1");
  ASSERT_TRUE(parameters);
  EXPECT_EQ(parameters->Text("a"), "张 x");
  EXPECT_EQ(parameters->Text("cursor"), "");
  EXPECT_TRUE(parameters->Has("b"));
  EXPECT_FALSE(parameters->Has("cursor"));
}

TEST(Parameters, SaysWhatIsWrong) {
  const std::tuple<const char*, const char*, const char*> wrong[] = {
      {"c=1", "unknown_parameter", "'c' is not known; known are: a, b"},
      {"A=1", "unknown_parameter", "'A' is not known"},
      {"%ff=1", "unknown_parameter", "'\xEF\xBF\xBD' is not known"},
      {"a=1&a=1", "invalid_parameter", "'a': expected to be given once"},
      {"a=", "invalid_parameter", "'a': expected a value"},
      {"a", "invalid_parameter", "'a': expected a value"},
      {"a=%ff", "invalid_parameter", "'a': expected valid UTF-8"},
      {"a=%z", "invalid_parameter", "'a' is not percent-encoded correctly"},
  };
  for (const auto& [query, code, message] : wrong) {
    const auto parameters = Parse(query);
    ASSERT_FALSE(parameters) << query;
    EXPECT_EQ(parameters.error().remote_code, code) << query;
    EXPECT_THAT(parameters.error().message, HasSubstr(message)) << query;
  }
}

TEST(Parameters, KeepsAMessageShort) {
  const auto parameters = Parse(std::string(8'000, 'x') + "=1");
  EXPECT_LT(parameters.error().message.size(), 200U);
}

TEST(Parameters, ReadsNumbersInTheirRange) {
  EXPECT_EQ(Parse("a=7")->Number("a", 0, 1, 7), 7U);
  EXPECT_EQ(Parse("")->Number("a", 3, 5, 7), 3U);
  for (const char* query :
       {"a=0", "a=8", "a=-1", "a=1.0", "a=x", "a=%2B1", "a=+1", "a=18446744073709551616"}) {
    EXPECT_FALSE(Parse(query)->Number("a", 0, 1, 7)) << query;
  }
}

TEST(Parameters, ReadsTimesWithAnyOffset) {
  const auto utc = Parse("a=2026-11-22T03:00:00Z")->Time("a");
  ASSERT_TRUE(utc);
  EXPECT_EQ(*utc, Parse("a=2026-11-22T11:00:00%2B08:00")->Time("a"));
  EXPECT_EQ(Parse("")->Time("a").value(), std::nullopt);
}

// An unescaped '+' is a space by then: say what to do.
TEST(Parameters, TellsHowToWriteAnOffset) {
  const auto at = Parse("a=2026-11-22T11:00:00+08:00")->Time("a");
  ASSERT_FALSE(at);
  EXPECT_THAT(at.error().message, HasSubstr("'+' is written %2B"));
}

TEST(Parameters, ReadsListsByTheirCommas) {
  EXPECT_THAT(Parse("a=x,y,z")->List("a").value(), ElementsAre("x", "y", "z"));
  EXPECT_THAT(Parse("")->List("a").value(), IsEmpty());
  for (const char* query : {"a=,", "a=x,", "a=,x", "a=x,,y"}) {
    EXPECT_FALSE(Parse(query)->List("a")) << query;
  }
}

TEST(Parameters, LimitsPages) {
  EXPECT_EQ(Parse("")->Limit(), 100U);
  EXPECT_EQ(Parse("limit=500")->Limit(), 500U);
  EXPECT_FALSE(Parse("limit=501")->Limit());
}

TEST(Parameters, FingerprintsWhatAListIsAbout) {
  const auto of = [](const char* query) { return Parse(query)->Fingerprint("demo"); };
  EXPECT_EQ(of("a=1&b=2"), of("b=2&limit=5&a=1&cursor=x&merchant=demo"));
  EXPECT_NE(of("a=1&b=2"), of("a=2&b=1"));
  EXPECT_NE(of("a=1"), of(""));
  EXPECT_NE(of("a=1"), Parse("a=1")->Fingerprint("other"));
}

}  // namespace
}  // namespace weir::gateway
