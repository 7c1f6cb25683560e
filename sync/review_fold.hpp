// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <string>

#include "model/review_facts.hpp"
#include "storage/storage.hpp"
#include "sync/connection_settings.hpp"
#include "sync/fold_batch.hpp"
#include "sync/kept_record.hpp"

namespace weir::sync {

/// Merges review facts into records and publishes what changed: `review.created`, then
/// `review.updated`.
class ReviewFold {
 public:
  /// `generation` as of OrderFold.
  ReviewFold(storage::Storage& storage, ConnectionSettings& connections, std::uint32_t generation)
      : storage_(storage), connections_(connections), generation_(generation) {}

  /// A review that several connections tell of belongs to the smallest of their ids, whichever was
  /// heard first. Throws std::runtime_error when the record's stored state cannot be read.
  boost::asio::awaitable<void> Merge(FoldPoint at, model::ReviewFacts facts, FoldBatch& batch);

  /// Projects a record again, because its surroundings changed; nothing when it is unknown.
  boost::asio::awaitable<void> Reproject(FoldPoint at, std::string id, FoldBatch& batch);

 private:
  storage::Storage& storage_;
  ConnectionSettings& connections_;
  const std::uint32_t generation_;
};

/// The row of a review as the fold would have left it, had all its facts been erased before.
[[nodiscard]] Result<storage::RecordRow> ErasedReview(storage::RecordRow row);

/// Whether the view shows the review as this look tells it: such a look is not worth an entry.
boost::asio::awaitable<Result<bool>> IsShown(storage::Storage& storage, std::string merchant,
                                             model::ReviewFacts facts);

}  // namespace weir::sync
