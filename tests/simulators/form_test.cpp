// SPDX-License-Identifier: Apache-2.0
#include "simulators/form.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace weir::simulators {
namespace {

using testing::ElementsAre;
using testing::Pair;

TEST(FormEncode, WritesBlanksAsPlusAndTheRestAsHex) {
  EXPECT_EQ(FormEncode("a b+c%(路)-._"), "a+b%2Bc%25%28%E8%B7%AF%29-._");
  EXPECT_EQ(FormEncode(" "), "+");
  EXPECT_EQ(FormEncode(""), "");
}

TEST(ParseForm, ReversesTheEncoding) {
  const std::string text = " a+b %20 &=路 ";
  EXPECT_THAT(*ParseForm("k=" + FormEncode(text)), ElementsAre(Pair("k", text)));
}

TEST(ParseForm, KeepsEmptyValuesOrderAndRepetitions) {
  EXPECT_THAT(*ParseForm("b=&a=1&&b=2&c"),
              ElementsAre(Pair("b", ""), Pair("a", "1"), Pair("b", "2"), Pair("c", "")));
}

TEST(ParseForm, RefusesABrokenPercent) { EXPECT_FALSE(ParseForm("a=%4").has_value()); }

TEST(Find, GivesTheFirstValueUnderAName) {
  const Fields fields = {{"a", "1"}, {"a", "2"}};
  EXPECT_EQ(*Find(fields, "a"), "1");
  EXPECT_EQ(Find(fields, "b"), nullptr);
}

TEST(Form, IsTamperedWithInOneField) {
  for (std::size_t which = 0; which < 6; ++which) {
    const Fields fields = {{"a", "10"}, {"b", ""}, {"c", "x"}};
    Fields tampered = fields;
    Tamper(tampered, which);
    for (std::size_t i = 0; i < fields.size(); ++i) {
      EXPECT_EQ(tampered[i] == fields[i], i != which % fields.size()) << which << ' ' << i;
    }
  }
}

}  // namespace
}  // namespace weir::simulators
