// SPDX-License-Identifier: Apache-2.0
#include "simulators/meituan/signature.hpp"

#include <gtest/gtest.h>

namespace weir::simulators::meituan {
namespace {

constexpr std::string_view kOwnSecret = "test_secret_0123456789abcdef0123";

struct Vector {
  std::string_view url;
  Fields fields;
  std::string_view secret;
  std::string_view signature;
};

// Protocol notes 1.2, by their numbers.
const Vector kVectors[] = {
    /* 1 */ {"http://waimaiopen.meituan.com/api/v1/poi/mget",
             {{"timestamp", "1389751221"}, {"app_poi_codes", "31"}, {"app_id", "1235123121"}},
             "d31ba58fd73c71db697ab5e4946d52d",
             "00934d00d0aea6f12161edfb6456143d"},
    /* 2 */
    {"https://waimaiopen.meituan.com/api/v1/order/getOrderDaySeq",
     {{"app_id", "0000"}, {"app_poi_code", "31号测试店"}, {"timestamp", "1389751221"}},
     "864be81325af06a24a806277bb084701",
     "95f7dc02f936cdd293d3aa8ec881eaa4"},
    /* 5 */
    {"https://waimaiopen.meituan.com/api/v1/order/confirm",
     {{"app_id", "9001"}, {"order_id", "10000000001"}, {"timestamp", "1700000000"}},
     kOwnSecret,
     "5ab3ccb62131fc04d67f58852b21a3d8"},
    /* 6 */
    {"https://waimaiopen.meituan.com/api/v1/food/sku/stock",
     {{"food_data", R"([{"app_food_code":"F001","skus":[{"sku_id":"F001-L","stock":"20"}]}])"},
      {"app_id", "9001"},
      {"app_poi_code", "shop_001"},
      {"timestamp", "1700000000"}},
     kOwnSecret,
     "0844b4991e7c8e0e323171977f644ecc"},
    /* The synthetic cancel push of the samples. */
    {"https://gw.example.com/hooks/meituan/order/cancel",
     {{"order_id", "10000000001"},
      {"reason_code", "1103"},
      {"reason", "用户取消，用户退款取消"},
      {"deal_op_type", "1"},
      {"app_id", "9001"},
      {"timestamp", "1700000000"}},
     kOwnSecret,
     "d93323a5da959f19838e305e805d65ca"},
};

TEST(Sign, MatchesThePublishedVectors) {
  for (const Vector& vector : kVectors) {
    EXPECT_EQ(Sign(vector.url, vector.fields, vector.secret), vector.signature) << vector.url;
  }
}

TEST(Sign, LeavesOutTheSignatureItself) {
  EXPECT_EQ(Sign("u", {{"a", "1"}, {"sig", "x"}}, "s"), Sign("u", {{"a", "1"}}, "s"));
}

TEST(Sign, KeepsEmptyValues) {
  EXPECT_NE(Sign("u", {{"a", "1"}, {"b", ""}}, "s"), Sign("u", {{"a", "1"}}, "s"));
}

}  // namespace
}  // namespace weir::simulators::meituan
