// SPDX-License-Identifier: Apache-2.0
#include "base/ids.hpp"

#include <gtest/gtest.h>

#include <type_traits>
#include <unordered_set>

namespace weir {
namespace {

static_assert(!std::is_convertible_v<StoreId, OrderId>);
static_assert(!std::is_convertible_v<std::string, OrderId>);

TEST(Id, ComparesByText) {
  EXPECT_EQ(OrderId("a"), OrderId("a"));
  EXPECT_LT(OrderId("a"), OrderId("b"));
  EXPECT_TRUE(OrderId().empty());
}

TEST(Id, IsAKeyOfHashedContainers) {
  const std::unordered_set<OrderId> ids = {OrderId("a"), OrderId("b"), OrderId("a")};
  EXPECT_EQ(ids.size(), 2U);
}

TEST(PlatformRecordId, NamesPlatformAndId) {
  EXPECT_EQ(PlatformRecordId("meituan", "2701234567890123456"), "meituan-2701234567890123456");
}

TEST(PlatformRecordId, EncodesOddCharacters) {
  EXPECT_EQ(PlatformRecordId("dada", "a/b 店"), "dada-a%2Fb%20%E5%BA%97");
}

}  // namespace
}  // namespace weir
