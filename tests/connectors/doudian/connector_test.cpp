// SPDX-License-Identifier: Apache-2.0
#include "connectors/doudian/connector.hpp"

#include <gtest/gtest.h>

#include "tests/connectors/doudian/support.hpp"

namespace weir::connectors::doudian {
namespace {

TEST(Credentials, HaveTheProductionUrlByDefault) {
  EXPECT_EQ(TestCredentials().base_url, "https://openapi-fxg.jinritemai.com");
  auto options = TestOptions();
  options.base_url = "http://127.0.0.1:9104/";
  EXPECT_EQ(ParseCredentials(options)->base_url, "http://127.0.0.1:9104");
}

TEST(Credentials, WantANumberForAShop) {
  auto options = TestOptions();
  options.credentials["shop_id"] = Secret("shop");
  const auto credentials = ParseCredentials(options);
  ASSERT_FALSE(credentials);
  EXPECT_NE(credentials.error().message.find("shop_id"), std::string::npos);
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
  EXPECT_NE(connector->menus, nullptr);
  EXPECT_EQ(connector->reviews, nullptr);
}

TEST(Connector, IsNotMadeFromWrongCredentials) {
  CannedTransport transport("");
  const FixedClock clock;
  for (const char* name : {"app_key", "app_secret", "shop_id"}) {
    auto options = TestOptions();
    options.credentials.erase(name);
    const auto connector =
        Make(options, {.transport = transport, .clock = clock, .vault = nullptr});
    ASSERT_FALSE(connector);
    EXPECT_NE(connector.error().message.find(name), std::string::npos);
  }
}

}  // namespace
}  // namespace weir::connectors::doudian
