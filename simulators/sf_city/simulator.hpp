// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "simulators/courier_life.hpp"
#include "simulators/sf_city/api.hpp"
#include "simulators/sf_city/options.hpp"
#include "simulators/sf_city/pushes.hpp"
#include "simulators/sf_city/status.hpp"
#include "simulators/simulated_courier.hpp"

namespace weir::simulators::sf_city {

struct State : CourierState<Options> {
  using CourierState::CourierState;
  static std::string_view WordOf(Stage stage) { return sf_city::WordOf(stage); }

  PushDesk desk{options, book, counts, of_pushes};
  CourierLife life{options, book, desk, counts, of_lives};
  Api api{{options, book, life, of_calls, counts}};
};

/// A stand-in of SF intra-city's open platform: orders of a merchant's shops and the riders who
/// carry them. The same seed and the same calls give the same bytes.
class SfCitySimulator final : public SimulatedCourier<State> {
 public:
  using SimulatedCourier::SimulatedCourier;

  [[nodiscard]] std::string_view word() const override { return "sf_city"; }
};

}  // namespace weir::simulators::sf_city
