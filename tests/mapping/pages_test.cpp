// SPDX-License-Identifier: Apache-2.0
#include "mapping/pages.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mapping/json_pieces.hpp"

namespace weir::mapping {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(Pages, ComeBackAsTheyWere) {
  std::string payload;
  AppendPage(payload, "foodCat/list", "{\"data\":[]}\n");
  AppendPage(payload, "food/list?offset=0", "");
  const auto pages = SplitPages(payload);
  ASSERT_TRUE(pages);
  ASSERT_THAT(*pages, SizeIs(2));
  EXPECT_EQ((*pages)[0].topic, "foodCat/list");
  EXPECT_EQ((*pages)[0].bytes, "{\"data\":[]}\n");
  EXPECT_EQ((*pages)[1].topic, "food/list?offset=0");
  EXPECT_EQ((*pages)[1].bytes, "");
}

TEST(Pages, AnythingElseIsMalformed) {
  std::string payload;
  AppendPage(payload, "a", "12345");
  for (std::size_t size = 0; size < payload.size(); ++size) {
    EXPECT_FALSE(SplitPages(std::string_view(payload).substr(0, size))) << size;
  }
  EXPECT_FALSE(SplitPages(payload + "x"));
  EXPECT_FALSE(SplitPages("a 99999999999999999999\nb\n"));
}

TEST(Pages, HaveALimit) {
  std::string payload;
  for (std::size_t i = 0; i < kMaxPages; ++i) AppendPage(payload, "a", "{}");
  EXPECT_TRUE(SplitPages(payload));
  AppendPage(payload, "a", "{}");
  EXPECT_FALSE(SplitPages(payload));
}

TEST(JsonPieces, AreTheElementsAsTheyStand) {
  EXPECT_THAT(
      ElementsOf(R"({"x":[1], "data" : [ {"a" : "]}\",\\"} , [1, {"b":2}], 3.50,"t",null ] })",
                 "data"),
      ElementsAre(R"({"a" : "]}\",\\"})", R"([1, {"b":2}])", "3.50", R"("t")", "null"));
}

TEST(JsonPieces, OfNothingAreNone) {
  EXPECT_THAT(ElementsOf(R"({"data":[]})", "data"), IsEmpty());
  EXPECT_THAT(ElementsOf(R"({"data":{"a":[1]}})", "data"), IsEmpty());
  EXPECT_THAT(ElementsOf(R"({"data":[1]})", "list"), IsEmpty());
  EXPECT_THAT(ElementsOf("", "data"), IsEmpty());
}

TEST(JsonPieces, EndOnAnyText) {
  const std::string_view text = R"({"data":[{"a":"b\"c"},[1,2],{"d":[]}]})";
  for (std::size_t size = 0; size < text.size(); ++size) {
    EXPECT_LE(ElementsOf(text.substr(0, size), "data").size(), 3U);
  }
  EXPECT_THAT(ElementsOf("{\"data\":[}]}}", "data"), IsEmpty());
}

}  // namespace
}  // namespace weir::mapping
