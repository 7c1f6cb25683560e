// SPDX-License-Identifier: Apache-2.0
#include "connectors/meituan/connector.hpp"

#include <gtest/gtest.h>

#include "connectors/meituan/credentials.hpp"

namespace weir::connectors::meituan {
namespace {

ConnectionOptions Options() {
  ConnectionOptions options;
  options.id = "mt-main";
  options.platform = "meituan";
  options.public_url = "https://gw.example.com/";
  options.credentials.emplace("app_id", Secret("9001"));
  options.credentials.emplace("app_secret", Secret("s"));
  return options;
}

class NoTransport final : public net::Transport {
 public:
  boost::asio::awaitable<Result<net::Response>> Send(
      net::Request /*request*/, std::chrono::milliseconds /*timeout*/) override {
    co_return Fail(ErrorKind::kTransport, "none");
  }
};

TEST(Credentials, HaveTheProductionUrlByDefault) {
  const auto credentials = ParseCredentials(Options());
  ASSERT_TRUE(credentials);
  EXPECT_EQ(credentials->base_url, "https://waimaiopen.meituan.com/api/v1");
}

TEST(Credentials, CutSlashesFromUrls) {
  auto options = Options();
  options.base_url = "http://127.0.0.1:9101/api/v1/";
  const auto credentials = ParseCredentials(options);
  ASSERT_TRUE(credentials);
  EXPECT_EQ(credentials->base_url, "http://127.0.0.1:9101/api/v1");
  EXPECT_EQ(credentials->public_url, "https://gw.example.com");
}

TEST(Credentials, NeedThePublicUrl) {
  auto options = Options();
  options.public_url.clear();
  const auto credentials = ParseCredentials(options);
  ASSERT_FALSE(credentials);
  EXPECT_NE(credentials.error().message.find("public_url"), std::string::npos);
}

TEST(Connector, PlaysBothRoles) {
  NoTransport transport;
  const SystemClock clock;
  const auto connector =
      Make(Options(), {.transport = transport, .clock = clock, .vault = nullptr});
  ASSERT_TRUE(connector);
  EXPECT_NE(connector->pushes, nullptr);
  EXPECT_NE(connector->orders, nullptr);
}

TEST(Connector, IsNotMadeFromWrongCredentials) {
  NoTransport transport;
  const SystemClock clock;
  auto options = Options();
  options.credentials.erase("app_secret");
  const auto connector = Make(options, {.transport = transport, .clock = clock, .vault = nullptr});
  ASSERT_FALSE(connector);
  EXPECT_EQ(connector.error().kind, ErrorKind::kMalformed);
}

}  // namespace
}  // namespace weir::connectors::meituan
