// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "base/random.hpp"
#include "simulators/douyin/calls.hpp"
#include "simulators/douyin/tokens.hpp"
#include "simulators/ledger.hpp"
#include "simulators/rate_limit.hpp"
#include "simulators/simulator.hpp"

namespace weir::simulators::douyin {

/// Everything the parts of the platform work on.
struct Parts {
  const Options& options;
  OrderBook& book;
  Life& life;
  TokenServer& tokens;
  Shelves& shelves;
  Counts& counts;
  Random& random;
};

/// The gate of the API: token, rate, account and arguments, in this order; then the call itself.
/// The token server stands beside it.
class Api {
 public:
  /// All references outlive the api.
  explicit Api(Parts parts);

  [[nodiscard]] HttpAnswer Serve(const HttpCall& call, Instant now);

 private:
  [[nodiscard]] Outcome Answer(const Action& action, const HttpCall& call, Instant now);
  [[nodiscard]] HttpAnswer Reply(const Outcome& outcome, Instant now);

  Parts parts_;
  RateLimit limit_of_orders_;
  RateLimit limit_;
  std::uint64_t last_log_ = 0;
};

}  // namespace weir::simulators::douyin
