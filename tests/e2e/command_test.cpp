// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "simulators/eleme/simulator.hpp"
#include "simulators/meituan/simulator.hpp"
#include "tests/e2e/simulated_platform.hpp"

/// Orders accepted through the API, against each simulated platform, whose shops accept nothing by
/// themselves.
namespace weir::e2e {
namespace {

using nlohmann::json;
using std::chrono::minutes;
using std::chrono::seconds;

template <typename Options>
Options Waiting(Options options) {
  options.traffic.auto_confirm = false;
  options.traffic.pace = seconds(60);
  return options;
}

struct ElemeSide {
  simulators::eleme::ElemeSimulator platform{Waiting(CalmEleme())};
  PlatformScene scene{platform, ElemeConnection()};
};
struct MeituanSide {
  simulators::meituan::MeituanSimulator platform{Waiting(CalmMeituan())};
  PlatformScene scene{platform, MeituanConnection()};
};

template <typename Side>
class Accepting : public ::testing::Test {
 protected:
  /// An order is placed, and its id known.
  std::string Placed() {
    side_.platform.PlaceOrder(side_.scene.platform_now());
    side_.scene.Pass(seconds(100));
    const json orders = side_.scene.life().GetJson("/v1/orders")["data"];
    return orders.empty() ? std::string() : orders[0]["id"].template get<std::string>();
  }
  json Accept(const std::string& order) {
    const auto answer = side_.scene.life().Post("/v1/orders/" + order + "/accept", "");
    return json::parse(answer.body, nullptr, false);
  }
  json Command(const json& command) {
    return side_.scene.life().GetJson("/v1/commands/" + command.value("id", ""));
  }
  std::string Status(const std::string& order) {
    return side_.scene.life().GetJson("/v1/orders/" + order)["status"];
  }
  Side side_;
};

using Sides = ::testing::Types<ElemeSide, MeituanSide>;
TYPED_TEST_SUITE(Accepting, Sides);

TYPED_TEST(Accepting, ReachesThePlatform) {
  const std::string order = this->Placed();
  ASSERT_EQ(this->Status(order), "placed");
  const json command = this->Accept(order);
  this->side_.scene.Pass(seconds(5));
  EXPECT_EQ(this->Command(command)["status"], "applied") << this->Command(command);
  EXPECT_EQ(this->Status(order), "accepted");
}

TYPED_TEST(Accepting, OfAnAcceptedOrderAsksNobody) {
  const std::string order = this->Placed();
  this->Accept(order);
  this->side_.scene.Pass(seconds(5));
  this->side_.scene.is_down = true;
  const json again = this->Accept(order);
  this->side_.scene.Pass(seconds(5));
  EXPECT_EQ(this->Command(again)["status"], "already_applied");
}

TYPED_TEST(Accepting, IsRepeatedOnceThePlatformIsBack) {
  const std::string order = this->Placed();
  this->side_.scene.is_down = true;
  const json command = this->Accept(order);
  this->side_.scene.Pass(seconds(10));
  EXPECT_EQ(this->Command(command)["status"], "unknown");
  this->side_.scene.is_down = false;
  this->side_.scene.Pass(minutes(3));
  EXPECT_EQ(this->Command(command)["status"], "applied") << this->Command(command);
  EXPECT_EQ(this->Status(order), "accepted");
}

TYPED_TEST(Accepting, IsTheSameAfterAReplay) {
  const std::string order = this->Placed();
  this->Accept(order);
  this->side_.scene.Pass(seconds(5));
  EXPECT_TRUE(this->side_.scene.life().Replay().identical());
}

}  // namespace
}  // namespace weir::e2e
