// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/instant.hpp"
#include "base/random.hpp"
#include "simulators/doudian/book.hpp"
#include "simulators/doudian/fate.hpp"
#include "simulators/doudian/options.hpp"
#include "simulators/doudian/pushes.hpp"
#include "simulators/ledger.hpp"
#include "simulators/order_life.hpp"

namespace weir::simulators::doudian {

/// The orders' lives: what time brings by each order's fate, and what shop, customer and riders do.
/// Every act says false, and does nothing, where the order's state does not allow it.
class Life final : public OrderLife<Order, Store> {
 public:
  /// All references outlive the life.
  Life(const Options& options, OrderBook& book, PushDesk& desk, Counts& counts, Random& random);

  bool Pay(Order& order, Instant at);      ///< Checked for risks first, or not.
  bool Release(Order& order, Instant at);  ///< To be shipped from now on.
  bool Accept(Order& order, Instant at);   ///< No message tells of it.
  bool End(Order& order, Ending ending, Instant at);
  bool MoveRider(Order& order, Instant at);  ///< The next shipment_status of the order's route.
  /// Somebody calls a rider, or sends him away before he has the parcel.
  bool CallRider(Order& order, Instant at);
  bool SendRiderAway(Order& order, Instant at);
  /// The shop brings the parcel by itself, or has a carrier bring it.
  bool Ship(Order& order, Parcel parcel, Instant at);
  bool Finish(Order& order, Instant at);
  bool ApplyRefund(Order& order, const RefundFate& kind, Instant at);
  /// The shop's word on an after-sale that waits for it.
  bool DecideRefund(Order& order, std::size_t index, bool agreed, Instant at);
  /// Nobody is told.
  bool SetShopOpen(std::string_view shop, bool open, Instant at) override;

  // Beside the way.
  bool ReducePrice(Order& order, Instant at);
  bool WriteMemo(Order& order, Instant at);
  bool Appoint(Order& order, Instant at);
  bool WantOtherAddress(Order& order, Instant at);
  bool ChangeAddress(Order& order, Instant at);
  bool ChangeDeadline(Order& order, Instant at);
  bool ChangeLogistics(Order& order, Instant at);

 private:
  [[nodiscard]] Order Draw(Instant now, std::optional<Fate> given) override;
  void Begin(const Order& order, Instant now) override;
  bool EndByFate(Order& order, Instant at);
  bool Expire(Order& order, Instant at);  ///< Nobody accepted it in time.
  bool ShipByShop(Order& order, Instant at);
  bool ShipTheRest(Order& order, Instant at);
  bool RefundByFate(Order& order, Instant at);
  void PlanAsides(const Order& order, Instant at);
  void PlanAfterAcceptance(const Order& order, Instant at);
  void SetShipment(Order& order, int shipment_status, Instant at);
  void Tell(Order& order, int tag, Instant at);
  void PlanRefund(const Order& order, std::size_t index, Instant at);
  void MoveRefund(Order& order, std::size_t index, Instant at);
  void TakeRefundStep(Order& order, std::size_t index, RefundStep step, Instant at);
  [[nodiscard]] Refund DrawRefund(const Order& order, const RefundFate& kind);

  const Options& options_;
  PushDesk& desk_;
  std::uint64_t last_number_ = 0;
  std::uint64_t last_refund_ = 0;
  std::uint64_t last_track_ = 1'000'000;
};

}  // namespace weir::simulators::doudian
