// SPDX-License-Identifier: Apache-2.0
#include "connectors/sf_express/connector.hpp"

#include <gtest/gtest.h>

#include "tests/connectors/sf_express/support.hpp"

namespace weir::connectors::sf_express {
namespace {

Result<Connector> MakeOf(const ConnectionOptions& options) {
  static const FixedClock clock;
  static CannedTransport transport("");
  return Make(options, {.transport = transport, .clock = clock, .vault = nullptr});
}

TEST(Connector, IsACourier) {
  const auto connector = MakeOf(TestOptions());
  ASSERT_TRUE(connector);
  EXPECT_NE(connector->pushes, nullptr);
  EXPECT_NE(connector->courier, nullptr);
  EXPECT_EQ(connector->orders, nullptr);
  EXPECT_EQ(connector->tokens, nullptr);
}

TEST(Connector, AsksForTokensWhereItIsTold) {
  EXPECT_NE(MakeOf(With("auth", "oauth2"))->tokens, nullptr);
}

TEST(Credentials, HaveDefaults) {
  const auto credentials = ParseCredentials(TestOptions());
  ASSERT_TRUE(credentials);
  EXPECT_EQ(credentials->base_url, "https://bspgw.sf-express.com/std/service");
  EXPECT_EQ(credentials->proof, Proof::kDigest);
  EXPECT_EQ(credentials->express_type, "1");
  EXPECT_EQ(credentials->pay_method, "1");
  EXPECT_EQ(credentials->print_template, "fm_76130_standard_DEMO_PARTNER");
  EXPECT_EQ(credentials->language, "zh-CN");
  EXPECT_TRUE(credentials->call_courier);
}

TEST(Credentials, AskForTokensBesideTheServices) {
  ConnectionOptions options = TestOptions();
  options.base_url = "http://127.0.0.1:9105/std/service/";
  const auto credentials = ParseCredentials(options);
  EXPECT_EQ(credentials->base_url, "http://127.0.0.1:9105/std/service");
  EXPECT_EQ(credentials->token_url, "http://127.0.0.1:9105/oauth2/accessToken");
}

TEST(Credentials, ThatAreMissingAreNamed) {
  ConnectionOptions options = TestOptions();
  options.credentials.erase("check_word");
  const auto credentials = ParseCredentials(options);
  ASSERT_FALSE(credentials);
  EXPECT_NE(credentials.error().message.find("check_word"), std::string::npos);
}

TEST(Credentials, RefuseOptionsThatMeanNothing) {
  for (const auto& [name, value] : std::initializer_list<std::pair<const char*, const char*>>{
           {"auth", "none"},
           {"pay_method", "4"},
           {"language", "fr"},
           {"call_courier", "1"},
           {"express_type", "fast"},
           {"express_type", ""},
           {"monthly_card", "x"},
           {"callback_token", "short"},
           {"callback_token", "with/a/slash/in/it"}}) {
    const auto credentials = ParseCredentials(With(name, value));
    ASSERT_FALSE(credentials) << name << "=" << value;
    EXPECT_NE(credentials.error().message.find(name), std::string::npos);
    EXPECT_EQ(credentials.error().message.find("with/a/slash"), std::string::npos);
  }
}

}  // namespace
}  // namespace weir::connectors::sf_express
