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

TEST(Options, HaveTheVendorsOwnMannerByDefault) {
  const Manner manner = TestCredentials().manner;
  EXPECT_EQ(manner.transport, Transport::kBody);
  EXPECT_EQ(manner.timestamp, TimestampForm::kSeconds);
  EXPECT_EQ(manner.sign_method, SignMethod::kHmacSha256);
  EXPECT_FALSE(manner.test_shop);
}

TEST(Options, AreTakenByTheirWords) {
  auto options = TestOptions();
  options.options = {
      {"transport", "query"}, {"timestamp", "text"}, {"sign_method", "md5"}, {"test_shop", "true"}};
  const auto credentials = ParseCredentials(options);
  ASSERT_TRUE(credentials);
  EXPECT_EQ(credentials->manner.transport, Transport::kQuery);
  EXPECT_EQ(credentials->manner.timestamp, TimestampForm::kText);
  EXPECT_EQ(credentials->manner.sign_method, SignMethod::kMd5);
  EXPECT_TRUE(credentials->manner.test_shop);
}

TEST(Options, SayWhatWasExpected) {
  const std::map<std::string, std::string> expected = {
      {"transport", "expected one of body, form, query"},
      {"timestamp", "expected one of seconds, text"},
      {"sign_method", "expected one of hmac-sha256, md5"},
      {"test_shop", "expected one of false, true"}};
  for (const auto& [name, words] : expected) {
    auto options = TestOptions();
    options.options = {{name, "pigeon"}};
    const auto credentials = ParseCredentials(options);
    ASSERT_FALSE(credentials) << name;
    EXPECT_EQ(credentials.error().kind, ErrorKind::kMalformed);
    EXPECT_NE(credentials.error().message.find(words), std::string::npos)
        << credentials.error().message;
  }
}

TEST(Credentials, MayBringAConsentsCode) {
  EXPECT_TRUE(TestCredentials().authorization_code.empty());
  auto options = TestOptions();
  options.credentials.emplace("authorization_code", Secret("one-time"));
  EXPECT_EQ(ParseCredentials(options)->authorization_code.Reveal(), "one-time");
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
  EXPECT_NE(connector->stores, nullptr);
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
