// SPDX-License-Identifier: Apache-2.0
#include "tests/world/settings.hpp"

#include <utility>

namespace weir::world {
namespace {

constexpr std::string_view kEndpointSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

}  // namespace

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

app::Config GatewayConfig(const std::vector<const WorldPlatform*>& platforms) {
  app::Config config;
  config.server.public_url = kPublicUrl;
  config.storage.folder = "/weir";
  config.merchants.push_back({.id = "demo", .name = "Demo"});
  config.keys.push_back({.id = "erp",
                         .merchant = "demo",
                         .scopes = {"read", "read_personal", "write"},
                         .secret = Secret(std::string(kKey))});
  config.stores.push_back({.id = "sh-001", .merchant = "demo", .name = "One", .code = "1"});
  for (const WorldPlatform* platform : platforms) config.connections.push_back(platform->connect());
  app::SubscriptionConfig subscription;
  subscription.id = "erp";
  subscription.merchant = "demo";
  subscription.url = "https://" + std::string(kEndpointHost) + "/weir";
  subscription.secret = Secret(std::string(kEndpointSecret));
  subscription.types = {"*"};
  subscription.personal = true;
  config.subscriptions.push_back(std::move(subscription));
  // However long an endpoint is down, nothing is given up.
  config.callbacks.retries.assign(500, std::chrono::seconds(30));
  return config;
}

}  // namespace weir::world
