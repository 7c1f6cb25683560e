// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <list>
#include <memory>
#include <string>
#include <unordered_map>

#include "storage/storage.hpp"
#include "sync/fold_batch.hpp"
#include "sync/order_record.hpp"
#include "sync/settings.hpp"

namespace weir::sync {

/// After this long without a snapshot a partial order is published as it is.
inline constexpr std::chrono::minutes kIncompleteAfter{10};

/// Where the fold stands: the entry being folded.
struct FoldPoint {
  storage::Position position;
  Instant stamp{};
  std::string merchant;
  std::string connection;
};

/// Merges order facts into records and publishes what changed. Hot records stay decoded in memory.
class OrderFold {
 public:
  /// `generation` is the fold version: what its map reads replaces what an earlier one read from the
  /// same payload.
  OrderFold(storage::Storage& storage, std::uint32_t generation, std::size_t cached_records);

  /// Throws std::runtime_error when the record's stored state cannot be read.
  boost::asio::awaitable<void> Merge(FoldPoint at, const ConnectionSetting& setting,
                                     model::OrderFacts facts, FoldBatch& batch);

  /// Projects a record again, because its surroundings changed; nothing when it is unknown.
  boost::asio::awaitable<void> Reproject(FoldPoint at, const ConnectionSetting& setting,
                                         std::string id, FoldBatch& batch);

  /// The time to wait for a first snapshot is over; nothing when it has come.
  boost::asio::awaitable<void> PublishIncomplete(FoldPoint at, const ConnectionSetting& setting,
                                                 std::string id, FoldBatch& batch);

  /// The connection a known order came through; empty when unknown.
  boost::asio::awaitable<std::string> ConnectionOf(std::string merchant, std::string id);

  void Reset();

 private:
  using Lru = std::list<OrderRecord>;

  boost::asio::awaitable<OrderRecord*> Find(std::string merchant, std::string id);
  OrderRecord& Remember(OrderRecord record);
  void Settle(OrderRecord& record, const FoldPoint& at, const ConnectionSetting& setting,
              const model::OrderState::Summary& before, bool was_partial, FoldBatch& batch);
  void PlanRereads(OrderRecord& record, const FoldPoint& at, FoldBatch& batch);
  void KeepAliases(OrderRecord& record, const std::string& store, FoldBatch& batch);

  storage::Storage& storage_;
  const std::uint32_t generation_;
  const std::size_t cached_records_;
  Lru lru_;  ///< Most recently used first.
  std::unordered_map<std::string, Lru::iterator> by_key_;
  std::string body_;     // Reused buffers.
  std::string encoded_;
};

}  // namespace weir::sync
