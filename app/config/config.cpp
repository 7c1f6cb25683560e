// SPDX-License-Identifier: Apache-2.0
#include "app/config/config.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <utility>

#include "app/config/table_reader.hpp"
#include "base/sealing.hpp"
#include "base/text.hpp"
#include "gateway/changes.hpp"
#include "net/url.hpp"
#include "webhooks/callbacks/signature.hpp"

namespace weir::app {
namespace {

constexpr std::array<std::string_view, 4> kScopes = {"read", "read_personal", "write", "admin"};

std::string ReadId(TableReader& table, const std::string& key) {
  std::string id = table.RequiredText(key);
  if (!IsConfigId(id)) table.Fail(key, "expected 1 to 64 of letters, digits, '-', '_' and '.'");
  return id;
}

std::string ReadUrl(TableReader& table, const std::string& key) {
  std::string url = table.Text(key).value_or("");
  if (url.empty()) return url;
  if (!url.starts_with("http://") && !url.starts_with("https://")) {
    table.Fail(key, "expected a URL that begins with http:// or https://");
  }
  while (url.ends_with('/')) url.pop_back();
  return url;
}

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

template <typename T>
void Take(T& target, std::optional<std::int64_t> value) {
  if (value)
    target =
        T(static_cast<typename std::conditional_t<std::is_integral_v<T>, T, std::int64_t>>(*value));
}

void ReadServer(TableReader table, ServerConfig& server) {
  if (auto listen = table.Text("listen")) {
    const auto colon = listen->rfind(':');
    const auto port = colon == std::string::npos
                          ? std::nullopt
                          : ParseUint(std::string_view(*listen).substr(colon + 1));
    if (colon == 0 || !port || *port > 65535) {
      table.Fail("listen", "expected \"host:port\", e.g. \"127.0.0.1:8080\"");
    }
    server.host = listen->substr(0, colon);
    if (server.host.starts_with('[') && server.host.ends_with(']')) {
      server.host = server.host.substr(1, server.host.size() - 2);
    }
    server.port = static_cast<std::uint16_t>(*port);
  }
  server.public_url = ReadUrl(table, "public_url");
  server.tls_certificate = table.Text("tls_certificate").value_or("");
  server.tls_key = table.Text("tls_key").value_or("");
  if (server.tls_certificate.empty() != server.tls_key.empty()) {
    table.Fail(server.tls_key.empty() ? "tls_key" : "tls_certificate",
               "tls_certificate and tls_key go together");
  }
  Take(server.threads, table.Integer("threads", 1, 256));
  Take(server.max_body_bytes, table.Integer("max_body_bytes", 1024, 64LL << 20));
  Take(server.max_header_bytes, table.Integer("max_header_bytes", 1024, 1LL << 20));
  Take(server.max_connections, table.Integer("max_connections", 1, 1'000'000));
  Take(server.request_timeout, table.Integer("request_timeout_seconds", 1, 600));
  Take(server.idle_timeout, table.Integer("idle_timeout_seconds", 1, 3600));
  table.Finish();
}

Secret ReadEncryptionKey(TableReader& table, const std::string& key, const ConfigSources& sources) {
  const auto text = table.Text(key);
  if (!text) return {};
  if (!text->starts_with("file:") && !text->starts_with("env:")) {
    table.Fail(key, "expected \"file:PATH\" or \"env:NAME\"");
  }
  Secret secret = ReadSecret(table, key, sources);
  if (const auto parsed = SealingKey::Parse(secret.Reveal()); !parsed) {
    table.Fail(key, parsed.error().message);
  }
  return secret;
}

void ReadStorage(TableReader table, const ConfigSources& sources, StorageConfig& storage) {
  const std::string url = table.RequiredText("url");
  if (!url.starts_with("file:") || url.size() == 5) {
    table.Fail("url", "expected \"file:FOLDER\"; no other storage is supported by this version");
  }
  storage.folder = url.substr(5);
  while (storage.folder.size() > 1 && storage.folder.ends_with('/')) storage.folder.pop_back();
  auto& [current, previous] = storage.encryption;
  current = ReadEncryptionKey(table, "encryption_key", sources);
  previous = ReadEncryptionKey(table, "encryption_key_previous", sources);
  if (current.empty() && !previous.empty()) {
    table.Fail("encryption_key_previous", "goes with the encryption_key that takes its place");
  }
  Take(storage.journal_kept, table.Integer("journal_days", 1, 36'500));
  Take(storage.feed_kept, table.Integer("feed_days", 1, 36'500));
  table.Finish();
}

void ReadLog(TableReader table, LogConfig& log) {
  log.level = table.Text("level").value_or(log.level);
  constexpr std::array<std::string_view, 4> kLevels = {"debug", "info", "warn", "error"};
  if (std::find(kLevels.begin(), kLevels.end(), log.level) == kLevels.end()) {
    table.Fail("level", "expected debug, info, warn or error");
  }
  table.Finish();
}

// Checks that an id is new and that the merchant it names exists.
class Names {
 public:
  void Add(TableReader& table, const std::string& id) {
    if (!ids_.insert(id).second) table.Fail("id", "'" + id + "' is declared twice");
  }
  [[nodiscard]] bool Has(const std::string& id) const { return ids_.contains(id); }

 private:
  std::set<std::string> ids_;
};

std::string ReadMerchantOf(TableReader& table, const Names& merchants) {
  std::string merchant = table.RequiredText("merchant");
  if (!merchants.Has(merchant)) {
    table.Fail("merchant", "no [[merchant]] has the id '" + merchant + "'");
  }
  return merchant;
}

Names ReadMerchants(TableReader& root, Config& config) {
  Names names;
  for (TableReader& table : root.Tables("merchant")) {
    MerchantConfig merchant;
    merchant.id = ReadId(table, "id");
    names.Add(table, merchant.id);
    merchant.name = table.Text("name").value_or(merchant.id);
    if (auto zone = table.Text("timezone")) {
      auto parsed = Zone::Parse(*zone);
      if (!parsed) table.Fail("timezone", "expected \"Asia/Shanghai\", \"UTC\" or \"+08:00\"");
      merchant.timezone = *parsed;
    }
    table.Finish();
    config.merchants.push_back(std::move(merchant));
  }
  return names;
}

void ReadKeys(TableReader& root, const Names& merchants, const ConfigSources& sources,
              Config& config) {
  Names names;
  for (TableReader& table : root.Tables("key")) {
    KeyConfig key;
    key.id = ReadId(table, "id");
    names.Add(table, key.id);
    key.merchant = table.RequiredText("merchant");
    if (key.merchant != "*" && !merchants.Has(key.merchant)) {
      table.Fail("merchant", "no [[merchant]] has the id '" + key.merchant + "'; \"*\" means any");
    }
    key.scopes = table.Texts("scopes");
    for (const std::string& scope : key.scopes) {
      if (std::find(kScopes.begin(), kScopes.end(), scope) == kScopes.end()) {
        table.Fail("scopes", "expected some of read, read_personal, write, admin");
      }
    }
    if (key.scopes.empty()) table.Fail("scopes", "expected at least one scope");
    key.secret = ReadSecret(table, "secret", sources);
    if (key.secret.Reveal().size() < 8) table.Fail("secret", "expected at least 8 characters");
    table.Finish();
    config.keys.push_back(std::move(key));
  }
}

Names ReadStores(TableReader& root, const Names& merchants, Config& config) {
  Names names;
  for (TableReader& table : root.Tables("store")) {
    StoreConfig store;
    store.id = ReadId(table, "id");
    names.Add(table, store.id);
    store.merchant = ReadMerchantOf(table, merchants);
    store.name = table.Text("name").value_or(store.id);
    store.code = table.Text("code").value_or("");
    table.Finish();
    config.stores.push_back(std::move(store));
  }
  return names;
}

void ReadConnections(TableReader& root, const Names& merchants, const Names& stores,
                     const ConfigSources& sources, Config& config) {
  Names names;
  for (TableReader& table : root.Tables("connection")) {
    ConnectionConfig connection;
    connection.id = ReadId(table, "id");
    names.Add(table, connection.id);
    connection.merchant = ReadMerchantOf(table, merchants);
    connection.platform = table.RequiredText("platform");
    const auto credentials = sources.credentials(connection.platform);
    if (!credentials) {
      table.Fail("platform", "'" + connection.platform + "' is not supported by this version");
    }
    for (const std::string& name : *credentials) {
      connection.credentials.emplace(name, ReadSecret(table, name, sources));
    }
    connection.base_url = ReadUrl(table, "base_url");
    connection.stores = table.TextMap("stores");
    for (const auto& [shop, store] : connection.stores) {
      if (!stores.Has(store)) {
        table.Fail("stores", fmt::format("shop '{}': no [[store]] has the id '{}'", shop, store));
      }
    }
    if (auto minutes = table.Integer("accept_minutes", 1, 24 * 60)) {
      connection.accept_within = std::chrono::minutes(*minutes);
    }
    table.Finish();
    config.connections.push_back(std::move(connection));
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

void ReadSubscriptions(TableReader& root, const Names& merchants, const Names& stores,
                       const ConfigSources& sources, Config& config) {
  Names names;
  for (TableReader& table : root.Tables("subscription")) {
    SubscriptionConfig subscription;
    subscription.id = ReadId(table, "id");
    names.Add(table, subscription.id);
    subscription.merchant = ReadMerchantOf(table, merchants);
    subscription.url = ReadEndpoint(table);
    subscription.secret = ReadSigningSecret(table, "secret", sources);
    if (table.Text("previous_secret")) {
      subscription.previous_secret = ReadSigningSecret(table, "previous_secret", sources);
    }
    subscription.types = ReadTypes(table);
    subscription.stores = table.Texts("stores");
    for (const std::string& store : subscription.stores) {
      if (!stores.Has(store)) table.Fail("stores", "no [[store]] has the id '" + store + "'");
    }
    subscription.platforms = table.Texts("platforms");
    for (const std::string& platform : subscription.platforms) {
      if (!sources.credentials(platform)) {
        table.Fail("platforms", "'" + platform + "' is not supported by this version");
      }
    }
    subscription.personal = table.Flag("personal").value_or(false);
    subscription.allow_private = table.Flag("allow_private").value_or(false);
    if (auto rate = table.Integer("rate_per_second", 1, 100'000)) {
      subscription.rate_per_second = static_cast<std::uint32_t>(*rate);
    }
    table.Finish();
    config.subscriptions.push_back(std::move(subscription));
  }
}

void ReadCallbacks(TableReader table, CallbacksConfig& callbacks) {
  const auto retries = table.Integers("retry_seconds", 1, 7 * 24 * 3600);
  for (const std::int64_t retry : retries) callbacks.retries.emplace_back(retry);
  if (retries.size() > 20) table.Fail("retry_seconds", "expected at most 20 retries");
  Take(callbacks.timeout, table.Integer("timeout_seconds", 1, 60));
  table.Finish();
}

// The TOML reader calls itself for each level; no configuration needs more than a few.
void CheckNesting(const std::string& text, const std::string& name) {
  constexpr int kDeepest = 32;
  int depth = 0;
  std::size_t line = 1;
  for (const char c : text) {
    line += static_cast<std::size_t>(c == '\n');
    depth += static_cast<int>(c == '[' || c == '{') - static_cast<int>(c == ']' || c == '}');
    depth = std::max(depth, 0);
    if (depth > kDeepest) throw ConfigError(fmt::format("{}:{}: nested too deeply", name, line));
  }
}

// The TOML reader reads out of bounds where a quoted key is no UTF-8.
void CheckUtf8(std::string_view text, const std::string& name) {
  for (std::size_t line = 1; !text.empty(); ++line) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    if (!IsValidUtf8(text.substr(0, end))) {
      throw ConfigError(fmt::format("{}:{}: not UTF-8", name, line));
    }
    text.remove_prefix(end);
  }
}

toml::value ParseToml(const std::string& text, const std::string& name) {
  CheckUtf8(text, name);
  CheckNesting(text, name);
  try {
    std::istringstream stream(text);
    return toml::parse(stream, name);
  } catch (const toml::exception& error) {
    // The first line of the library's message says what; its picture of the line could show a
    // secret.
    std::string what = error.what();
    what = what.substr(0, what.find('\n'));
    throw ConfigError(fmt::format("{}:{}: not TOML: {}", name, error.location().line(), what));
  } catch (const std::exception&) {
    throw ConfigError(fmt::format("{}:1: not TOML", name));
  }
}

}  // namespace

bool IsConfigId(std::string_view text) {
  return !text.empty() && text.size() <= 64 &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) {
           return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.';
         });
}

Config ParseConfig(const std::string& text, const std::string& name, const ConfigSources& sources) {
  const toml::value document = ParseToml(text, name);
  TableReader root(document, name, "");
  Config config;
  if (auto server = root.Table("server")) ReadServer(*server, config.server);
  auto storage = root.Table("storage");
  if (!storage) root.Fail("storage", "is missing; expected [storage] with url = \"file:FOLDER\"");
  ReadStorage(*storage, sources, config.storage);
  if (auto log = root.Table("log")) ReadLog(*log, config.log);
  const Names merchants = ReadMerchants(root, config);
  ReadKeys(root, merchants, sources, config);
  const Names stores = ReadStores(root, merchants, config);
  ReadConnections(root, merchants, stores, sources, config);
  ReadSubscriptions(root, merchants, stores, sources, config);
  if (auto callbacks = root.Table("callbacks")) ReadCallbacks(*callbacks, config.callbacks);
  root.Finish();
  if (!config.connections.empty() && config.server.public_url.empty()) {
    root.Fail("server", "public_url is missing; it is part of the text platforms sign");
  }
  return config;
}

ConfigSources SystemSources(
    std::function<std::optional<std::vector<std::string>>(const std::string&)> credentials) {
  return {.credentials = std::move(credentials),
          .environment = [](const std::string& name) -> std::optional<std::string> {
            // Nothing in this process sets one.
            const char* value = std::getenv(name.c_str());  // NOLINT(concurrency-mt-unsafe)
            return value == nullptr ? std::nullopt : std::optional<std::string>(value);
          },
          .file = [](const std::string& path) -> std::optional<std::string> {
            std::ifstream in(path, std::ios::binary);
            if (!in) return std::nullopt;
            std::string text{std::istreambuf_iterator<char>(in), {}};
            while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
            return text;
          }};
}

Config LoadConfig(const std::string& path, const ConfigSources& sources) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw ConfigError(path + ": cannot be read");
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  return ParseConfig(text, path, sources);
}

}  // namespace weir::app
