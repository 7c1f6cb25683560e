// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>

#include "storage/storage.hpp"
#include "sync/command_hand.hpp"
#include "sync/errands.hpp"

namespace weir::sync {

/// What a command about an order may need; JSON in its arguments.
struct OrderArguments {
  std::string reason{};  ///< Of a refusal or a declined refund: see connectors::OrderDesk.
  std::string refund{};  ///< Its id in the order's record.
};
[[nodiscard]] std::string EncodeOrderArguments(const OrderArguments& arguments);
[[nodiscard]] Result<OrderArguments> DecodeOrderArguments(std::string_view text);

/// Carries out what a shop decides on an order: accepting and rejecting it, saying that it is
/// ready, deciding on a refund.
class OrderHand : public CommandHand {
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

 protected:
  storage::Storage& storage_;
  FindOrderReader readers_;
};

/// Tells the platform of an order how the merchant's courier gets on: `order.tell_delivery`.
class DeliveryHand final : public OrderHand {
 public:
  using OrderHand::OrderHand;

  boost::asio::awaitable<Result<std::optional<CommandVerdict>>> Truth(
      CommandRecord record) override;
  boost::asio::awaitable<Result<std::vector<connectors::PulledItem>>> Do(
      CommandRecord record) override;
  /// Telling it twice does no harm: nobody is asked.
  boost::asio::awaitable<Result<CommandAnswer>> Ask(CommandRecord record) override;
};

/// The arguments of `order.tell_delivery`.
struct DeliveryArguments {
  std::string shipment;
  model::ShipmentStatus status = model::ShipmentStatus::kCreated;
  Instant at{};
};
[[nodiscard]] std::string EncodeDeliveryArguments(const DeliveryArguments& arguments);
[[nodiscard]] Result<DeliveryArguments> DecodeDeliveryArguments(std::string_view text);

}  // namespace weir::sync
