// SPDX-License-Identifier: Apache-2.0
#include "connectors/eleme/connector.hpp"

#include <gtest/gtest.h>

#include "tests/connectors/eleme/support.hpp"

namespace weir::connectors::eleme {
namespace {

TEST(Credentials, HaveTheProductionUrlsByDefault) {
  const auto credentials = ParseCredentials(TestOptions());
  ASSERT_TRUE(credentials);
  EXPECT_EQ(credentials->base_url, "https://open-api.shop.ele.me/api/v1");
  EXPECT_EQ(credentials->token_url, "https://open-api.shop.ele.me/token");
}

TEST(Credentials, AskForTokensBesideTheApi) {
  auto options = TestOptions();
  options.base_url = "http://127.0.0.1:9102/api/v1/";
  EXPECT_EQ(ParseCredentials(options)->token_url, "http://127.0.0.1:9102/token");
  options.base_url = "http://127.0.0.1:9102";
  EXPECT_EQ(ParseCredentials(options)->token_url, "http://127.0.0.1:9102/token");
}

TEST(Connector, PlaysItsRoles) {
  CannedTransport transport("");
  const FixedClock clock;
  const auto connector =
      Make(TestOptions(), {.transport = transport, .clock = clock, .vault = nullptr});
  ASSERT_TRUE(connector);
  EXPECT_NE(connector->pushes, nullptr);
  EXPECT_NE(connector->orders, nullptr);
  EXPECT_NE(connector->tokens, nullptr);
}

TEST(Connector, IsNotMadeFromWrongCredentials) {
  CannedTransport transport("");
  const FixedClock clock;
  for (const char* name : {"app_id", "app_key", "app_secret"}) {
    auto options = TestOptions();
    options.credentials.erase(name);
    const auto connector =
        Make(options, {.transport = transport, .clock = clock, .vault = nullptr});
    ASSERT_FALSE(connector);
    EXPECT_NE(connector.error().message.find(name), std::string::npos);
  }
}

}  // namespace
}  // namespace weir::connectors::eleme
