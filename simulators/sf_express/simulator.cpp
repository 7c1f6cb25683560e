// SPDX-License-Identifier: Apache-2.0
#include "simulators/sf_express/simulator.hpp"

namespace weir::simulators::sf_express {

std::vector<ShipmentTruth> SfExpressSimulator::Shipments() const {
  std::vector<ShipmentTruth> truths;
  truths.reserve(state_.book.parcels().size());
  for (const Parcel& parcel : state_.book.parcels()) truths.push_back(TruthOf(parcel));
  return truths;
}

std::optional<ShipmentTruth> SfExpressSimulator::Truth(std::string_view name) {
  const Parcel* parcel = state_.book.Find(name);
  return parcel == nullptr ? std::nullopt : std::optional(TruthOf(*parcel));
}

}  // namespace weir::simulators::sf_express
