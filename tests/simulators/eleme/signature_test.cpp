// SPDX-License-Identifier: Apache-2.0
#include "simulators/eleme/signature.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace weir::simulators::eleme {
namespace {

using testing::ElementsAre;
using testing::Pair;

TEST(SignCall, GivesTheVendorsExample) {
  EXPECT_EQ(SignCall("eleme.order.getOrder", "ed72bdaef7b635ecf9279147d76d6a55",
                     {{"app_key", "\"wYO4C8ZLzB\""},
                      {"timestamp", "1486217703"},
                      {"orderId", "\"100027526535707064\""}},
                     "8e81ef8b73593d6b24e0cd9f11cbe3132d11ab8e"),
            "B450D7598455D163488A2ABEB1E0E0C5");
}

TEST(SignCall, TakesChineseAndSlashesAsTheyAre) {
  EXPECT_EQ(SignCall("eleme.order.cancelOrderLite", "tok_eleme",
                     {{"app_key", "\"test_key\""},
                      {"timestamp", "1700000000"},
                      {"orderId", "\"1200000000000000001\""},
                      {"type", "\"foodSoldOut\""},
                      {"remark", "\"售完/换菜\""}},
                     "test_secret_eleme"),
            "3CAEEDD64A64A5214692548DD3EFBB8B");
}

TEST(SignPush, CoversTheSevenFields) {
  EXPECT_EQ(
      SignPush({{"requestId", "200000000000000002"},
                {"type", "12"},
                {"appId", "10000001"},
                {"message", R"({"orderId":"1200000000000000001","state":"valid","shopId":10001,)"
                            R"("updateTime":1700000010,"role":3})"},
                {"shopId", "10001"},
                {"timestamp", "1700000000123"},
                {"userId", "123456789012345678"},
                {"signature", "left out"}},
               "test_secret_eleme"),
      "7EBE9E317DC89DD0FA465F6B8BBDA8A3");
}

TEST(RawMembers, KeepValuesAsTheyAreWritten) {
  const auto members =
      RawMembers(R"( {"a":1.0, "b" : [1,{"c":"}"}] ,"d\u0065":"x\"y, z","e":null,"f":{}} )");
  ASSERT_TRUE(members.has_value());
  EXPECT_THAT(*members,
              ElementsAre(Pair("a", "1.0"), Pair("b", R"([1,{"c":"}"}])"),
                          Pair("de", R"("x\"y, z")"), Pair("e", "null"), Pair("f", "{}")));
}

TEST(RawMembers, OfAnEmptyObjectAreNone) { EXPECT_THAT(*RawMembers("{ }"), ElementsAre()); }

TEST(RawMembers, AreOfObjectsOnly) {
  for (const char* text : {"", "[]", "1", "{", "{\"a\":}", "null"}) {
    EXPECT_FALSE(RawMembers(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace weir::simulators::eleme
