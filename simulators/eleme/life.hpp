// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "base/random.hpp"
#include "simulators/eleme/book.hpp"
#include "simulators/eleme/fate.hpp"
#include "simulators/eleme/options.hpp"
#include "simulators/eleme/pushes.hpp"
#include "simulators/ledger.hpp"
#include "simulators/order_life.hpp"

namespace weir::simulators::eleme {

/// The orders' lives: what time brings by each order's fate, and what shop, customer and support
/// do. Every act says false, and does nothing, where the order's state does not allow it.
class Life final : public OrderLife<Order, Shop> {
 public:
  /// All references outlive the life.
  Life(const Options& options, OrderBook& book, PushDesk& desk, Counts& counts, Random& random);

  bool Pay(Order& order, Instant at);
  bool Confirm(Order& order, Role by, Instant at);
  bool End(Order& order, Ending ending, Instant at);
  bool MoveWaybill(Order& order, Instant at);  ///< The next message of the order's route.
  bool DeliverBySelf(Order& order, Instant at);
  bool GiveDeliveryUp(Order& order, Instant at);
  bool Arrive(Order& order, Instant at);  ///< The shop's own rider is there.
  bool Complete(Order& order, Instant at);
  bool Urge(Order& order, Instant at);
  bool ApplyRefund(Order& order, const RefundFate& kind, Instant at);
  /// The shop's word on the open refund.
  bool DecideRefund(Order& order, bool agreed, Instant at);
  bool SetShopOpen(std::string_view shop, bool open, Instant at) override;
  bool ChangeShop(std::string_view shop, Instant at);  ///< It has another phone number.

 private:
  [[nodiscard]] Order Draw(Instant now, std::optional<Fate> fate) override;
  void Begin(const Order& order, Instant now) override;
  void TellNews(const std::string& shop, Instant at);
  bool EndByFate(Order& order, Instant at);
  bool ConfirmByShop(Order& order, Instant at);
  bool Expire(Order& order, Instant at);  ///< The shop did not accept it in time.
  bool RefundByFate(Order& order, Instant at);
  void PlanAfterAcceptance(const Order& order, Instant at);
  void BeginRefund(Order& order, std::size_t index, Instant at);
  void PlanRefund(const Order& order, std::size_t index, Instant at);
  void MoveRefund(Order& order, std::size_t index, Instant at);
  void TakeRefundStep(Order& order, std::size_t index, RefundStep step, Instant at);
  void TellWaybill(Order& order, int type, Instant at);
  [[nodiscard]] Recipient DrawRecipient();

  const Options& options_;
  PushDesk& desk_;
  std::uint64_t last_number_ = 0;
  std::uint64_t last_reminder_ = 55'000;
  std::int64_t last_application_ = 7'000;
};

}  // namespace weir::simulators::eleme
