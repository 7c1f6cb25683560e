// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "simulators/courier_life.hpp"
#include "simulators/dada/api.hpp"
#include "simulators/dada/options.hpp"
#include "simulators/dada/pushes.hpp"
#include "simulators/simulated_courier.hpp"

namespace weir::simulators::dada {

struct State : CourierState<Options> {
  using CourierState::CourierState;
  static std::string_view WordOf(Stage stage) { return simulators::WordOf(stage); }

  PushDesk desk{options, book, counts, of_pushes};
  CourierLife life{options, book, desk, counts, of_lives};
  Api api{{options, book, life, of_calls, counts}};
};

/// A stand-in of Dada's open platform: orders of a merchant's shops and the riders who carry them,
/// with the sandbox's calls to move them by hand. The same seed and the same calls give the same
/// bytes.
class DadaSimulator final : public SimulatedCourier<State> {
 public:
  using SimulatedCourier::SimulatedCourier;

  [[nodiscard]] std::string_view word() const override { return "dada"; }
};

}  // namespace weir::simulators::dada
