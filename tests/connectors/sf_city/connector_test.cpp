// SPDX-License-Identifier: Apache-2.0
#include "connectors/sf_city/connector.hpp"

#include <gtest/gtest.h>

#include "tests/connectors/sf_city/support.hpp"

namespace weir::connectors::sf_city {
namespace {

std::string ComplaintOf(const ConnectionOptions& options) {
  const auto credentials = ParseCredentials(options);
  return credentials ? "" : credentials.error().message;
}

TEST(Credentials, HaveTheirDefaults) {
  const Credentials credentials = TestCredentials();
  EXPECT_EQ(credentials.base_url, "https://openic.sf-express.com");
  EXPECT_EQ(credentials.dev_id, 1234567890);
  EXPECT_EQ(credentials.shop_type, 1);
  EXPECT_EQ(credentials.product_type, 1);
  EXPECT_EQ(credentials.version, 17);
  EXPECT_EQ(credentials.cancel_code, 313);
  EXPECT_EQ(credentials.unknown_order, "1202");
  EXPECT_EQ(credentials.dialect, "json");
}

TEST(Credentials, TakeEveryOption) {
  auto options = TestOptions();
  options.base_url = "http://127.0.0.1:9106/";
  options.options = {{"shop_type", "2"},     {"product_type", "13"},    {"version", "18"},
                     {"cancel_code", "300"}, {"unknown_order", "1404"}, {"lbs_type", "1"}};
  const auto credentials = ParseCredentials(options);
  ASSERT_TRUE(credentials);
  EXPECT_EQ(credentials->base_url, "http://127.0.0.1:9106");
  EXPECT_EQ(credentials->shop_type, 2);
  EXPECT_EQ(credentials->product_type, 13);
  EXPECT_EQ(credentials->version, 18);
  EXPECT_EQ(credentials->cancel_code, 300);
  EXPECT_EQ(credentials->unknown_order, "1404");
  EXPECT_EQ(credentials->dialect, "json+bd09");
}

TEST(Credentials, SayWhichOptionIsWrong) {
  for (const char* name : {"shop_type", "product_type", "version", "cancel_code", "lbs_type"}) {
    for (const char* value : {"0", "x", "-1", "99999"}) {
      auto options = TestOptions();
      options.options[name] = value;
      EXPECT_NE(ComplaintOf(options).find(name), std::string::npos) << name << value;
    }
  }
}

TEST(Credentials, WantANumberOfADeveloper) {
  auto options = TestOptions();
  options.credentials["dev_id"] = Secret("me");
  EXPECT_NE(ComplaintOf(options).find("dev_id"), std::string::npos);
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
}

TEST(Connector, IsNotMadeFromWrongCredentials) {
  CannedTransport transport({});
  const FixedClock clock;
  for (const char* name : {"dev_id", "dev_key", "shop_id"}) {
    auto options = TestOptions();
    options.credentials.erase(name);
    const auto connector =
        Make(options, {.transport = transport, .clock = clock, .vault = nullptr});
    ASSERT_FALSE(connector);
    EXPECT_NE(connector.error().message.find(name), std::string::npos);
  }
}

}  // namespace
}  // namespace weir::connectors::sf_city
