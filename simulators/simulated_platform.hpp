// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/seeded_random.hpp"
#include "simulators/ledger.hpp"
#include "simulators/platform.hpp"
#include "simulators/shelves.hpp"
#include "simulators/simulated.hpp"

namespace weir::simulators {

/// What the parts of every platform stand on. Lives, faults and calls draw from generators of their
/// own, so that a fault switched on leaves the orders of a seed as they are.
///
/// A platform's State derives from this and adds its parts: `book`, `desk`, `life` and `api`.
template <typename TheirOptions>
struct PlatformState {
  using Options = TheirOptions;

  /// Throws std::invalid_argument when options.shops is empty.
  explicit PlatformState(Options the_options) : options(std::move(the_options)) {
    if (options.shops.empty()) {
      throw std::invalid_argument("a simulated platform needs a shop");
    }
  }

  const Options options;
  Counts counts;
  SeededRandom of_lives{options.seed};
  SeededRandom of_pushes{options.seed ^ 0x5851F42D4C957F2DU};
  SeededRandom of_calls{options.seed ^ 0x14057B7EF767814FU};
  Shelves shelves{options.seed, options.menu_items, options.reviews};
};

/// A Platform over its State. What is left to the platform is its word, and its own acts.
template <typename State>
class SimulatedPlatform : public Simulated<Platform, State> {
 public:
  using Fate = typename decltype(State::life)::Fate;

  using Simulated<Platform, State>::Simulated;

  /// A customer submits an order; what becomes of it is drawn, or `fate`. Returns its number.
  std::string CreateOrder(Instant now, std::optional<Fate> fate = std::nullopt) {
    state_.life.Tick(now);
    return state_.life.Create(now, std::move(fate)).id;
  }
  std::string PlaceOrder(Instant now) override { return CreateOrder(now); }
  void StopTraffic() override { state_.life.StopTraffic(); }

  [[nodiscard]] std::vector<OrderTruth> Orders() const override {
    std::vector<OrderTruth> truths;
    truths.reserve(state_.book.orders().size());
    for (const auto& order : state_.book.orders()) truths.push_back(TruthOf(order));
    return truths;
  }
  /// One order by any of its numbers.
  [[nodiscard]] std::optional<OrderTruth> Truth(std::string_view order) const {
    const auto* found = state_.book.Find(order);
    return found == nullptr ? std::nullopt : std::optional(TruthOf(*found));
  }

  [[nodiscard]] const Faults& faults() const override { return this->options().faults; }
  /// A shop's menu, to read or to change.
  [[nodiscard]] Catalogue& menu(const std::string& shop) { return state_.shelves.MenuOf(shop); }

 protected:
  /// Does `act`, which says whether it could, to an order at `now`; false where it is unknown.
  template <typename Act>
  bool Do(std::string_view order, Instant now, const Act& act) {
    state_.life.Tick(now);
    auto* found = state_.book.Find(order);
    return found != nullptr && act(*found);
  }

  using Simulated<Platform, State>::state_;
};

}  // namespace weir::simulators
