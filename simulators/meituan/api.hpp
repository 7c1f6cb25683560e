// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "simulators/ledger.hpp"
#include "simulators/meituan/calls.hpp"
#include "simulators/rate_limit.hpp"
#include "simulators/simulator.hpp"

namespace weir::simulators::meituan {

/// The gate of the API: path, common parameters, app, signature and rate, in this order; then the
/// interface itself.
class Api {
 public:
  /// All references outlive the api.
  Api(const Options& options, OrderBook& book, Life& life, Shelves& shelves, Counts& counts);

  [[nodiscard]] HttpAnswer Serve(const HttpCall& call, Instant now);

 private:
  [[nodiscard]] Outcome Answer(const Interface& interface, std::string_view url,
                               const Fields& parameters, Instant now);

  const Options& options_;
  OrderBook& book_;
  Life& life_;
  Shelves& shelves_;
  Counts& counts_;
  RateLimit limit_;
};

}  // namespace weir::simulators::meituan
