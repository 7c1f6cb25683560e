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
#include "simulators/agenda.hpp"
#include "simulators/ledger.hpp"
#include "simulators/outage.hpp"
#include "simulators/platform.hpp"
#include "simulators/shelves.hpp"

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
class SimulatedPlatform : public Platform {
 public:
  using Options = typename State::Options;
  using Fate = typename decltype(State::life)::Fate;

  /// Throws std::invalid_argument when options.shops is empty.
  explicit SimulatedPlatform(Options options) : state_(std::move(options)) {}

  HttpAnswer Handle(const HttpCall& call, Instant now) override {
    state_.life.Tick(now);
    ++state_.counts.calls;
    return FailNowAndThen(state_.of_calls, faults().api_failure,
                          [&] { return state_.api.Serve(call, now); });
  }

  std::vector<OutgoingPush> Due(Instant now, std::size_t limit) override {
    state_.life.Tick(now);
    std::vector<OutgoingPush> due;
    while (due.size() < limit) {
      auto push = state_.desk.Take(now);
      if (!push) break;
      due.push_back(std::move(*push));
    }
    return due;
  }

  void OnPushAnswer(std::uint64_t push, const PushAnswer& answer, Instant now) override {
    state_.desk.OnAnswer(push, answer, now);
  }

  std::optional<Instant> NextDue() const override {
    return Earlier(state_.life.NextDue(), state_.desk.NextDue());
  }

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

  [[nodiscard]] Counts counts() const override {
    Counts counts = state_.counts;
    counts.outstanding = state_.desk.outstanding();
    counts.given_up = state_.desk.given_up();
    return counts;
  }
  [[nodiscard]] const Faults& faults() const override { return options().faults; }
  [[nodiscard]] const Options& options() const { return state_.options; }
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

  State state_;
};

}  // namespace weir::simulators
