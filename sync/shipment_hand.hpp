// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "base/clock.hpp"
#include "model/shipment_state.hpp"
#include "storage/storage.hpp"
#include "sync/command_hand.hpp"
#include "sync/errands.hpp"
#include "sync/quotes.hpp"
#include "sync/shipment_request.hpp"

namespace weir::sync {

/// A shipment as those who act on it see it.
struct KnownShipment {
  model::ShipmentState state;
  connectors::ShipmentRef ref;
  std::string connection;  ///< Empty until a courier is chosen, as is the platform.
  std::string platform;
};

/// Nothing when there is no such shipment.
boost::asio::awaitable<Result<std::optional<KnownShipment>>> ReadShipment(storage::Storage& storage,
                                                                          std::string merchant,
                                                                          std::string id);

/// What hands of couriers' commands work with; all of it outlives them.
struct CourierParts {
  storage::Storage& storage;
  FindOrderReader readers;
  const Clock& clock;
  Timer& timer;
};

/// Carries out `shipment.create`: chooses a courier by the policy, then orders it. A courier once
/// chosen stays: only what the courier says it never got is sent to it again, under the same
/// number.
class CreateHand final : public CommandHand {
 public:
  explicit CreateHand(CourierParts parts)
      : parts_(std::move(parts)), quotes_(parts_.storage, parts_.readers, parts_.timer) {}

  boost::asio::awaitable<Result<std::optional<CommandVerdict>>> Truth(
      CommandRecord record) override;
  boost::asio::awaitable<Result<CommandChoice>> Choose(CommandRecord record) override;
  boost::asio::awaitable<Result<std::vector<connectors::PulledItem>>> Do(
      CommandRecord record) override;
  boost::asio::awaitable<Result<CommandAnswer>> Ask(CommandRecord record) override;

 private:
  boost::asio::awaitable<Result<CommandChoice>> Best(CommandRecord record, ShipmentRequest request,
                                                     std::vector<std::string> couriers);

  CourierParts parts_;
  Quotes quotes_;
};

/// Carries out every other command about a shipment.
class ActHand final : public CommandHand {
 public:
  explicit ActHand(CourierParts parts) : parts_(std::move(parts)) {}

  boost::asio::awaitable<Result<std::optional<CommandVerdict>>> Truth(
      CommandRecord record) override;
  boost::asio::awaitable<Result<CommandChoice>> Choose(CommandRecord record) override;
  boost::asio::awaitable<Result<std::vector<connectors::PulledItem>>> Do(
      CommandRecord record) override;
  boost::asio::awaitable<Result<CommandAnswer>> Ask(CommandRecord record) override;

 private:
  CourierParts parts_;
};

/// The arguments of the commands that act on a shipment.
struct ActArguments {
  std::string reason{};  ///< See connectors::ShipmentAct.
  std::string text{};
  Money amount{};
};
[[nodiscard]] std::string EncodeAct(const ActArguments& arguments);
[[nodiscard]] Result<ActArguments> DecodeAct(std::string_view text);

}  // namespace weir::sync
