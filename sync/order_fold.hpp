// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

#include "base/digest.hpp"
#include "storage/storage.hpp"
#include "sync/connection_settings.hpp"
#include "sync/fold_batch.hpp"
#include "sync/order_record.hpp"

namespace weir::sync {

/// After this long without a snapshot a partial order is published as it is.
inline constexpr std::chrono::minutes kIncompleteAfter{10};

/// Where the fold stands: the entry being folded.
struct FoldPoint {
  storage::Position position;
  Instant stamp{};
  std::string merchant;
  std::string connection;
  /// See OrderFacts::effect.
  std::optional<model::Effect> effect{};
};

/// Merges order facts into records and publishes what changed. Hot records stay decoded in memory.
class OrderFold {
 public:
  /// `generation` is the fold version: what its map reads replaces what an earlier one read from
  /// the same payload.
  OrderFold(storage::Storage& storage, ConnectionSettings& connections, std::uint32_t generation,
            std::size_t cached_records);

  /// An order that several connections tell of belongs to the smallest of their ids, whichever was
  /// heard first. Throws std::runtime_error when the record's stored state cannot be read.
  boost::asio::awaitable<void> Merge(FoldPoint at, model::OrderFacts facts, FoldBatch& batch);

  /// Projects a record again, because its surroundings changed; nothing when it is unknown.
  boost::asio::awaitable<void> Reproject(FoldPoint at, std::string id, FoldBatch& batch);

  /// A shipment of ours carries the order; nothing when it is unknown.
  boost::asio::awaitable<void> LinkShipment(FoldPoint at, std::string id, std::string shipment,
                                            FoldBatch& batch);

  /// The time to wait for a first snapshot is over; nothing when it has come.
  boost::asio::awaitable<void> PublishIncomplete(FoldPoint at, std::string id, FoldBatch& batch);

  void Reset();

 private:
  using Lru = std::list<OrderRecord>;
  struct Key {
    std::string_view merchant;
    std::string_view id;
    friend bool operator==(const Key&, const Key&) = default;
  };
  /// Cached records are found by what stands in them: no key is kept beside.
  struct KeyOf {
    static Key Of(Key key) { return key; }
    static Key Of(Lru::const_iterator record) { return {record->merchant, record->id}; }
  };
  struct Hash : KeyOf {
    using is_transparent = void;
    std::size_t operator()(const auto& key) const {
      return Checksum(Of(key).id, Checksum(Of(key).merchant));
    }
  };
  struct Equal : KeyOf {
    using is_transparent = void;
    bool operator()(const auto& a, const auto& b) const { return Of(a) == Of(b); }
  };

  /// As the batch has left it, else as the view holds it.
  boost::asio::awaitable<OrderRecord*> Find(std::string merchant, std::string id,
                                            const FoldBatch& batch);
  OrderRecord& Remember(OrderRecord record);
  void MoveTo(OrderRecord& record, std::string connection, FoldBatch& batch);
  boost::asio::awaitable<const ConnectionSetting*> SettingOf(const OrderRecord& record);
  void Settle(const ConnectionSetting& setting, OrderRecord& record, const FoldPoint& at,
              const model::OrderState::Summary& before, bool was_partial, FoldBatch& batch);
  static void PlanIncomplete(const OrderRecord& record, const FoldPoint& at, bool was_partial,
                             FoldBatch& batch);
  void PlanRereads(OrderRecord& record, const FoldPoint& at, FoldBatch& batch);
  void KeepAliases(OrderRecord& record, const std::string& store, FoldBatch& batch);

  storage::Storage& storage_;
  ConnectionSettings& connections_;
  const std::uint32_t generation_;
  const std::size_t cached_records_;
  Lru lru_;  ///< Most recently used first.
  std::unordered_set<Lru::iterator, Hash, Equal> by_key_;
  std::string body_;  // Reused buffers.
  std::string encoded_;
};

}  // namespace weir::sync
