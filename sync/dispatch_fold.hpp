// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>

#include "storage/storage.hpp"
#include "sync/command_fold.hpp"
#include "sync/fold_batch.hpp"
#include "sync/shipment_fold.hpp"
#include "sync/shipment_request.hpp"

namespace weir::sync {

/// The planned work after which a shipment without a rider is called off; its subject is the
/// shipment.
inline constexpr const char* kPatienceWork = "shipment_patience";

/// What commands make of shipments, and what follows when a courier gives one back.
///
/// An order has one live shipment at most: a second `shipment.create` is rejected, and the next
/// courier is asked only once the one before says that nobody carries it any more. All of it is
/// decided here, in the order of entries, so that no two processes can disagree.
class DispatchFold {
 public:
  /// All outlive it.
  DispatchFold(storage::Storage& storage, CommandFold& commands, ShipmentFold& shipments)
      : storage_(storage), commands_(commands), shipments_(shipments) {}

  /// A command was planned, tried, or concluded.
  boost::asio::awaitable<void> Begun(FoldPoint at, CommandRecord command, FoldBatch& batch);
  boost::asio::awaitable<void> Tried(FoldPoint at, CommandRecord command, FoldBatch& batch);
  boost::asio::awaitable<void> Concluded(FoldPoint at, CommandRecord command, FoldBatch& batch);
  /// A courier told of a shipment.
  boost::asio::awaitable<void> Moved(FoldPoint at, ShipmentMove move, FoldBatch& batch);
  /// Nobody may have taken a shipment in time.
  boost::asio::awaitable<void> LosePatience(FoldPoint at, std::string shipment, FoldBatch& batch);

 private:
  boost::asio::awaitable<void> Create(FoldPoint at, CommandRecord command, FoldBatch& batch);
  boost::asio::awaitable<void> Cancel(FoldPoint at, CommandRecord command, FoldBatch& batch);
  /// Asks the next courier in the place of one that gave it back, unless nobody wants it any more.
  boost::asio::awaitable<void> AskNext(FoldPoint at, std::string shipment, FoldBatch& batch);
  /// Tells the platform that sold the order, once for each rider and status.
  boost::asio::awaitable<void> Tell(FoldPoint at, const ShipmentMove& move, FoldBatch& batch);
  boost::asio::awaitable<bool> IsWanted(std::string merchant, std::string order);

  storage::Storage& storage_;
  CommandFold& commands_;
  ShipmentFold& shipments_;
};

}  // namespace weir::sync
