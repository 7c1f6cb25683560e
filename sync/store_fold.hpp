// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "base/digest.hpp"
#include "storage/storage.hpp"
#include "sync/fold_batch.hpp"
#include "sync/order_fold.hpp"
#include "sync/settings.hpp"

namespace weir::sync {

/// Keeps what platforms say of shops, each link for itself (sync/shop_links.hpp). A linked store is
/// published: `store.status_changed` when a state is another, else `store.updated`. What is told of
/// a shop that is not linked waits in a record of its own.
class StoreFold {
 public:
  explicit StoreFold(storage::Storage& storage) : storage_(storage) {}

  /// Starts its own batch (FoldRules::NeedsAppliedView), since it keeps no cache. `store` has no id
  /// when the shop is not linked.
  boost::asio::awaitable<void> Merge(FoldPoint at, const ConnectionSetting& setting,
                                     StoreSetting store, nlohmann::json link, FoldBatch& batch);

  /// The shop is linked to the store from here on: what was told of it before is the store's now.
  boost::asio::awaitable<void> Link(FoldPoint at, const ConnectionSetting& setting,
                                    std::string platform_shop, StoreSetting store,
                                    FoldBatch& batch);

 private:
  storage::Storage& storage_;
};

/// Whether the last read of the shop told just `content`, as the view holds it.
boost::asio::awaitable<Result<bool>> IsShopKnown(storage::Storage& storage, std::string merchant,
                                                 ConnectionSetting setting,
                                                 std::string platform_shop, ContentDigest content);

}  // namespace weir::sync
