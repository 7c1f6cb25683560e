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

std::string ComplaintOf(const ConnectionOptions& options) {
  const auto credentials = ParseCredentials(options);
  return credentials ? "" : credentials.error().message;
}

TEST(Credentials, OfTheRetailPlatformHaveItsUrls) {
  auto options = RetailOptions();
  EXPECT_EQ(ParseCredentials(options)->base_url, "https://api-be.ele.me");
  EXPECT_EQ(ParseCredentials(options)->token_url, "https://open-auth.ele.me/oauth2/token");
  options.base_url = "http://127.0.0.1:9102/";
  EXPECT_EQ(ParseCredentials(options)->base_url, "http://127.0.0.1:9102");
  EXPECT_EQ(ParseCredentials(options)->token_url, "http://127.0.0.1:9102/oauth2/token");
}

TEST(Credentials, SayWhatDoesNotGoTogether) {
  auto options = TestOptions();
  options.options["envelope"] = "paper";
  EXPECT_NE(ComplaintOf(options).find("options.envelope"), std::string::npos);
  options.options = {{"access_token", "signed"}};
  EXPECT_NE(ComplaintOf(options).find("options.access_token"), std::string::npos);
  options = CodedOptions();
  EXPECT_EQ(ComplaintOf(options), "");
  options.options.clear();
  EXPECT_NE(ComplaintOf(options).find("options.redirect_uri"), std::string::npos);
  options = RetailOptionsWithToken("signed");
  EXPECT_EQ(ComplaintOf(options), "");
  options.options.erase("access_token");
  EXPECT_NE(ComplaintOf(options).find("go together"), std::string::npos);
  options = RetailOptionsWithToken("unsigned");
  options.credentials.erase("app_key");
  EXPECT_NE(ComplaintOf(options).find("app_key"), std::string::npos);
}

TEST(Connector, OfTheRetailPlatformReadsOrders) {
  CannedTransport transport("");
  const FixedClock clock;
  const ConnectorParts parts{.transport = transport, .clock = clock, .vault = nullptr};
  const auto plain = Make(RetailOptions(), parts);
  ASSERT_TRUE(plain);
  EXPECT_NE(plain->pushes, nullptr);
  EXPECT_NE(plain->orders, nullptr);
  EXPECT_EQ(plain->tokens, nullptr);
  EXPECT_EQ(plain->menus, nullptr);
  EXPECT_NE(Make(RetailOptionsWithToken("signed"), parts)->tokens, nullptr);
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
