// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "simulators/courier_desk.hpp"
#include "simulators/dada/options.hpp"

namespace weir::simulators::dada {

/// The status callbacks, each to the URL of its order, and the riders' wishes (protocol notes 7).
class PushDesk final : public CourierDesk {
 public:
  /// All references outlive the desk.
  PushDesk(const Options& options, Deliveries& book, Counts& counts, Random& random);

  void TellStage(Delivery& delivery, Instant at) override;
  void TellAsk(Delivery& delivery, Instant at) override;

 private:
  [[nodiscard]] bool IsOk(const PushAnswer& answer) const override;
  /// With a wrong signature, or to a URL nobody was told.
  void Forge(CourierMessage& message, std::size_t which) const override;

  const Options& options_;
};

}  // namespace weir::simulators::dada
