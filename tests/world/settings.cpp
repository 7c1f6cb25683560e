// SPDX-License-Identifier: Apache-2.0
#include "tests/world/settings.hpp"

#include <fmt/format.h>

#include <utility>

namespace weir::world {
namespace {

constexpr std::string_view kSecret = "test_secret_0123456789abcdef0123";
constexpr std::string_view kEndpointSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

}  // namespace

simulators::meituan::Options PlatformOptions(std::uint64_t seed) {
  simulators::meituan::Options options;
  options.app_secret = kSecret;
  options.push_base_url = fmt::format("{}/hooks/mt-main", kPublicUrl);
  options.shops = {"shop_001", "shop_002"};
  options.seed = seed;
  options.retry.retries.assign(40, std::chrono::seconds(60));
  options.calls_per_second = 0;
  options.traffic.pace = std::chrono::seconds(20);
  options.faults = {.duplicated = 0.3,
                    .reordered = 0.4,
                    .reordered_within = std::chrono::seconds(90),
                    .forged = 0.05,
                    .missing_paid = 0.1,
                    .degraded = 0.2,
                    .api_failure = 0.1};
  options.quirks.encoding = simulators::meituan::Encoding::kMixed;
  options.quirks.get_for_cancel_and_refund = seed % 2 == 0;
  options.quirks.legacy_status = 0.2;
  options.quirks.scaled_coordinates = 0.2;
  return options;
}

simulators::merchant::Options MerchantOptions(std::uint64_t seed) {
  return {.secret = std::string(kEndpointSecret),
          .seed = seed,
          .faults = {.failed = 0.1,
                     .limited = 0.05,
                     .redirected = 0.02,
                     .stalled = 0.05,
                     .cut = 0.05,
                     .retry_after = std::chrono::seconds(7),
                     .stall = std::chrono::seconds(20)}};
}

app::Config GatewayConfig() {
  app::Config config;
  config.server.public_url = kPublicUrl;
  config.storage.folder = "/weir";
  config.merchants.push_back({.id = "demo", .name = "Demo"});
  config.keys.push_back({.id = "erp",
                         .merchant = "demo",
                         .scopes = {"read", "read_personal", "write"},
                         .secret = Secret(std::string(kKey))});
  config.stores.push_back({.id = "sh-001", .merchant = "demo", .name = "One", .code = "1"});
  app::ConnectionConfig connection;
  connection.id = "mt-main";
  connection.merchant = "demo";
  connection.platform = "meituan";
  connection.base_url = "http://platform.example.com/api/v1";
  connection.credentials.emplace("app_id", Secret("9001"));
  connection.credentials.emplace("app_secret", Secret(std::string(kSecret)));
  connection.stores.emplace("shop_001", "sh-001");
  config.connections.push_back(std::move(connection));
  app::SubscriptionConfig subscription;
  subscription.id = "erp";
  subscription.merchant = "demo";
  subscription.url = "https://erp.example.com/weir";
  subscription.secret = Secret(std::string(kEndpointSecret));
  subscription.types = {"*"};
  subscription.personal = true;
  config.subscriptions.push_back(std::move(subscription));
  // However long an endpoint is down, nothing is given up.
  config.callbacks.retries.assign(500, std::chrono::seconds(30));
  return config;
}

}  // namespace weir::world
