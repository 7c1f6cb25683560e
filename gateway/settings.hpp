// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/call.hpp"
#include "storage/storage.hpp"
#include "sync/settings.hpp"
#include "sync/trail.hpp"

/// What the configuration declares, as the fold knows it.
namespace weir::gateway {

/// A declared thing, how often it has been declared, and by which entries (the latest 512).
template <typename Setting>
struct Declared {
  Setting setting;
  std::uint64_t version = 0;
  std::vector<sync::TrailItem> trail;
};

/// One merchant's settings, each by its id.
struct Settings {
  std::map<std::string, Declared<sync::ConnectionSetting>> connections;
  std::map<std::string, Declared<sync::StoreSetting>> stores;
  std::map<std::string, Declared<sync::PauseSetting>> pauses;  ///< By connection.
};

boost::asio::awaitable<Result<Settings>> ReadSettings(storage::Storage& storage,
                                                      std::string merchant);

/// A page of `items` (id -> one JSON object) in the order of their ids, as the call's `limit` and
/// `cursor` ask. kRejected when they are not valid.
[[nodiscard]] Result<net::Response> ShowPage(const Call& call,
                                             const std::map<std::string, std::string>& items);

}  // namespace weir::gateway
