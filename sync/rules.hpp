// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "storage/storage.hpp"
#include "sync/command_fold.hpp"
#include "sync/connection_settings.hpp"
#include "sync/dispatch_fold.hpp"
#include "sync/folder.hpp"
#include "sync/menu_fold.hpp"
#include "sync/order_fold.hpp"
#include "sync/review_fold.hpp"
#include "sync/settings.hpp"
#include "sync/shipment_fold.hpp"
#include "sync/store_fold.hpp"
#include "sync/token_state.hpp"

namespace weir::sync {

/// The number of this program's fold and maps. Raise it with every change after which the same
/// entries would give other records; docs/operations.md says what a start then does.
inline constexpr std::uint32_t kFoldVersion = 3;

/// One entry changes at most this many records; larger work goes on in `republish` entries.
inline constexpr std::size_t kMaxRecordsPerEntry = 256;

/// So many orders stay decoded: those that messages follow each other for. More of them cost more
/// in the processor's caches than they save.
inline constexpr std::size_t kCachedOrders = 512;

/// The canonical model's fold rules: orders, stores, reviews, menus, shipments, settings, ticks,
/// redrives, epochs.
class CanonicalRules final : public FoldRules {
 public:
  explicit CanonicalRules(storage::Storage& storage, std::uint32_t version = kFoldVersion,
                          std::size_t cached_orders = kCachedOrders);

  [[nodiscard]] std::uint32_t version() const override { return version_; }
  [[nodiscard]] bool NeedsAppliedView(const FoldInput& input) const override;
  boost::asio::awaitable<void> Fold(FoldInput& input, FoldBatch& batch) override;
  void Reset() override;

  /// The last `setting` entry that was folded, whether it is applied or not; none in this life: 0.
  /// From any thread.
  [[nodiscard]] storage::Position last_setting() const { return {0, last_setting_}; }

 private:
  boost::asio::awaitable<std::string> Resolve(std::string merchant, const model::OrderFacts& facts);
  boost::asio::awaitable<void> FoldFacts(FoldPoint at, mapping::Mapped& mapped, FoldBatch& batch);
  boost::asio::awaitable<bool> HoldsStill(std::string merchant, nlohmann::json versions);
  boost::asio::awaitable<void> FoldSetting(const FoldInput& input, FoldBatch& batch);
  boost::asio::awaitable<void> LinkShops(FoldPoint at, const ConnectionSetting& before,
                                         const ConnectionSetting& now, FoldBatch& batch);
  boost::asio::awaitable<void> Reproject(FoldPoint at, storage::RecordKind kind, std::string id,
                                         FoldBatch& batch);
  boost::asio::awaitable<void> ProjectWaiting(FoldPoint at, const ConnectionSetting& setting,
                                              std::string key, std::size_t& budget,
                                              FoldBatch& batch);
  boost::asio::awaitable<void> FoldCommand(const storage::Entry& entry, FoldBatch& batch);
  boost::asio::awaitable<void> FoldTick(FoldPoint at, FoldBatch& batch);
  boost::asio::awaitable<void> FoldRepublish(const FoldInput& input, FoldBatch& batch);
  boost::asio::awaitable<void> FoldRedrive(const FoldInput& input, FoldBatch& batch);
  boost::asio::awaitable<void> FoldStores(FoldPoint at, mapping::Mapped& mapped, FoldBatch& batch);
  boost::asio::awaitable<StoreSetting> Store(std::string merchant, std::string store);

  storage::Storage& storage_;
  const std::uint32_t version_;
  ConnectionSettings connections_;
  OrderFold orders_;
  StoreFold stores_;
  ReviewFold reviews_;
  MenuFold menus_;
  ShipmentFold shipments_;
  TokenFold tokens_;
  CommandFold commands_;
  DispatchFold dispatch_;
  std::atomic<std::uint64_t> last_setting_{0};
};

}  // namespace weir::sync
