// SPDX-License-Identifier: Apache-2.0
#include "connectors/dada/connector.hpp"

#include <gtest/gtest.h>

#include "tests/connectors/dada/support.hpp"

namespace weir::connectors::dada {
namespace {

TEST(Credentials, HaveTheProductionUrlByDefault) {
  ConnectionOptions options = TestOptions();
  options.base_url.clear();
  EXPECT_EQ(ParseCredentials(options)->base_url, "https://newopen.imdada.cn");
  EXPECT_EQ(TestCredentials().base_url, "https://dada.test");
}

TEST(Credentials, MakeTheUrlThatDadaCalls) {
  EXPECT_EQ(TestCredentials().CallbackUrl(),
            std::string("https://gw.example.com/hooks/da-main/") + kToken);
}

TEST(Credentials, NameWhatIsMissing) {
  for (const char* name : {"app_key", "app_secret", "source_id"}) {
    ConnectionOptions options = TestOptions();
    options.credentials.erase(name);
    const auto credentials = ParseCredentials(options);
    ASSERT_FALSE(credentials);
    EXPECT_EQ(credentials.error().kind, ErrorKind::kMalformed);
    EXPECT_NE(credentials.error().message.find(name), std::string::npos);
  }
  ConnectionOptions options = TestOptions();
  options.public_url.clear();
  EXPECT_NE(ParseCredentials(options).error().message.find("public_url"), std::string::npos);
}

TEST(Options, WantATokenThatNobodyGuesses) {
  ConnectionOptions options = TestOptions();
  options.options.erase("callback_token");
  EXPECT_NE(ParseCredentials(options).error().message.find("callback_token"), std::string::npos);
  for (const std::string& token :
       {std::string(), std::string("short"), std::string("0123456789abcde/"),
        std::string("0123456789abcde "), std::string(129, 'a')}) {
    options.options["callback_token"] = token;
    const auto credentials = ParseCredentials(options);
    ASSERT_FALSE(credentials) << token;
    EXPECT_EQ(credentials.error().kind, ErrorKind::kMalformed);
  }
}

TEST(Options, AreTakenByTheirNames) {
  ConnectionOptions options = TestOptions();
  options.options["city_code"] = "0551";
  options.options["cargo_type"] = "66";
  const auto credentials = ParseCredentials(options);
  ASSERT_TRUE(credentials);
  EXPECT_EQ(credentials->city_code, "0551");
  EXPECT_EQ(credentials->cargo_type, 66);
  EXPECT_FALSE(TestCredentials().cargo_type);
}

TEST(Options, SayWhatWasExpected) {
  for (const auto& [name, value] :
       {std::pair("city_code", "Shanghai"), std::pair("cargo_type", "4"),
        std::pair("cargo_type", "food")}) {
    ConnectionOptions options = TestOptions();
    options.options[name] = value;
    const auto credentials = ParseCredentials(options);
    ASSERT_FALSE(credentials) << value;
    EXPECT_NE(credentials.error().message.find(name), std::string::npos);
  }
}

TEST(Connector, PlaysItsRoles) {
  CannedTransport transport({});
  const FixedClock clock;
  const auto connector =
      Make(TestOptions(), {.transport = transport, .clock = clock, .vault = nullptr});
  ASSERT_TRUE(connector);
  EXPECT_NE(connector->pushes, nullptr);
  EXPECT_NE(connector->courier, nullptr);
  EXPECT_EQ(connector->orders, nullptr);
  EXPECT_EQ(connector->tokens, nullptr);
}

TEST(Connector, IsNotMadeFromWrongCredentials) {
  CannedTransport transport({});
  const FixedClock clock;
  ConnectionOptions options = TestOptions();
  options.credentials.erase("app_secret");
  EXPECT_FALSE(Make(options, {.transport = transport, .clock = clock, .vault = nullptr}));
}

}  // namespace
}  // namespace weir::connectors::dada
