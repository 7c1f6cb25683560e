// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "model/menu_facts.hpp"
#include "model/menu_state.hpp"
#include "storage/storage.hpp"
#include "sync/connection_settings.hpp"
#include "sync/fold_batch.hpp"
#include "sync/kept_record.hpp"

namespace weir::sync {

/// The record of one connection's menu of one shop: "mt-main/shop_001".
[[nodiscard]] std::string MenuId(std::string_view connection, std::string_view platform_shop);

/// Keeps the newest complete observation of each menu and publishes, as `menu.updated`, which items
/// it changed. The items themselves stand in the record's state alone.
class MenuFold {
 public:
  /// `generation` as of OrderFold.
  MenuFold(storage::Storage& storage, ConnectionSettings& connections, std::uint32_t generation)
      : storage_(storage), connections_(connections), generation_(generation) {}

  /// Throws std::runtime_error when the record's stored state cannot be read.
  boost::asio::awaitable<void> Merge(FoldPoint at, model::MenuFacts facts, FoldBatch& batch);

  /// Projects a record again, because its surroundings changed; nothing when it is unknown.
  boost::asio::awaitable<void> Reproject(FoldPoint at, std::string id, FoldBatch& batch);

 private:
  storage::Storage& storage_;
  ConnectionSettings& connections_;
  const std::uint32_t generation_;
};

/// The menu in a record's row, items and all. For those who read beside the fold.
[[nodiscard]] Result<model::MenuState> MenuOf(storage::RecordRow row);

}  // namespace weir::sync
