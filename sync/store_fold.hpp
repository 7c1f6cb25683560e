// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>

#include "model/order_facts.hpp"
#include "storage/storage.hpp"
#include "sync/fold_batch.hpp"
#include "sync/order_fold.hpp"
#include "sync/settings.hpp"

namespace weir::sync {

/// Keeps what platforms say of a shop's state: per connection and shop the latest fact (by its
/// platform time, then digest). A linked store's state is published as `store.status_changed`.
class StoreFold {
 public:
  explicit StoreFold(storage::Storage& storage) : storage_(storage) {}

  /// Starts its own batch (FoldRules::NeedsAppliedView), since it keeps no cache.
  boost::asio::awaitable<void> Merge(FoldPoint at, const ConnectionSetting& setting,
                                     StoreSetting store, model::StoreFact fact, FoldBatch& batch);

 private:
  storage::Storage& storage_;
};

}  // namespace weir::sync
