// SPDX-License-Identifier: Apache-2.0
#include "mapping/members.hpp"

#include <gtest/gtest.h>

#include <string>

namespace weir::mapping {
namespace {

constexpr NameTable kNames({"a", "ab", "ba", "total", "name"});
using Known = Members<kNames>;

TEST(NameTable, FindsItsNamesOnly) {
  static_assert(kNames.Find("a") == 0);
  EXPECT_EQ(kNames.Find("name"), 4U);
  for (const char* other : {"", "b", "aa", "totals", "nam", "lame"}) {
    EXPECT_EQ(kNames.Find(other), kNames.kCount) << other;
  }
}

std::string RestOf(const Known& members) {
  std::string out;
  JsonWriter json(out);
  json.BeginObject();
  members.WriteRest(json);
  json.EndObject();
  return out;
}

TEST(Members, TheRestIsWhatWasNotTaken) {
  Known members({{.name = "a", .value = Value("1")},
                 {.name = "name", .value = Value("n")},
                 {.name = "other", .value = Value("o")},
                 {.name = "empty", .value = Value("")}});
  EXPECT_EQ(members.Take("a").text(), "1");
  EXPECT_EQ(members.Peek("name").text(), "n");
  EXPECT_EQ(RestOf(members), R"({"name":"n","other":"o"})");
}

TEST(Members, TakingAllLeavesNoRest) {
  Known members({{.name = "a", .value = Value("1")}});
  members.Take("a");
  EXPECT_FALSE(members.has_rest());
}

TEST(Members, TheFirstOfTwoCounts) {
  const Known members({{.name = "a", .value = Value("1")}, {.name = "a", .value = Value("2")}});
  EXPECT_EQ(members.Peek("a").text(), "1");
}

TEST(Members, MissingIsEmpty) {
  Known members({});
  EXPECT_FALSE(members.Has("total"));
  EXPECT_TRUE(members.Take("total").empty());
  EXPECT_TRUE(members.empty());
}

TEST(MembersOf, KeepsTheObjectsOrder) {
  const auto document = JsonDocument::Parse(R"({"b":1,"a":[2]})");
  ASSERT_TRUE(document);
  const auto members = MembersOf(Value(document->root()).object());
  ASSERT_EQ(members.size(), 2U);
  EXPECT_EQ(members[0].name, "b");
  EXPECT_EQ(members[0].value.text(), "1");
  EXPECT_TRUE(members[1].value.is_array());
}

}  // namespace
}  // namespace weir::mapping
