// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "storage/storage.hpp"
#include "sync/command_hand.hpp"
#include "sync/errands.hpp"

namespace weir::sync {

/// Carries out `order.accept`.
class OrderHand final : public CommandHand {
 public:
  /// `storage` outlives it.
  OrderHand(storage::Storage& storage, FindOrderReader readers)
      : storage_(storage), readers_(std::move(readers)) {}

  boost::asio::awaitable<Result<std::optional<CommandVerdict>>> Truth(
      CommandRecord record) override;
  boost::asio::awaitable<Result<CommandChoice>> Choose(CommandRecord record) override;
  boost::asio::awaitable<Result<std::vector<connectors::PulledItem>>> Do(
      CommandRecord record) override;
  boost::asio::awaitable<Result<CommandAnswer>> Ask(CommandRecord record) override;

 private:
  storage::Storage& storage_;
  FindOrderReader readers_;
};

}  // namespace weir::sync
