// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "base/random.hpp"
#include "simulators/agenda.hpp"
#include "simulators/eleme/book.hpp"
#include "simulators/eleme/fate.hpp"
#include "simulators/eleme/options.hpp"
#include "simulators/eleme/pushes.hpp"
#include "simulators/ledger.hpp"

namespace weir::simulators::eleme {

/// The orders' lives: what time brings by each order's fate, and what shop, customer and support
/// do. Every act says false, and does nothing, where the order's state does not allow it.
class Life {
 public:
  /// All references outlive the life.
  Life(const Options& options, OrderBook& book, PushDesk& desk, Counts& counts, Random& random);

  /// A customer submits an order.
  Order& Create(Instant now, std::optional<Fate> fate);

  /// Lets happen what is due by `now`, each at its own time; new orders of the traffic, too.
  void Tick(Instant now);
  [[nodiscard]] std::optional<Instant> NextDue() const;
  /// No further orders by themselves; what lives goes on.
  void StopTraffic() { arrivals_.Stop(); }

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
  bool SetShopOpen(std::string_view shop, bool open, Instant at);

 private:
  enum class Step {
    kPay,
    kEndByFate,
    kConfirm,
    kAcceptedTooLate,
    kMoveWaybill,
    kComplete,
    kUrge,
    kApplyRefund,
    kMoveRefund,
    kOpenShop,
  };
  struct Planned {
    Step step = Step::kPay;
    std::string subject;     ///< Order, or shop.
    std::size_t detail = 0;  ///< Which refund.
  };

  void Plan(Step step, const Order& order, Instant at, std::size_t detail = 0);
  void Take(const Planned& planned, Instant at);
  void TakeOf(Order& order, const Planned& planned, Instant at);
  void Advance(Instant now);
  void PlanAfterAcceptance(const Order& order, Instant at);
  void PlanRefund(Order& order, std::size_t index, Instant at);
  void TakeRefundStep(Order& order, std::size_t index, RefundStep step, Instant at);
  void MoveRefund(Order& order, std::size_t index, Instant at);
  void TellWaybill(Order& order, int type, Instant at);
  /// The time from one stage to the next, about `stages` paces.
  [[nodiscard]] std::chrono::milliseconds Stage(int stages = 1);
  [[nodiscard]] Order Draw(Instant now, Fate fate);
  [[nodiscard]] Recipient DrawRecipient();

  const Options& options_;
  OrderBook& book_;
  PushDesk& desk_;
  Counts& counts_;
  Random& random_;
  Agenda<Planned> agenda_;
  Arrivals arrivals_;
  std::uint64_t last_number_ = 0;
  std::uint64_t last_reminder_ = 55'000;
};

}  // namespace weir::simulators::eleme
