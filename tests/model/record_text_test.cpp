// SPDX-License-Identifier: Apache-2.0
#include "model/record_text.hpp"

#include <gtest/gtest.h>

namespace weir::model {
namespace {

TEST(RecordText, FindsARecordsOwnMember) {
  EXPECT_EQ(RecordText(R"({"id":"a","store":"sh-1"})", "store"), "sh-1");
  EXPECT_EQ(RecordText(R"({"n":[1,{"store":"x"}],"store":"sh-1"})", "store"), "sh-1");
}

TEST(RecordText, PassesOverMembersOfParts) {
  EXPECT_EQ(RecordText(R"({"part":{"store":"x"},"list":["store"],"id":"store"})", "store"), "");
}

TEST(RecordText, PassesOverTextThatLooksLikeAMember) {
  EXPECT_EQ(RecordText(R"({"remark":"\",\"store\":\"x\"","store":"y"})", "store"), "y");
}

TEST(RecordText, HasNothingForWhatIsNoText) {
  EXPECT_EQ(RecordText(R"({"store":null})", "store"), "");
  EXPECT_EQ(RecordText(R"({"store":5})", "store"), "");
}

TEST(RecordText, EndsWithWhatIsCutShort) {
  for (const char* text : {"", "{", R"({"store)", R"({"store")", R"({"store":)", R"({"a\)"}) {
    EXPECT_EQ(RecordText(text, "store"), "") << text;
  }
}

}  // namespace
}  // namespace weir::model
