// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/seeded_random.hpp"
#include "simulators/courier.hpp"
#include "simulators/sf_express/api.hpp"
#include "simulators/sf_express/book.hpp"
#include "simulators/sf_express/life.hpp"
#include "simulators/sf_express/options.hpp"
#include "simulators/sf_express/pushes.hpp"
#include "simulators/sf_express/tokens.hpp"

namespace weir::simulators::sf_express {

/// A stand-in of SF Express's Fengqiao: parcels with whole ways, their pushes, the services under
/// /std/service, the token server and labels. The same seed and the same calls give the same bytes.
class SfExpressSimulator final : public Courier {
 public:
  explicit SfExpressSimulator(Options options);

  HttpAnswer Handle(const HttpCall& call, Instant now) override;
  std::vector<OutgoingPush> Due(Instant now, std::size_t limit) override;
  void OnPushAnswer(std::uint64_t push, const PushAnswer& answer, Instant now) override;
  [[nodiscard]] std::optional<Instant> NextDue() const override;
  [[nodiscard]] std::string_view word() const override { return "sf_express"; }
  [[nodiscard]] std::vector<ShipmentTruth> Shipments() const override;
  [[nodiscard]] Counts counts() const override;

  /// One parcel by number or waybill.
  [[nodiscard]] std::optional<ShipmentTruth> Truth(std::string_view name);
  /// The next parcel has this fate.
  void Foretell(Fate fate) { life_.Foretell(fate); }
  [[nodiscard]] TokenServer& tokens() { return tokens_; }

 private:
  // Lives, pushes and calls draw from generators of their own, so that a fault switched on leaves
  // the parcels of a seed as they are.
  const Options options_;
  Counts counts_;
  SeededRandom of_lives_;
  SeededRandom of_pushes_;
  SeededRandom of_calls_;
  Book book_;
  PushDesk desk_;
  Life life_;
  TokenServer tokens_;
  Api api_;
};

}  // namespace weir::simulators::sf_express
