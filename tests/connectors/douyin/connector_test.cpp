// SPDX-License-Identifier: Apache-2.0
#include "connectors/douyin/connector.hpp"

#include <gtest/gtest.h>

#include "tests/connectors/douyin/support.hpp"

namespace weir::connectors::douyin {
namespace {

Result<Connector> MakeWith(const ConnectionOptions& options) {
  static const FixedClock clock;
  static CannedTransport transport("");
  return Make(options, {.transport = transport, .clock = clock, .vault = nullptr});
}

std::string ErrorWith(std::string name, std::string value) {
  ConnectionOptions options = TestOptions();
  options.options.emplace(std::move(name), std::move(value));
  const auto made = MakeWith(options);
  return made ? "" : made.error().message;
}

TEST(Connector, PlaysEveryRoleItHas) {
  const auto made = MakeWith(TestOptions());
  ASSERT_TRUE(made);
  EXPECT_TRUE(made->pushes && made->orders && made->tokens && made->reviews && made->menus &&
              made->stores && made->lists && made->desk);
}

TEST(Connector, NamesWhatIsMissing) {
  ConnectionOptions options = TestOptions();
  options.credentials.erase("account_id");
  EXPECT_EQ(MakeWith(options).error().message,
            "Connection 'dy-main': missing credential 'account_id'; douyin takes client_key, "
            "client_secret, account_id.");
}

TEST(Connector, TakesItsOptions) {
  EXPECT_EQ(ErrorWith("token", "client"), "");
  EXPECT_EQ(ErrorWith("refund_result", "audit_status"), "");
  EXPECT_EQ(ErrorWith("refund_processing", "1"), "");
  EXPECT_EQ(ErrorWith("order_queries", "akte,retail"), "");
  EXPECT_EQ(ErrorWith("menu", "dishes"), "");
}

TEST(Connector, NamesTheOptionAndWhatItExpects) {
  EXPECT_EQ(ErrorWith("token", "other"),
            "Connection 'dy-main': option 'token' expects 'stable' or 'client'.");
  EXPECT_NE(ErrorWith("refund_result", "\"x"), "");
  EXPECT_NE(ErrorWith("refund_processing", ""), "");
  EXPECT_NE(ErrorWith("order_queries", "hermes,strange"), "");
  EXPECT_NE(ErrorWith("order_queries", ""), "");
  EXPECT_NE(ErrorWith("menu", "food"), "");
  EXPECT_EQ(ErrorWith("colour", "red"), "Connection 'dy-main': unknown option 'colour'.");
}

}  // namespace
}  // namespace weir::connectors::douyin
