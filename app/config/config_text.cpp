// SPDX-License-Identifier: Apache-2.0
#include "app/config/config_text.hpp"

#include <fmt/format.h>

namespace weir::app {
namespace {

std::string Line(std::string_view name, std::string_view text) {
  return fmt::format("{} = {}\n", name, TomlText(text));
}

std::string Joined(std::string_view all, std::string_view item) {
  return all.empty() ? std::string(item) : fmt::format("{}, {}", all, item);
}

std::string MapLine(std::string_view name, const std::map<std::string, std::string>& texts) {
  std::string members;
  for (const auto& [key, text] : texts) {
    members = Joined(members, fmt::format("{} = {}", TomlText(key), TomlText(text)));
  }
  return fmt::format("{} = {{ {} }}\n", name, members);
}

std::string StoreText(const StoreConfig& store) {
  std::string text = "[[store]]\n" + Line("id", store.id) + Line("merchant", store.merchant) +
                     Line("name", store.name);
  if (!store.code.empty()) text += Line("code", store.code);
  return text;
}

std::string ConnectionText(const ConnectionConfig& connection) {
  std::string text = "[[connection]]\n" + Line("id", connection.id) +
                     Line("merchant", connection.merchant) + Line("platform", connection.platform);
  if (!connection.base_url.empty()) text += Line("base_url", connection.base_url);
  for (const auto& [name, secret] : connection.credentials) text += Line(name, secret.Reveal());
  if (!connection.options.empty()) text += MapLine("options", connection.options);
  return text + MapLine("stores", connection.stores);
}

}  // namespace

std::string TomlText(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      quoted += fmt::format("\\u{:04X}", static_cast<unsigned>(c));
    } else {
      quoted += c;
    }
  }
  return quoted + '"';
}

std::string KeyText(const KeyConfig& key, std::string_view secret) {
  std::string scopes;
  for (const std::string& scope : key.scopes) scopes = Joined(scopes, TomlText(scope));
  return "[[key]]\n" + Line("id", key.id) + Line("merchant", key.merchant) +
         fmt::format("scopes = [{}]\n", scopes) + Line("secret", secret);
}

std::string ConfigText(const Config& config) {
  std::string text =
      "[server]\n" + Line("listen", fmt::format("{}:{}", config.server.host, config.server.port)) +
      Line("public_url", config.server.public_url) + "[storage]\n" +
      Line("url", "file:" + config.storage.folder) + "[log]\n" + Line("level", config.log.level);
  for (const MerchantConfig& merchant : config.merchants) {
    text += "[[merchant]]\n" + Line("id", merchant.id) + Line("name", merchant.name);
  }
  for (const KeyConfig& key : config.keys) text += KeyText(key, key.secret.Reveal());
  for (const StoreConfig& store : config.stores) text += StoreText(store);
  for (const ConnectionConfig& connection : config.connections) text += ConnectionText(connection);
  return text;
}

}  // namespace weir::app
