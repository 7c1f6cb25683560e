// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include "simulators/dada/calls.hpp"
#include "simulators/rate_limit.hpp"
#include "simulators/simulator.hpp"

namespace weir::simulators::dada {

/// The gate of the API: header, envelope, app, signature, merchant and timestamp; then the call
/// itself (protocol notes 1, 2). What it refuses is answered with HTTP 200, too.
class Api {
 public:
  explicit Api(const Parts& parts);

  [[nodiscard]] HttpAnswer Serve(const HttpCall& call, Instant now);

 private:
  [[nodiscard]] HttpAnswer Answer(const Outcome& outcome);
  /// 0: well.
  [[nodiscard]] int FaultOf(const nlohmann::json& envelope, Instant now) const;
  [[nodiscard]] int StampFaultOf(const nlohmann::json& envelope, Instant now) const;
  [[nodiscard]] HttpAnswer Run(const Action& action, const nlohmann::json& params, Instant now);

  Parts parts_;
  Shops shops_;
  Quotes quotes_;
  RateLimit limit_;
};

}  // namespace weir::simulators::dada
