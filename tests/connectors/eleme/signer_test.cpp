// SPDX-License-Identifier: Apache-2.0
#include "connectors/eleme/signer.hpp"

#include <gtest/gtest.h>

#include "connectors/answers.hpp"
#include "tests/connectors/eleme/support.hpp"

namespace weir::connectors::eleme {
namespace {

using mapping::eleme::Push;

// Protocol §1.3, vector 1: the vendor's own.
TEST(CallSignature, IsTheVendorsExample) {
  const std::string text = CallText("eleme.order.getOrder", "ed72bdaef7b635ecf9279147d76d6a55",
                                    {{.name = "app_key", .json = R"("wYO4C8ZLzB")"},
                                     {.name = "timestamp", .json = "1486217703"},
                                     {.name = "orderId", .json = R"("100027526535707064")"}});
  EXPECT_EQ(text,
            "eleme.order.getOrdered72bdaef7b635ecf9279147d76d6a55app_key=\"wYO4C8ZLzB\""
            "orderId=\"100027526535707064\"timestamp=1486217703");
  EXPECT_EQ(ToUpperHex(Sign(text, Secret("8e81ef8b73593d6b24e0cd9f11cbe3132d11ab8e"))),
            "B450D7598455D163488A2ABEB1E0E0C5");
}

// Protocol §1.3, vector 2: Chinese and a slash stand as they are.
TEST(CallSignature, TakesTextAsItIs) {
  const std::string text = CallText("eleme.order.cancelOrderLite", "tok_eleme",
                                    {{.name = "app_key", .json = R"("test_key")"},
                                     {.name = "timestamp", .json = "1700000000"},
                                     {.name = "orderId", .json = R"("1200000000000000001")"},
                                     {.name = "type", .json = R"("foodSoldOut")"},
                                     {.name = "remark", .json = R"("售完/换菜")"}});
  EXPECT_EQ(ToUpperHex(Sign(text, Secret(std::string(kSecret)))),
            "3CAEEDD64A64A5214692548DD3EFBB8B");
}

// Protocol §1.7.
TEST(PushSignature, IsTheWorkedVector) {
  const auto push = Push::Decode(ReadData("push_12_order_confirmed.json"));
  ASSERT_TRUE(push);
  const std::string text = PushText(push->fields());
  EXPECT_EQ(text,
            "appId=10000001message={\"orderId\":\"1200000000000000001\",\"state\":\"valid\","
            "\"shopId\":10001,\"updateTime\":1700000010,\"role\":3}requestId=200000000000000002"
            "shopId=10001timestamp=1700000000123type=12userId=123456789012345678");
  EXPECT_EQ(ToUpperHex(Sign(text, Secret(std::string(kSecret)))),
            "7EBE9E317DC89DD0FA465F6B8BBDA8A3");
}

TEST(PushSignature, HoldsForEverySample) {
  for (const char* file : mapping::eleme::kPushSamples) {
    const auto push = Push::Decode(ReadData(file));
    ASSERT_TRUE(push) << file;
    EXPECT_EQ(ToUpperHex(Sign(PushText(push->fields()), Secret(std::string(kSecret)))),
              push->signature())
        << file;
  }
}

TEST(Signature, StartsAnewEachTime) { EXPECT_EQ(Sign("a", Secret("b")), Sign("a", Secret("b"))); }

}  // namespace
}  // namespace weir::connectors::eleme
