// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "base/random.hpp"
#include "simulators/ledger.hpp"
#include "simulators/meituan/book.hpp"
#include "simulators/meituan/fate.hpp"
#include "simulators/meituan/options.hpp"
#include "simulators/meituan/pushes.hpp"
#include "simulators/order_life.hpp"

namespace weir::simulators::meituan {

// logistics_status (protocol notes 1.4).
inline constexpr int kRiderSent = 0;
inline constexpr int kRiderAccepted = 10;
inline constexpr int kRiderFetched = 20;
inline constexpr int kRiderDone = 40;
inline constexpr int kRiderCancelled = 100;

/// Who cancels, and with which words.
struct CancelWords {
  int code = 0;
  std::string reason;
  int deal_op_type = 0;
};

/// The orders' lives: what time brings by each order's fate, and what shop, customer and support
/// do. Every act says false, and does nothing, where the order's state does not allow it.
class Life final : public OrderLife<Order, int> {
 public:
  /// All references outlive the life.
  Life(const Options& options, OrderBook& book, PushDesk& desk, Counts& counts, Random& random);

  bool Pay(Order& order, Instant at);
  bool Receive(Order& order, Instant at);  ///< The app stored the order.
  bool Confirm(Order& order, Instant at);
  bool Cancel(Order& order, const CancelWords& words, Instant at);
  bool CancelFor(Order& order, const Cancellation& why, Instant at);
  bool MoveRider(Order& order, Instant at);  ///< The next step of the platform's delivery.
  bool SetOut(Order& order, Instant at);     ///< The shop's own rider leaves ...
  bool Arrive(Order& order, Instant at);     ///< ... and is there.
  bool Complete(Order& order, Instant at);
  bool Urge(Order& order, Instant at);
  bool ApplyRefund(Order& order, const RefundFate& kind, Instant at);
  /// The shop's word on the open refund.
  bool DecideRefund(Order& order, bool agreed, std::string answer, Instant at);
  bool SetShopStatus(std::string_view shop, int poi_status, Instant at);
  bool SetShopOpen(std::string_view shop, bool open, Instant at) override;

 private:
  [[nodiscard]] Order Draw(Instant now, std::optional<Fate> fate) override;
  void Begin(const Order& order, Instant now) override;
  bool CancelByFate(Order& order, Instant at);
  bool Expire(Order& order, Instant at);  ///< The shop did not confirm it in time.
  bool RefundByFate(Order& order, Instant at);
  void PlanRefund(const Order& order, std::size_t index, Instant at);
  void MoveRefund(Order& order, std::size_t index, Instant at);
  void TakeRefundStep(Order& order, std::size_t index, RefundStep step, Instant at);
  void TellRider(Order& order, int status, Instant at);
  [[nodiscard]] Recipient DrawRecipient(Handover handover);

  const Options& options_;
  PushDesk& desk_;
  std::uint64_t last_number_ = 0;
  std::uint64_t last_refund_ = 0;
  std::uint64_t last_reminder_ = 0;
};

}  // namespace weir::simulators::meituan
