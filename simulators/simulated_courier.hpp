// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

#include "base/seeded_random.hpp"
#include "simulators/courier.hpp"
#include "simulators/courier_life.hpp"
#include "simulators/courier_options.hpp"
#include "simulators/deliveries.hpp"
#include "simulators/simulated.hpp"

namespace weir::simulators {

/// What the parts of every city courier stand on. Lives, pushes and calls draw from generators of
/// their own.
///
/// A courier's State derives from this and adds its `desk`, `life` and `api`, and how it says each
/// stage: `static std::string_view WordOf(Stage)`.
template <typename TheirOptions>
struct CourierState {
  using Options = TheirOptions;

  /// Throws std::invalid_argument when options.shops is empty.
  explicit CourierState(Options the_options) : options(std::move(the_options)) {
    if (options.shops.empty()) {
      throw std::invalid_argument("a simulated courier needs a shop");
    }
  }

  const Options options;
  Counts counts;
  SeededRandom of_lives{options.seed};
  SeededRandom of_pushes{options.seed ^ 0x5851F42D4C957F2DU};
  SeededRandom of_calls{options.seed ^ 0x14057B7EF767814FU};
  Deliveries book{options.keep_shipments};
};

/// A Courier over its State. What is left to the courier is its word, and its own acts.
template <typename State>
class SimulatedCourier : public Simulated<Courier, State> {
 public:
  using Simulated<Courier, State>::Simulated;

  [[nodiscard]] std::vector<ShipmentTruth> Shipments() const override {
    std::vector<ShipmentTruth> truths;
    truths.reserve(state_.book.all().size());
    for (const Delivery& delivery : state_.book.all()) {
      truths.push_back(TruthOf(delivery, State::WordOf));
    }
    return truths;
  }
  /// One shipment by the caller's number.
  [[nodiscard]] std::optional<ShipmentTruth> Truth(std::string_view number) {
    const Delivery* found = state_.book.Find(number);
    return found == nullptr ? std::nullopt : std::optional(TruthOf(*found, State::WordOf));
  }

  /// The next shipment has this fate, whatever is drawn.
  void Foretell(const CourierFate& fate) { state_.life.Foretell(fate); }

  /// What is left of what the merchant paid in.
  [[nodiscard]] Fen balance() const { return state_.life.balance(); }
  void SetBalance(Fen balance) { state_.life.SetBalance(balance); }

 protected:
  using Simulated<Courier, State>::state_;
};

}  // namespace weir::simulators
