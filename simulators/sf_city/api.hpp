// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "simulators/rate_limit.hpp"
#include "simulators/sf_city/calls.hpp"
#include "simulators/simulator.hpp"

namespace weir::simulators::sf_city {

/// The gate of the API: developer, sign and rate; then the action itself. What it refuses is
/// answered with HTTP 200, too.
class Api {
 public:
  explicit Api(const Parts& parts);

  [[nodiscard]] HttpAnswer Serve(const HttpCall& call, Instant now);

 private:
  [[nodiscard]] HttpAnswer Answer(const Outcome& outcome);
  [[nodiscard]] HttpAnswer Run(const Action& action, const nlohmann::json& params, Instant now);
  [[nodiscard]] bool SignedWell(const HttpCall& call, std::string_view query) const;

  Parts parts_;
  RateLimit limit_;
  std::int64_t cancels_ = 0;
};

}  // namespace weir::simulators::sf_city
