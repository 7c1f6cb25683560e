// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <expected>
#include <string>

#include "base/random.hpp"
#include "simulators/doudian/calls.hpp"
#include "simulators/doudian/request.hpp"
#include "simulators/ledger.hpp"
#include "simulators/rate_limit.hpp"
#include "simulators/simulator.hpp"

namespace weir::simulators::doudian {

/// Everything the parts of the platform work on.
struct Parts {
  const Options& options;
  OrderBook& book;
  Life& life;
  TokenServer& tokens;
  Shelves& shelves;
  Counts& counts;
};

/// The gate of the API: public parameters, time, signature, token and rate, in this order; then the
/// method itself.
class Api {
 public:
  /// All references outlive the api.
  Api(Parts parts, Random& random);

  [[nodiscard]] HttpAnswer Serve(const HttpCall& call, Instant now);

 private:
  [[nodiscard]] Outcome Answer(const HttpCall& call, Instant now);
  [[nodiscard]] std::expected<void, Failure> CheckPublic(const Request& request) const;
  [[nodiscard]] std::expected<void, Failure> CheckTime(const Request& request, Instant now) const;
  [[nodiscard]] std::expected<void, Failure> CheckSignature(const Request& request) const;
  [[nodiscard]] HttpAnswer Write(const HttpCall& call, const Outcome& outcome);

  Parts parts_;
  Random& random_;
  RateLimit limit_;
  std::uint64_t last_log_ = 0;
};

}  // namespace weir::simulators::doudian
