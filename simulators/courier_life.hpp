// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "base/instant.hpp"
#include "base/random.hpp"
#include "simulators/agenda.hpp"
#include "simulators/courier_desk.hpp"
#include "simulators/courier_options.hpp"
#include "simulators/deliveries.hpp"
#include "simulators/ledger.hpp"

namespace weir::simulators {

/// The lives of a courier's deliveries: what time brings by each one's fate, and what rider,
/// merchant and courier do. Every act says false, and does nothing, where the stage does not allow
/// it; else it changes the delivery, tells the desk and plans what follows.
///
///   searching -> assigned -> at_pickup -> picked_up -> delivered
///
/// On the way a rider gives it back (searching again) or passes it on (assigned again), it is
/// cancelled, or it cannot be handed over: returning -> returned.
class CourierLife {
 public:
  /// All references outlive the life.
  CourierLife(const CourierOptions& options, Deliveries& book, CourierDesk& desk, Counts& counts,
              Random& random);

  /// A caller orders what `delivery` says; its price is taken from the balance.
  Delivery& Begin(Delivery delivery, Instant at);
  /// What did not arrive is ordered once more, as `anew` says, under another number of the
  /// courier's.
  bool Renew(Delivery& delivery, Delivery anew, Instant at);

  bool Assign(Delivery& delivery, Instant at);
  bool Arrive(Delivery& delivery, Instant at);  ///< The rider is at the shop.
  bool PickUp(Delivery& delivery, Instant at);
  bool HandOver(Delivery& delivery, Instant at);  ///< To the receiver: delivered.
  bool GiveBack(Delivery& delivery, Instant at);  ///< The rider does, before the road.
  bool PassOn(Delivery& delivery, Instant at);    ///< The rider does, before the shop.
  bool TurnBack(Delivery& delivery, Instant at);  ///< It cannot be handed over.
  bool TakeBack(Delivery& delivery, Instant at);  ///< The shop has it again.
  bool Cancel(Delivery& delivery, Cancellation cancellation, Instant at);
  bool AskOff(Delivery& delivery, Instant at);
  /// The merchant's word, or nobody's, on the rider who asked.
  bool AnswerAsk(Delivery& delivery, bool let_off, Instant at);
  bool ReportTrouble(Delivery& delivery, Instant at);

  /// Paid from the balance.
  void AddTip(Delivery& delivery, Tip tip);

  /// The next delivery has this fate, whatever is drawn.
  void Foretell(const CourierFate& fate) { foretold_ = fate; }

  [[nodiscard]] Fen balance() const { return balance_; }
  void SetBalance(Fen balance) { balance_ = balance; }

  /// Lets happen what is due by `now`, each at its own time.
  void Tick(Instant now);
  [[nodiscard]] std::optional<Instant> NextDue() const { return agenda_.NextDue(); }

 private:
  using Act = bool (CourierLife::*)(Delivery&, Instant);
  struct Span {
    Instant start;
    Instant end;
  };

  [[nodiscard]] std::string NextPlatformNo();
  void Start(Delivery& delivery, Instant at);
  void Enter(Delivery& delivery, Stage stage, Repeat repeat, Instant at);
  /// Sets the rider's way where the stage is one; every draw is made at every stage.
  static void TakeLeg(Delivery& delivery, Random& random, Span span);
  void PlanNext(const Delivery& delivery, Instant at, std::chrono::milliseconds time);
  [[nodiscard]] static Act NextWithRider(const Delivery& delivery);
  /// At `at`, unless the delivery has gone on until then.
  void Plan(std::function<void(Delivery&, Instant)> act, const Delivery& delivery, Instant at);
  void Plan(Act act, const Delivery& delivery, Instant at);
  bool CallOff(Delivery& delivery, Instant at);
  static void TakeRider(Delivery& delivery);

  const CourierOptions& options_;
  Deliveries& book_;
  CourierDesk& desk_;
  Counts& counts_;
  Random& random_;
  Agenda<std::function<void(Instant)>> agenda_;
  std::optional<CourierFate> foretold_;
  Fen balance_;
  std::uint64_t last_number_;
};

}  // namespace weir::simulators
