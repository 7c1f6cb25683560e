// SPDX-License-Identifier: Apache-2.0
#include "app/declared.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace weir::app {

std::vector<sync::DeclaredSettings> Declared(const Config& config) {
  std::map<std::string, sync::DeclaredSettings> by_merchant;
  for (const StoreConfig& store : config.stores) {
    by_merchant[store.merchant].stores.push_back(
        {.id = store.id, .name = store.name, .code = store.code});
  }
  for (const ConnectionConfig& connection : config.connections) {
    by_merchant[connection.merchant].connections.push_back(
        {.id = connection.id,
         .platform = connection.platform,
         .stores = connection.stores,
         .accept_within = connection.accept_within});
  }
  for (const SubscriptionConfig& subscription : config.subscriptions) {
    by_merchant[subscription.merchant].subscriptions.push_back(
        {.id = subscription.id,
         .url = subscription.url,
         .types = subscription.types,
         .stores = subscription.stores,
         .platforms = subscription.platforms,
         .personal = subscription.personal,
         .allow_private = subscription.allow_private,
         .rate_per_second = subscription.rate_per_second,
         .secrets = {}});
  }
  std::vector<sync::DeclaredSettings> declared;
  for (auto& [merchant, settings] : by_merchant) {
    settings.merchant = merchant;
    declared.push_back(std::move(settings));
  }
  return declared;
}

std::vector<gateway::Key> KeysOf(const Config& config) {
  std::vector<gateway::Key> keys;
  for (const KeyConfig& key : config.keys) {
    gateway::Principal principal{.key_id = key.id, .merchant = key.merchant};
    for (const std::string& scope : key.scopes) {
      principal.scopes |= static_cast<std::uint8_t>(*gateway::ParseScope(scope));
    }
    keys.emplace_back(std::move(principal), key.secret);
  }
  return keys;
}

}  // namespace weir::app
