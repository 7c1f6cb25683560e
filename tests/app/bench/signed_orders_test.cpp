// SPDX-License-Identifier: Apache-2.0
#include "app/bench/signed_orders.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "app/bench/place.hpp"
#include "base/instant.hpp"
#include "connectors/meituan/push.hpp"

namespace weir::app::bench {
namespace {

constexpr Instant kNow{std::chrono::milliseconds(1'795'000'000'000)};
constexpr std::uint64_t kTwiceAllTemplates = 128;

std::string RequestOf(const SignedOrders& orders, std::uint64_t number) {
  std::string text;
  orders.AppendRequest(number, text);
  return text;
}

std::string BodyOf(const std::string& request) {
  return request.substr(request.find("\r\n\r\n") + 4);
}

class SignedOrdersTest : public testing::Test {
 protected:
  const PushSource source_ = BenchSource();
  const SignedOrders orders_{source_, 1, kNow};
};

TEST_F(SignedOrdersTest, VerifyAndNameTheirOrder) {
  const connectors::meituan::Pushes pushes({.app_id = source_.app_id,
                                            .app_secret = Secret(source_.app_secret),
                                            .base_url = {},
                                            .public_url = source_.origin});
  for (std::uint64_t number = 0; number < kTwiceAllTemplates; ++number) {
    net::Request request;
    request.method = "POST";
    request.target = source_.path();
    request.body = BodyOf(RequestOf(orders_, number));
    const auto push = pushes.Verify(request, "order/paid");
    ASSERT_TRUE(push) << push.error().message;
    ASSERT_EQ(push->mapped->orders.size(), 1U);
    EXPECT_EQ(push->mapped->orders.front().platform_order_id,
              std::to_string(SignedOrders::OrderId(number)));
  }
}

TEST_F(SignedOrdersTest, ArePlacedTenASecond) {
  const auto placed = [this](std::uint64_t number) {
    const std::string body = BodyOf(RequestOf(orders_, number));
    const std::size_t at = body.find("&ctime=") + 7;
    return std::stoull(body.substr(at, body.find('&', at) - at));
  };
  EXPECT_EQ(placed(640), placed(0) + 64);
  EXPECT_EQ(placed(649), placed(9) + 64);
}

TEST_F(SignedOrdersTest, SayHowLongTheyAre) {
  for (std::uint64_t number = 0; number < kTwiceAllTemplates; ++number) {
    const std::string request = RequestOf(orders_, number);
    const std::string body = BodyOf(request);
    EXPECT_NE(request.find("Content-Length: " + std::to_string(body.size()) + "\r\n"),
              std::string::npos);
    EXPECT_GE(body.size(), 2600U);
    EXPECT_LE(body.size(), 3600U);
  }
}

TEST_F(SignedOrdersTest, AreAllDifferent) {
  std::set<std::string> seen;
  for (std::uint64_t number = 0; number < kTwiceAllTemplates; ++number) {
    seen.insert(RequestOf(orders_, number));
  }
  EXPECT_EQ(seen.size(), kTwiceAllTemplates);
}

TEST_F(SignedOrdersTest, AreTheSameForTheSameSeed) {
  const SignedOrders again(source_, 1, kNow);
  EXPECT_EQ(RequestOf(orders_, 77), RequestOf(again, 77));
}

}  // namespace
}  // namespace weir::app::bench
