// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <map>
#include <string>
#include <string_view>

#include "storage/storage.hpp"
#include "sync/settings.hpp"

namespace weir::sync {

/// The settings of connections as they stand at the fold's position, kept in memory: every order
/// asks. For one folder.
class ConnectionSettings {
 public:
  explicit ConnectionSettings(storage::Storage& storage) : storage_(storage) {}

  /// Nullptr when it has to be loaded first. The setting lives until Put or Clear.
  [[nodiscard]] const ConnectionSetting* Find(std::string_view merchant,
                                              std::string_view connection) const;
  /// An entry may outlive its connection's setting only when it was appended before the first one:
  /// its facts then stand without links until the setting comes. Throws std::runtime_error when the
  /// stored setting cannot be read.
  boost::asio::awaitable<const ConnectionSetting*> Load(std::string merchant,
                                                        std::string connection);
  const ConnectionSetting& Put(std::string_view merchant, ConnectionSetting setting);
  void Clear() { known_.clear(); }

 private:
  using OfMerchant = std::map<std::string, ConnectionSetting, std::less<>>;

  storage::Storage& storage_;
  std::map<std::string, OfMerchant, std::less<>> known_;
};

/// Whether an operator has paused the connection, as the view knows it.
boost::asio::awaitable<Result<bool>> IsPaused(storage::Storage& storage, std::string merchant,
                                              std::string connection);

}  // namespace weir::sync
