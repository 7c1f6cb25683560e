// SPDX-License-Identifier: Apache-2.0
#include "tests/world/settings.hpp"

#include <utility>

namespace weir::world {
namespace {

constexpr std::string_view kEndpointSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

}  // namespace

simulators::merchant::Options MerchantOptions(Draws& draws) {
  using std::chrono::seconds;
  simulators::merchant::Options options{.secret = std::string(kEndpointSecret),
                                        .seed = draws.seed()};
  // All members are named, so that a new one is not forgotten.
  auto& [failed, limited, redirected, stalled, cut, retry_after, stall] = options.faults;
  draws.Share("failed", failed, 0.3);
  draws.Share("limited", limited, 0.2);
  draws.Share("redirected", redirected, 0.1);
  draws.Share("stalled", stalled, 0.2);
  draws.Share("cut", cut, 0.2);
  draws.OneOf("retry_after", retry_after, {seconds(1), seconds(7), seconds(120)});
  draws.OneOf("stall", stall, {seconds(2), seconds(20), seconds(90)});
  return options;
}

app::Config GatewayConfig(std::vector<app::ConnectionConfig> connections) {
  app::Config config;
  config.server.public_url = kPublicUrl;
  config.storage.folder = "/weir";
  config.merchants.push_back({.id = "demo", .name = "Demo"});
  config.keys.push_back({.id = "erp",
                         .merchant = "demo",
                         .scopes = {"read", "read_personal", "write"},
                         .secret = Secret(std::string(kKey))});
  config.stores.push_back({.id = "sh-001", .merchant = "demo", .name = "One", .code = "1"});
  config.connections = std::move(connections);
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
