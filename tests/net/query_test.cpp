// SPDX-License-Identifier: Apache-2.0
#include "net/query.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/text.hpp"

namespace weir::net {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

TEST(Query, DecodesNamesAndValuesOnce) {
  EXPECT_THAT(ParseQuery("a=1&b%5B0%5D=%25E4+x&c", Decoding::kStrict).value(),
              ElementsAre(Pair("a", "1"), Pair("b[0]", "%E4 x"), Pair("c", "")));
}

TEST(Query, KeepsOrderRepetitionAndEmptyValues) {
  EXPECT_THAT(ParseQuery("b=&a=1&b=2&=x", Decoding::kStrict).value(),
              ElementsAre(Pair("b", ""), Pair("a", "1"), Pair("b", "2"), Pair("", "x")));
}

TEST(Query, SplitsAtTheFirstEqualsSign) {
  EXPECT_THAT(ParseQuery("sig=a==", Decoding::kStrict).value(), ElementsAre(Pair("sig", "a==")));
}

TEST(Query, SkipsEmptyPieces) {
  EXPECT_THAT(ParseQuery("", Decoding::kStrict).value(), IsEmpty());
  EXPECT_THAT(ParseQuery("&&a=1&", Decoding::kStrict).value(), ElementsAre(Pair("a", "1")));
}

TEST(Query, StrictlyRefusesBrokenEscapes) {
  for (const char* text : {"a=%", "a=%4", "a=%zz", "%=1", "ok=1&a=%%41"}) {
    const auto parsed = ParseQuery(text, Decoding::kStrict);
    ASSERT_FALSE(parsed.has_value()) << text;
    EXPECT_EQ(parsed.error().kind, ErrorKind::kMalformed) << text;
  }
}

TEST(Query, NamesTheBrokenParameterButNotItsValue) {
  const auto parsed = ParseQuery("phone=13800000000%", Decoding::kStrict);
  EXPECT_THAT(parsed.error().message, testing::HasSubstr("'phone'"));
  EXPECT_THAT(parsed.error().message, testing::Not(testing::HasSubstr("138")));
}

TEST(Query, TolerantlyKeepsBrokenEscapes) {
  EXPECT_THAT(ParseQuery("a=100%&b=%zz+%41&%=%4", Decoding::kTolerant).value(),
              ElementsAre(Pair("a", "100%"), Pair("b", "%zz A"), Pair("%", "%4")));
}

TEST(Query, FindsTheFirst) {
  const auto parsed = ParseQuery("a=1&a=2", Decoding::kStrict).value();
  EXPECT_EQ(*FindParameter(parsed, "a"), "1");
  EXPECT_EQ(FindParameter(parsed, "A"), nullptr);
}

RC_GTEST_PROP(Query, RoundTrips, (const Parameters& parameters)) {
  std::string text;
  for (const auto& [name, value] : parameters) {
    text += (text.empty() ? "" : "&") + PercentEncode(name) + "=" + PercentEncode(value);
  }
  RC_ASSERT(ParseQuery(text, Decoding::kStrict).value() == parameters);
  RC_ASSERT(ParseQuery(text, Decoding::kTolerant).value() == parameters);
}

RC_GTEST_PROP(Query, ToleratesAnything, (const std::string& text)) {
  RC_ASSERT(ParseQuery(text, Decoding::kTolerant).has_value());
}

}  // namespace
}  // namespace weir::net
