// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "app/config/blocks.hpp"
#include "base/sealing.hpp"
#include "base/text.hpp"

namespace weir::app {
namespace {

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

}  // namespace

std::string ReadUrl(TableReader& table, const std::string& key) {
  std::string url = table.Text(key).value_or("");
  if (url.empty()) return url;
  if (!url.starts_with("http://") && !url.starts_with("https://")) {
    table.Fail(key, "expected a URL that begins with http:// or https://");
  }
  while (url.ends_with('/')) url.pop_back();
  return url;
}

void ReadServer(Reading& reading) {
  auto found = reading.root.Table("server");
  if (!found) return;
  TableReader& table = *found;
  auto& server = reading.config.server;
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

void ReadStorage(Reading& reading) {
  auto found = reading.root.Table("storage");
  if (!found) {
    reading.root.Fail("storage", "is missing; expected [storage] with url = \"file:FOLDER\"");
  }
  TableReader& table = *found;
  auto& storage = reading.config.storage;
  const std::string url = table.RequiredText("url");
  if (!url.starts_with("file:") || url.size() == 5) {
    table.Fail("url", "expected \"file:FOLDER\"; no other storage is supported by this version");
  }
  storage.folder = url.substr(5);
  while (storage.folder.size() > 1 && storage.folder.ends_with('/')) storage.folder.pop_back();
  auto& [current, previous] = storage.encryption;
  current = ReadEncryptionKey(table, "encryption_key", reading.sources);
  previous = ReadEncryptionKey(table, "encryption_key_previous", reading.sources);
  if (current.empty() && !previous.empty()) {
    table.Fail("encryption_key_previous", "goes with the encryption_key that takes its place");
  }
  Take(storage.journal_kept, table.Integer("journal_days", 1, 36'500));
  Take(storage.feed_kept, table.Integer("feed_days", 1, 36'500));
  table.Finish();
}

void ReadLog(Reading& reading) {
  auto found = reading.root.Table("log");
  if (!found) return;
  TableReader& table = *found;
  auto& log = reading.config.log;
  log.level = table.Text("level").value_or(log.level);
  constexpr std::array<std::string_view, 4> kLevels = {"debug", "info", "warn", "error"};
  if (std::find(kLevels.begin(), kLevels.end(), log.level) == kLevels.end()) {
    table.Fail("level", "expected debug, info, warn or error");
  }
  table.Finish();
}

void ReadCallbacks(Reading& reading) {
  auto found = reading.root.Table("callbacks");
  if (!found) return;
  TableReader& table = *found;
  auto& callbacks = reading.config.callbacks;
  const auto retries = table.Integers("retry_seconds", 1, 7 * 24 * 3600);
  for (const std::int64_t retry : retries) callbacks.retries.emplace_back(retry);
  if (retries.size() > 20) table.Fail("retry_seconds", "expected at most 20 retries");
  Take(callbacks.timeout, table.Integer("timeout_seconds", 1, 60));
  table.Finish();
}

}  // namespace weir::app
