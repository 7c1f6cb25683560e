// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/seeded_random.hpp"
#include "simulators/courier.hpp"
#include "simulators/sf_express/api.hpp"
#include "simulators/sf_express/book.hpp"
#include "simulators/sf_express/life.hpp"
#include "simulators/sf_express/options.hpp"
#include "simulators/sf_express/pushes.hpp"
#include "simulators/sf_express/tokens.hpp"
#include "simulators/simulated.hpp"

namespace weir::simulators::sf_express {

/// What the parts stand on. Lives, pushes and calls draw from generators of their own, so that a
/// fault switched on leaves the parcels of a seed as they are.
struct State {
  using Options = sf_express::Options;

  explicit State(Options the_options) : options(std::move(the_options)) {}

  const Options options;
  Counts counts;
  SeededRandom of_lives{options.seed};
  SeededRandom of_pushes{options.seed ^ 0x5851F42D4C957F2DU};
  SeededRandom of_calls{options.seed ^ 0x14057B7EF767814FU};
  Book book{options.keep_shipments};
  PushDesk desk{options, book, counts, of_pushes};
  Life life{options, book, desk, counts, of_lives};
  TokenServer tokens{options, of_calls};
  Api api{{options, book, life, tokens, counts, of_calls}};
};

/// A stand-in of SF Express's Fengqiao: parcels with whole ways, their pushes, the services under
/// /std/service, the token server and labels. The same seed and the same calls give the same bytes.
class SfExpressSimulator final : public Simulated<Courier, State> {
 public:
  using Simulated::Simulated;

  [[nodiscard]] std::string_view word() const override { return "sf_express"; }
  [[nodiscard]] std::vector<ShipmentTruth> Shipments() const override;

  /// One parcel by number or waybill.
  [[nodiscard]] std::optional<ShipmentTruth> Truth(std::string_view name);
  /// The next parcel has this fate.
  void Foretell(Fate fate) { state_.life.Foretell(fate); }
  [[nodiscard]] TokenServer& tokens() { return state_.tokens; }
};

}  // namespace weir::simulators::sf_express
