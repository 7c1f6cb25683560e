// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "app/config/config.hpp"
#include "base/clock.hpp"
#include "base/swapped.hpp"
#include "connectors/connection.hpp"
#include "net/transport.hpp"
#include "storage/storage.hpp"
#include "sync/connection_health.hpp"
#include "sync/errands.hpp"
#include "sync/settings.hpp"
#include "sync/tokens.hpp"
#include "webhooks/pushes/hooks.hpp"

namespace weir::app {

using Readers = std::map<std::string, std::shared_ptr<const sync::OrderReader>>;

/// What connections are made of.
struct Connections {
  std::map<std::string, webhooks::PushConnection> hooks;
  /// By merchant/connection.
  Readers readers;
};

/// The connections in use: the configuration file's, and those that the API made, as the view
/// declares them. Of two with one id the file's counts, then the older one. Callable from any
/// thread.
class ConnectionTable {
 public:
  /// `public_url` is what platforms sign. Everything outlives the table.
  ConnectionTable(net::Transport& transport, const Clock& clock, sync::Tokens& tokens,
                  sync::HealthBook& healths, std::string public_url, webhooks::PushHooks& hooks);

  /// Makes the file's; nothing is used yet. Throws ConfigError when one's options are refused.
  [[nodiscard]] Connections Make(const Config& config) const;
  void UseFile(Connections connections);
  /// Uses what these settings declare, the view's as it stood at `at` or later; nothing when a
  /// later one is in use.
  void UseView(storage::Position at, std::vector<storage::RecordRow> settings);

  /// Whether a connection can be made of this. kRejected "invalid_parameter".
  [[nodiscard]] Result<void> Check(const std::string& merchant,
                                   const sync::ConnectionSetting& setting) const;

  /// Null when there is none.
  [[nodiscard]] std::shared_ptr<const sync::OrderReader> FindReader(
      const std::string& merchant, const std::string& connection) const;
  /// All of them, by merchant/connection.
  [[nodiscard]] std::shared_ptr<const Readers> readers() const { return readers_.Get(); }

 private:
  [[nodiscard]] connectors::ConnectionOptions OptionsOf(
      const std::string& merchant, const sync::ConnectionSetting& setting) const;
  Result<void> Add(const connectors::ConnectionOptions& options, Connections& to) const;
  void UseBoth();

  net::Transport& transport_;
  const Clock& clock_;
  sync::Tokens& tokens_;
  sync::HealthBook& healths_;
  const std::string public_url_;
  webhooks::PushHooks& hooks_;
  Swapped<Readers> readers_;
  std::mutex mutex_;
  Connections file_;
  Connections made_;
  storage::Position seen_;
  bool knows_view_ = false;
};

}  // namespace weir::app
