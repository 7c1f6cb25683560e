// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "simulators/ledger.hpp"
#include "simulators/manners.hpp"
#include "simulators/simulator.hpp"
#include "simulators/yuan.hpp"

namespace weir::simulators {

/// What becomes of shipments. Every number named a share is a probability, 0 to 1.
struct CourierTraffic {
  /// The mean time from one stage to the next, which takes half to one and a half of it.
  std::chrono::milliseconds pace = std::chrono::seconds(60);
  double unaccepted = 0.05;  ///< Nobody ever takes it.
  double cancelled = 0.05;   ///< The courier calls it off, before or after a rider took it.
  double given_up = 0.1;     ///< The first rider gives it back, and another takes it.
  double failed = 0.03;      ///< It cannot be handed over, and comes back.
  double stuck = 0;          ///< It stands still for good after a stage.
  double handed_on = 0.03;   ///< Its first rider passes it on to another.
  double troubled = 0.05;    ///< Its rider reports a trouble on the road, and goes on.
  double asks_off = 0;       ///< Its rider asks the merchant to be let off.
  double stillborn = 0;      ///< Taken from the caller, then it never begins (Dada 1000).
  /// What nobody takes is called off after this.
  std::chrono::milliseconds searched_for = std::chrono::hours(72);
  /// A rider who asked to be let off, and hears nothing, is let off after this.
  std::chrono::milliseconds let_off_after = std::chrono::minutes(5);
};

/// What goes wrong with calls that order something, beside Faults.
struct CourierFaults {
  double lost_request = 0;  ///< An order never arrives: the caller gets no answer.
  double lost_answer = 0;   ///< It took effect, and the caller gets no answer.
  double busy = 0;          ///< "Being processed, come again" (Dada 2012, SF A1005).
  double refused = 0;       ///< Refused for good: no balance, out of reach.
};

/// What is true of one shipment on the courier's side.
struct ShipmentTruth {
  std::string number;         ///< The caller's: unique with a courier.
  std::string platform_no;    ///< The courier's.
  std::string_view status;    ///< Canonical: "searching", "assigned" ... "cancelled".
  bool live = true;           ///< Somebody carries it, or may: neither ended nor called off.
  std::uint32_t ordered = 1;  ///< How often the caller ordered it; only the first had effect.
  Fen fee = 0;
  Fen tip = 0;
  Fen cancel_fee = 0;
  Instant created{};
  Instant ended{};               ///< Of one that lives no more.
  std::vector<std::string> way;  ///< Canonical statuses as they came, repeats included.
  std::vector<Event> events;
};

/// A simulated courier, as far as all are alike.
class Courier : public Simulator {
 public:
  /// The platform's word in a connection: "dada".
  [[nodiscard]] virtual std::string_view word() const = 0;

  /// Its books, oldest first.
  [[nodiscard]] virtual std::vector<ShipmentTruth> Shipments() const = 0;
  [[nodiscard]] virtual Counts counts() const = 0;
};

}  // namespace weir::simulators
