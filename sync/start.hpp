// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "storage/storage.hpp"
#include "sync/folder.hpp"
#include "sync/settings.hpp"
#include "sync/subscriptions.hpp"

namespace weir::sync {

/// Refuses to fold, with code that would number them anew, entries whose changes readers have
/// already seen: those between a view that was set back and the published mark of the journal. They
/// must all have been folded by this version. Nothing is changed. kConflict with what to do.
boost::asio::awaitable<Result<void>> CheckEpoch(storage::Storage& storage, const FoldRules& rules);

/// Folds until the view has reached the journal's end as it was at the call.
boost::asio::awaitable<Result<void>> CatchUp(storage::Storage& storage, Folder& folder);

/// If the view was made by another fold version: makes the view durable as it stands, appends the
/// epoch entry and folds it. Call after CatchUp.
boost::asio::awaitable<Result<void>> EnterEpoch(storage::Storage& storage, Folder& folder,
                                                const FoldRules& rules);

/// What a merchant's blocks of the configuration declare.
struct DeclaredSettings {
  std::string merchant;
  std::vector<ConnectionSetting> connections;
  std::vector<StoreSetting> stores;
  std::vector<SubscriptionSetting> subscriptions;
};

struct AppendedSettings {
  std::size_t count = 0;
  storage::Position last;  ///< The journal's end, once they stood in it.
};

/// Appends a `setting` entry for each difference between the declared settings and the view's; what
/// is declared no more is disabled, never deleted. The view must show every earlier setting.
boost::asio::awaitable<Result<AppendedSettings>> AppendSettings(
    storage::Storage& storage, std::vector<DeclaredSettings> declared);

/// AppendSettings at a start, after CatchUp; folded on return. Returns how many differed.
boost::asio::awaitable<Result<std::size_t>> DeclareSettings(storage::Storage& storage,
                                                            Folder& folder,
                                                            std::vector<DeclaredSettings> declared);

}  // namespace weir::sync
