// SPDX-License-Identifier: Apache-2.0
#include "sync/watched.hpp"

#include <gtest/gtest.h>

#include "tests/sync/fold_scene.hpp"

namespace weir::sync::testing {
namespace {

/// Fails with what it is told to.
class Orders final : public connectors::OrderSource {
 public:
  boost::asio::awaitable<Result<connectors::PulledItem>> GetOrder(std::string) override {
    if (error) co_return std::unexpected(*error);
    co_return connectors::PulledItem{};
  }
  std::optional<Error> error;
};

class WatchedTest : public ::testing::Test {
 protected:
  WatchedTest() {
    connector_.orders = orders_;
    connector_.clock_code = "INVALID_TIMESTAMP";
    connector_ = Watch(std::move(connector_), health_);
  }
  bool Call() { return scene_.Run(connector_.orders->GetOrder("1")).has_value(); }

  FoldScene scene_;
  std::shared_ptr<ConnectionHealth> health_ =
      std::make_shared<ConnectionHealth>("el-main", scene_.clock);
  std::shared_ptr<Orders> orders_ = std::make_shared<Orders>();
  connectors::Connector connector_;
};

TEST_F(WatchedTest, AnAnswerIsTold) {
  EXPECT_TRUE(Call());
  EXPECT_EQ(health_->Read().answered, 1U);
}

TEST_F(WatchedTest, AFailureIsToldAndReturned) {
  orders_->error = Error{.kind = ErrorKind::kUnauthorized, .remote_code = "UNAUTHORIZED"};
  EXPECT_FALSE(Call());
  EXPECT_EQ(health_->Read().health, Health::kUnauthorized);
}

TEST_F(WatchedTest, ThePlatformsOwnCodeTellsARefusedClock) {
  orders_->error = Error{.kind = ErrorKind::kUnauthorized, .remote_code = "INVALID_TIMESTAMP"};
  EXPECT_FALSE(Call());
  EXPECT_EQ(health_->Read().health, Health::kClockSkew);
}

TEST_F(WatchedTest, RolesThatAreNotPlayedStayNull) {
  EXPECT_EQ(connector_.menus, nullptr);
  EXPECT_EQ(connector_.lists, nullptr);
}

}  // namespace
}  // namespace weir::sync::testing
