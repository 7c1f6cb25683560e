// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/connectors/meituan/support.hpp"

/// The protocol's own sample pushes verify under the URLs they were signed for.
namespace weir::connectors::meituan {
namespace {

class SamplePushes : public testing::TestWithParam<const char*> {};

TEST_P(SamplePushes, VerifyAndMap) {
  const auto sample = ReadSample(GetParam());
  ASSERT_EQ(sample.secret, kSecret);
  const std::string path = sample.url.substr(kPublicUrl.size());
  const std::string topic = path.substr(std::string_view("/hooks/meituan/").size());
  const Pushes pushes(TestCredentials());
  for (const Encoding encoding : {Encoding::kDouble, Encoding::kSingle}) {
    const std::string text = EncodeForm(sample.fields, encoding);
    for (const auto& request : {Post(path, text), Get(path + "?" + text)}) {
      const auto push = pushes.Verify(request, topic);
      ASSERT_TRUE(push) << push.error().message;
      EXPECT_EQ(push->mapped->orders.size() + push->mapped->stores.size(), 1U);
      EXPECT_FALSE(push->mapped->unmappable);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Protocol, SamplePushes,
                         testing::Values("order_paid", "order_cancel", "refund_full", "refund_part",
                                         "refund_result", "logistics_status", "poi_status"));

TEST(SamplePushes, TheCapturedFormVerifies) {
  const auto push =
      Pushes(TestCredentials())
          .Verify(Post("/hooks/meituan/order/paid", ReadData("push_order_paid.form.txt")),
                  "order/paid");
  ASSERT_TRUE(push);
  EXPECT_EQ(push->dialect, "double");
}

}  // namespace
}  // namespace weir::connectors::meituan
