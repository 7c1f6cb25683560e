// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "base/secret.hpp"
#include "storage/key_ring.hpp"

/// The configuration file, read and checked as a whole before anything starts.
namespace weir::app {

struct ServerConfig {
  std::string host = "127.0.0.1";
  std::uint16_t port = 8080;
  std::string public_url;  ///< Without a slash at its end.
  std::string tls_certificate;
  std::string tls_key;
  unsigned threads = 2;
  std::uint64_t max_body_bytes = 1U << 20;
  std::uint32_t max_header_bytes = 16U << 10;
  std::uint32_t max_connections = 20'000;
  std::chrono::seconds request_timeout{15};
  std::chrono::seconds idle_timeout{75};
  friend bool operator==(const ServerConfig&, const ServerConfig&) = default;
};

struct StorageConfig {
  std::string folder;
  storage::EncryptionKeys encryption;  ///< Checked.
  std::chrono::days journal_kept{180};
  std::chrono::days feed_kept{90};
  friend bool operator==(const StorageConfig&, const StorageConfig&) = default;
};

struct LogConfig {
  std::string level = "info";
};

struct MerchantConfig {
  std::string id;
  std::string name;
  Zone timezone = Zone::China();
};

struct KeyConfig {
  std::string id;
  std::string merchant;  ///< "*": any, named by ?merchant=.
  std::vector<std::string> scopes;
  Secret secret;
};

struct StoreConfig {
  std::string id;
  std::string merchant;
  std::string name;
  std::string code;
};

struct ConnectionConfig {
  std::string id;
  std::string merchant;
  std::string platform;
  std::string base_url;
  std::map<std::string, Secret> credentials;
  std::map<std::string, std::string> options{};
  std::map<std::string, std::string> stores;
  std::optional<std::chrono::minutes> accept_within;
};

struct SubscriptionConfig {
  std::string id;
  std::string merchant;
  std::string url;
  Secret secret;           ///< "whsec_...", checked.
  Secret previous_secret;  ///< Signs too while receivers change over; may be empty.
  std::vector<std::string> types;
  std::vector<std::string> stores;
  std::vector<std::string> platforms;
  bool personal = false;
  bool allow_private = false;
  std::optional<std::uint32_t> rate_per_second;
};

struct CallbacksConfig {
  /// Empty: the default of webhooks::CallbackOptions.
  std::vector<std::chrono::seconds> retries;
  std::chrono::seconds timeout{15};
};

struct Config {
  ServerConfig server;
  StorageConfig storage;
  LogConfig log;
  std::vector<MerchantConfig> merchants;
  std::vector<KeyConfig> keys;
  std::vector<StoreConfig> stores;
  std::vector<ConnectionConfig> connections;
  std::vector<SubscriptionConfig> subscriptions;
  CallbacksConfig callbacks;
};

/// What is wrong with a configuration: "weir.toml:12: connection.app_id: expected ...".
class ConfigError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The keys of a [[connection]] that are its platform's own.
struct PlatformKeys {
  std::vector<std::string> credentials;         ///< All required.
  std::vector<std::string> options;             ///< Under `options`, none required.
  std::vector<std::string> more_credentials{};  ///< None required.
};

/// What the reader asks of its surroundings.
struct ConfigSources {
  /// nullopt when the platform is not supported.
  std::function<std::optional<PlatformKeys>(const std::string& platform)> platform;
  /// An environment variable; nullopt when unset.
  std::function<std::optional<std::string>(const std::string& name)> environment;
  /// A secret file's text, without its last line break; nullopt when it cannot be read.
  std::function<std::optional<std::string>(const std::string& path)> file;
};

/// Reads and checks `text`; `name` stands in messages. Unknown keys are errors. Throws ConfigError,
/// which names line, key and what was expected and never holds a secret.
[[nodiscard]] Config ParseConfig(const std::string& text, const std::string& name,
                                 const ConfigSources& sources);

/// The parts of the file that differ and that only a restart takes, e.g. "[server]"; a reload takes
/// all others.
[[nodiscard]] std::vector<std::string_view> NeedRestart(const Config& running,
                                                        const Config& wanted);

/// The process's own environment and files.
[[nodiscard]] ConfigSources SystemSources(
    std::function<std::optional<PlatformKeys>(const std::string&)> platform);

/// Reads the file at `path` with ParseConfig.
[[nodiscard]] Config LoadConfig(const std::string& path, const ConfigSources& sources);

}  // namespace weir::app
