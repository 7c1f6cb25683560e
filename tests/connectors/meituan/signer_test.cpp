// SPDX-License-Identifier: Apache-2.0
#include "connectors/meituan/signer.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"
#include "mapping/meituan/form.hpp"

namespace weir::connectors::meituan {
namespace {

using mapping::meituan::FormField;

struct Vector {
  const char* url;
  std::vector<FormField> fields;
  const char* secret;
  const char* md5;
};

class GoldenVectors : public testing::TestWithParam<Vector> {};

TEST_P(GoldenVectors, Verify) {
  const auto& [url, fields, secret, md5] = GetParam();
  EXPECT_EQ(ToHex(Sign(url, fields, Secret(secret))), md5);
}

/// The platform's own worked example, one published by an SDK, and two of our own (protocol §1.2).
INSTANTIATE_TEST_SUITE_P(
    Protocol, GoldenVectors,
    testing::Values(
        Vector{"http://waimaiopen.meituan.com/api/v1/poi/mget",
               {{"app_id", "1235123121"}, {"app_poi_codes", "31"}, {"timestamp", "1389751221"}},
               "d31ba58fd73c71db697ab5e4946d52d",
               "00934d00d0aea6f12161edfb6456143d"},
        Vector{"https://waimaiopen.meituan.com/api/v1/order/getOrderDaySeq",
               {{"app_id", "0000"}, {"app_poi_code", "31号测试店"}, {"timestamp", "1389751221"}},
               "864be81325af06a24a806277bb084701",
               "95f7dc02f936cdd293d3aa8ec881eaa4"},
        Vector{"https://waimaiopen.meituan.com/api/v1/order/confirm",
               {{"app_id", "9001"}, {"order_id", "10000000001"}, {"timestamp", "1700000000"}},
               "test_secret_0123456789abcdef0123",
               "5ab3ccb62131fc04d67f58852b21a3d8"},
        Vector{"https://waimaiopen.meituan.com/api/v1/food/sku/stock",
               {{"app_id", "9001"},
                {"app_poi_code", "shop_001"},
                {"food_data",
                 R"([{"app_food_code":"F001","skus":[{"sku_id":"F001-L","stock":"20"}]}])"},
                {"timestamp", "1700000000"}},
               "test_secret_0123456789abcdef0123",
               "0844b4991e7c8e0e323171977f644ecc"}));

TEST(SignedText, LeavesOutTheSignatureAndKeepsEmptyValues) {
  const std::vector<FormField> fields{{"a", ""}, {"b", "1 &"}, {"sig", "x"}};
  EXPECT_EQ(SignedText("http://h/p", fields), "http://h/p?a=&b=1 &");
}

TEST(SignedText, OfNoFieldIsTheUrl) { EXPECT_EQ(SignedText("http://h/p", {}), "http://h/p"); }

}  // namespace
}  // namespace weir::connectors::meituan
