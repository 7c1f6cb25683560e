// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "simulators/eleme/simulator.hpp"
#include "simulators/meituan/simulator.hpp"
#include "tests/e2e/simulated_platform.hpp"

/// A pull of orders, against each simulated platform: what no push told of is found.
namespace weir::e2e {
namespace {

using nlohmann::json;
using std::chrono::seconds;

struct ElemeSide {
  simulators::eleme::ElemeSimulator platform{CalmEleme()};
  PlatformScene scene{platform, ElemeConnection()};
};
struct MeituanSide {
  simulators::meituan::MeituanSimulator platform{CalmMeituan()};
  PlatformScene scene{platform, MeituanConnection()};
};

template <typename Side>
class OrderPull : public ::testing::Test {
 protected:
  std::size_t Orders() { return side_.scene.life().GetJson("/v1/orders")["data"].size(); }
  void PlaceOrders(int count) {
    for (int i = 0; i < count; ++i) side_.platform.PlaceOrder(side_.scene.platform_now());
  }
  Side side_;
};

using Sides = ::testing::Types<ElemeSide, MeituanSide>;
TYPED_TEST_SUITE(OrderPull, Sides);

TYPED_TEST(OrderPull, FindsOrdersThatNoPushToldOf) {
  PlatformScene& scene = this->side_.scene;
  scene.drops_pushes = true;
  this->PlaceOrders(3);
  scene.Pass(seconds(20));
  ASSERT_EQ(this->Orders(), 0U);
  const json pull = scene.Pull("orders");
  EXPECT_EQ(pull["status"], "done") << pull;
  EXPECT_EQ(pull["window"]["missed_by_push"], 3);
  EXPECT_EQ(this->Orders(), 3U);
}

TYPED_TEST(OrderPull, StoresNothingThatIsShownAlready) {
  PlatformScene& scene = this->side_.scene;
  this->PlaceOrders(2);
  scene.Pass(seconds(200));
  ASSERT_EQ(scene.Pull("orders")["status"], "done");
  const json again = scene.Pull("orders");
  EXPECT_EQ(again["window"]["seen"], 2);
  EXPECT_EQ(again["window"]["stored"], 0);
  EXPECT_EQ(again["window"]["missed_by_push"], 0);
}

TYPED_TEST(OrderPull, BringsOpenOrdersToTheirEnd) {
  PlatformScene& scene = this->side_.scene;
  this->PlaceOrders(1);
  scene.Pass(seconds(25));
  ASSERT_EQ(this->Orders(), 1U);
  scene.drops_pushes = true;
  scene.Pass(seconds(200));
  ASSERT_EQ(scene.Pull("orders")["status"], "done");
  EXPECT_EQ(scene.life().GetJson("/v1/orders")["data"][0]["status"], "completed");
}

TYPED_TEST(OrderPull, EndsWithTheFirstCallThatFails) {
  PlatformScene& scene = this->side_.scene;
  this->PlaceOrders(1);
  scene.Pass(seconds(20));
  scene.is_down = true;
  const json pull = scene.Pull("orders");
  EXPECT_EQ(pull["status"], "failed");
  EXPECT_EQ(pull["window"]["error"]["kind"], "transport");
}

}  // namespace
}  // namespace weir::e2e
