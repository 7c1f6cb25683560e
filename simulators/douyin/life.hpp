// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "base/random.hpp"
#include "simulators/agenda.hpp"
#include "simulators/douyin/book.hpp"
#include "simulators/douyin/fate.hpp"
#include "simulators/douyin/options.hpp"
#include "simulators/douyin/pushes.hpp"
#include "simulators/ledger.hpp"

namespace weir::simulators::douyin {

/// Takeaways' lives: what time brings by each order's fate, and what shop and customer do. Every
/// act says false, and does nothing, where the order's state does not allow it.
class Life {
 public:
  /// All references outlive the life.
  Life(const Options& options, Book& book, PushDesk& desk, Random& random);

  /// A customer submits an order.
  Order& Create(Instant now, std::optional<Fate> fate);

  /// Lets happen what is due by `now`, each at its own time.
  void Advance(Instant now);
  [[nodiscard]] std::optional<Instant> NextDue() const { return agenda_.NextDue(); }

  bool Pay(Order& order, Instant at);
  bool Accept(Order& order, Instant at);
  bool End(Order& order, Ending ending, Instant at);
  bool Prepare(Order& order);
  /// The next step of the order's route.
  bool MoveDelivery(Order& order, Instant at);
  /// The shop's own rider got so far: a delivery_status.
  bool ReportRider(Order& order, int status, std::string name, std::string phone, Instant at);
  bool Finish(Order& order, Instant at);
  bool Edit(Order& order, Instant at);
  bool Urge(Order& order, Instant at);
  bool SetShopOpen(std::string_view shop, bool open, bool by_app, Instant at);

  bool ApplyRefund(Order& order, const RefundFate& kind, Instant at);
  /// The shop's word on the open refund.
  bool DecideRefund(Order& order, std::string_view refund, bool granted, Instant at);
  /// The shop cancels, naming its own number. Once more for the same number says true.
  bool GiveUp(Order& order, const std::string& out_id, Instant at);
  /// What the shop's system said when it was asked by SPI.
  void TakeVerdict(const SpiVerdict& verdict, Instant at);

 private:
  enum class Step {
    kPay,
    kEndByFate,
    kAccept,
    kTooLate,
    kMoveDelivery,
    kFinish,
    kEdit,
    kUrge,
    kApplyRefund,
    kDecideRefund,
    kAgreeLate,
    kPayOut,
    kBill,
    kOpenShop,
  };
  struct Planned {
    Step step = Step::kPay;
    std::string subject;  ///< Order, or shop.
    std::string refund;
  };

  void Plan(Step step, const Order& order, Instant at, std::string refund = {});
  void Take(const Planned& planned, Instant at);
  void TakeOf(Order& order, const Planned& planned, Instant at);
  void TakeRefundStep(Order& order, const Planned& planned, Instant at);
  void PlanAfterAcceptance(const Order& order, Instant at);
  /// An event of the order with nothing more to say.
  void Tell(Order& order, std::string_view event, std::string what, Instant at);
  void TellDelivery(Order& order, int status, Instant at);
  Refund& OpenRefund(Order& order, bool partial);
  void PayOut(Order& order, Refund& refund, Instant at);
  /// Money back at once, and with it the order's end.
  void RefundWhole(Order& order, std::string out_id, Instant at);
  /// The time from one stage to the next, about `stages` paces.
  [[nodiscard]] std::chrono::milliseconds Stage(int stages = 1);
  [[nodiscard]] Order Draw(Instant now, Fate fate);
  [[nodiscard]] Recipient DrawRecipient();

  const Options& options_;
  Book& book_;
  PushDesk& desk_;
  Random& random_;
  Agenda<Planned> agenda_;
  std::uint64_t last_number_ = 0;
  std::uint64_t last_refund_ = 0;
};

/// Each change of an order has a second of its own, so that no two share their time on the wire.
template <typename AnyOrder>
void Touch(AnyOrder& order, Instant at) {
  order.updated = std::max(UnixSeconds(at), order.updated + 1);
}

}  // namespace weir::simulators::douyin
