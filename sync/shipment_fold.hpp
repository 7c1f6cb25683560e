// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "model/shipment_facts.hpp"
#include "model/shipment_intent.hpp"
#include "model/shipment_state.hpp"
#include "storage/storage.hpp"
#include "sync/fold_batch.hpp"
#include "sync/kept_record.hpp"
#include "sync/order_fold.hpp"

namespace weir::sync {

/// Its subject is the shipment.
inline constexpr const char* kShipmentAlertWork = "shipment_alert";

/// What an entry did to where a shipment stands.
struct ShipmentMove {
  std::string id;
  std::string order;               ///< That it carries; may be empty.
  std::uint64_t rider_before = 0;  ///< Of who has it: zero for nobody.
  std::uint64_t rider_now = 0;
  model::ShipmentStatus before = model::ShipmentStatus::kCreated;
  model::ShipmentStatus now = model::ShipmentStatus::kCreated;
};

/// Keeps a record of each shipment that was created here, merges into it what couriers tell, and
/// publishes what changed: `shipment.created`, then `shipment.status_changed` where its status did
/// and `shipment.updated` where anything else did; `shipment.alert` where somebody should look
/// after it, whatever else did. When time alone will say so is planned work.
///
/// All members throw std::runtime_error when a stored record cannot be read.
class ShipmentFold {
 public:
  /// `generation` as of OrderFold. `orders` is told which shipment carries an order.
  ShipmentFold(storage::Storage& storage, OrderFold& orders, std::uint32_t generation)
      : storage_(storage), orders_(orders), generation_(generation) {}

  /// Makes the record `id`: the number that the courier is to get.
  boost::asio::awaitable<void> Create(FoldPoint at, std::string id, model::ShipmentIntent intent,
                                      FoldBatch& batch);

  // Of a shipment that was created; throw std::runtime_error for any other.
  boost::asio::awaitable<void> Choose(FoldPoint at, std::string id, model::ShipmentChoice choice,
                                      FoldBatch& batch);
  boost::asio::awaitable<void> Fail(FoldPoint at, std::string id, model::ShipmentFailure failure,
                                    FoldBatch& batch);
  /// What the merchant answers the rider who asked latest; nothing when none did.
  boost::asio::awaitable<void> Answer(FoldPoint at, std::string id, bool agreed, FoldBatch& batch);

  /// What the passing of time says of it; nothing when it is unknown.
  boost::asio::awaitable<void> RaiseAlerts(FoldPoint at, std::string id, FoldBatch& batch);

  /// Merges what a courier tells into the shipment of the merchant and of this courier that bears
  /// our number or, failing that, its waybill. The entry is quarantined when there is none, and
  /// nothing moved.
  boost::asio::awaitable<std::optional<ShipmentMove>> Merge(FoldPoint at,
                                                            model::ShipmentFacts facts,
                                                            FoldBatch& batch);

  /// A shipment that carries an order, or is to, other than `besides`; empty when there is none.
  /// Reads what is applied: see FoldRules::NeedsAppliedView.
  boost::asio::awaitable<std::string> LiveShipmentOf(std::string merchant, std::string order,
                                                     std::string besides) const;

 private:
  using Change = std::function<void(model::ShipmentState&)>;

  boost::asio::awaitable<std::optional<KeptRecord>> Find(std::string merchant,
                                                         const model::ShipmentFacts& facts,
                                                         const FoldBatch& batch) const;
  boost::asio::awaitable<void> ChangeKnown(FoldPoint at, std::string id, Change change,
                                           FoldBatch& batch);
  static ShipmentMove Apply(KeptRecord record, const FoldPoint& at, const Change& change,
                            FoldBatch& batch);

  storage::Storage& storage_;
  OrderFold& orders_;
  const std::uint32_t generation_;
};

}  // namespace weir::sync
