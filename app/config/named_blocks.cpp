// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <utility>

#include "app/config/blocks.hpp"
#include "base/ids.hpp"
#include "gateway/changes.hpp"
#include "net/url.hpp"
#include "webhooks/callbacks/signature.hpp"

namespace weir::app {

Secret ReadSecret(TableReader& table, const std::string& key, const ConfigSources& sources) {
  std::string text = table.RequiredText(key);
  if (text.starts_with("env:")) {
    auto value = sources.environment(text.substr(4));
    if (!value || value->empty()) {
      table.Fail(key, fmt::format("the environment variable {} is not set", text.substr(4)));
    }
    return Secret(std::move(*value));
  }
  if (text.starts_with("file:")) {
    auto value = sources.file(text.substr(5));
    if (!value || value->empty()) {
      table.Fail(key, fmt::format("the file {} cannot be read or is empty", text.substr(5)));
    }
    return Secret(std::move(*value));
  }
  return Secret(std::move(text));
}

namespace {

constexpr std::array<std::string_view, 4> kScopes = {"read", "read_personal", "write", "admin"};

std::string ReadId(TableReader& table, const std::string& key) {
  std::string id = table.RequiredText(key);
  if (!IsPlainId(id)) table.Fail(key, "expected 1 to 64 of letters, digits, '-', '_' and '.'");
  return id;
}

std::string ReadMerchantOf(TableReader& table, const Names& merchants) {
  std::string merchant = table.RequiredText("merchant");
  if (!merchants.Has(merchant)) {
    table.Fail("merchant", "no [[merchant]] has the id '" + merchant + "'");
  }
  return merchant;
}

/// Reads every block of a kind into `blocks`, each with an id of its own; `read` reads the rest.
template <typename Block, typename Read>
Names ReadEach(Reading& reading, const char* kind, std::vector<Block>& blocks, Read read) {
  Names names;
  for (TableReader& table : reading.root.Tables(kind)) {
    Block block;
    block.id = ReadId(table, "id");
    names.Add(table, block.id);
    read(table, block);
    table.Finish();
    blocks.push_back(std::move(block));
  }
  return names;
}

/// The ids of declared stores that a block names under "stores".
void CheckStore(TableReader& table, const Names& stores, const std::string& store,
                const std::string& where) {
  if (!stores.Has(store)) {
    table.Fail("stores", fmt::format("{}no [[store]] has the id '{}'", where, store));
  }
}

Secret ReadSigningSecret(TableReader& table, const std::string& key, const ConfigSources& sources) {
  Secret secret = ReadSecret(table, key, sources);
  if (const auto parsed = webhooks::SigningKey::Parse(secret.Reveal()); !parsed) {
    table.Fail(key, parsed.error().message);
  }
  return secret;
}

std::vector<std::string> ReadTypes(TableReader& table) {
  std::vector<std::string> types = table.Texts("types");
  if (types.empty()) table.Fail("types", "expected at least one type; \"*\" means all");
  for (const std::string& type : types) {
    if (!gateway::IsChangePattern(type)) {
      table.Fail("types", fmt::format("'{}' is no type of change; expected e.g. \"order.placed\", "
                                      "\"order.*\" or \"*\"",
                                      type));
    }
  }
  return types;
}

std::string ReadEndpoint(TableReader& table) {
  std::string url = table.RequiredText("url");
  if (!net::ParseUrl(url)) table.Fail("url", "expected an absolute http or https URL");
  return url;
}

void ReadSubscription(Reading& reading, TableReader& table, SubscriptionConfig& subscription) {
  const ConfigSources& sources = reading.sources;
  subscription.merchant = ReadMerchantOf(table, reading.merchants);
  subscription.url = ReadEndpoint(table);
  subscription.secret = ReadSigningSecret(table, "secret", sources);
  if (table.Text("previous_secret")) {
    subscription.previous_secret = ReadSigningSecret(table, "previous_secret", sources);
  }
  subscription.types = ReadTypes(table);
  subscription.stores = table.Texts("stores");
  for (const std::string& store : subscription.stores) {
    CheckStore(table, reading.stores, store, "");
  }
  subscription.platforms = table.Texts("platforms");
  for (const std::string& platform : subscription.platforms) {
    if (!sources.platform(platform)) {
      table.Fail("platforms", "'" + platform + "' is not supported by this version");
    }
  }
  subscription.personal = table.Flag("personal").value_or(false);
  subscription.allow_private = table.Flag("allow_private").value_or(false);
  if (auto rate = table.Integer("rate_per_second", 1, 100'000)) {
    subscription.rate_per_second = static_cast<std::uint32_t>(*rate);
  }
}

std::map<std::string, std::string> ReadOptions(TableReader& table, const std::string& platform,
                                               const std::vector<std::string>& known) {
  auto options = table.TextMap("options");
  for (const auto& [name, value] : options) {
    if (std::ranges::find(known, name) != known.end()) continue;
    table.Fail("options", known.empty()
                              ? fmt::format("'{}': {} has no options", name, platform)
                              : fmt::format("'{}' is no option of {}; expected some of {}", name,
                                            platform, fmt::join(known, ", ")));
  }
  return options;
}

void ReadConnection(Reading& reading, TableReader& table, ConnectionConfig& connection) {
  connection.merchant = ReadMerchantOf(table, reading.merchants);
  connection.platform = table.RequiredText("platform");
  const auto keys = reading.sources.platform(connection.platform);
  if (!keys) {
    table.Fail("platform", "'" + connection.platform + "' is not supported by this version");
  }
  for (const std::string& name : keys->credentials) {
    connection.credentials.emplace(name, ReadSecret(table, name, reading.sources));
  }
  for (const std::string& name : keys->more_credentials) {
    if (!table.Text(name)) continue;
    connection.credentials.emplace(name, ReadSecret(table, name, reading.sources));
  }
  connection.options = ReadOptions(table, connection.platform, keys->options);
  connection.base_url = ReadUrl(table, "base_url");
  connection.stores = table.TextMap("stores");
  for (const auto& [shop, store] : connection.stores) {
    CheckStore(table, reading.stores, store, fmt::format("shop '{}': ", shop));
  }
  if (auto minutes = table.Integer("accept_minutes", 1, 24 * 60)) {
    connection.accept_within = std::chrono::minutes(*minutes);
  }
}

void ReadKey(Reading& reading, TableReader& table, KeyConfig& key) {
  key.merchant = table.RequiredText("merchant");
  if (key.merchant != "*" && !reading.merchants.Has(key.merchant)) {
    table.Fail("merchant", "no [[merchant]] has the id '" + key.merchant + "'; \"*\" means any");
  }
  key.scopes = table.Texts("scopes");
  for (const std::string& scope : key.scopes) {
    if (std::find(kScopes.begin(), kScopes.end(), scope) == kScopes.end()) {
      table.Fail("scopes", "expected some of read, read_personal, write, admin");
    }
  }
  if (key.scopes.empty()) table.Fail("scopes", "expected at least one scope");
  key.secret = ReadSecret(table, "secret", reading.sources);
  if (key.secret.Reveal().size() < 8) table.Fail("secret", "expected at least 8 characters");
}

}  // namespace

void ReadMerchants(Reading& reading) {
  reading.merchants =
      ReadEach(reading, "merchant", reading.config.merchants,
               [](TableReader& table, MerchantConfig& merchant) {
                 merchant.name = table.Text("name").value_or(merchant.id);
                 if (auto zone = table.Text("timezone")) {
                   auto parsed = Zone::Parse(*zone);
                   if (!parsed)
                     table.Fail("timezone", "expected \"Asia/Shanghai\", \"UTC\" or \"+08:00\"");
                   merchant.timezone = *parsed;
                 }
               });
}

void ReadKeys(Reading& reading) {
  ReadEach(reading, "key", reading.config.keys,
           [&](TableReader& table, KeyConfig& key) { ReadKey(reading, table, key); });
}

void ReadStores(Reading& reading) {
  reading.stores = ReadEach(reading, "store", reading.config.stores,
                            [&](TableReader& table, StoreConfig& store) {
                              store.merchant = ReadMerchantOf(table, reading.merchants);
                              store.name = table.Text("name").value_or(store.id);
                              store.code = table.Text("code").value_or("");
                            });
}

void ReadConnections(Reading& reading) {
  ReadEach(reading, "connection", reading.config.connections,
           [&](TableReader& table, ConnectionConfig& connection) {
             ReadConnection(reading, table, connection);
           });
  if (!reading.config.connections.empty() && reading.config.server.public_url.empty()) {
    reading.root.Fail("server", "public_url is missing; it is part of the text platforms sign");
  }
}

void ReadSubscriptions(Reading& reading) {
  ReadEach(reading, "subscription", reading.config.subscriptions,
           [&](TableReader& table, SubscriptionConfig& subscription) {
             ReadSubscription(reading, table, subscription);
           });
}

}  // namespace weir::app
