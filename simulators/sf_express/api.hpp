// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/random.hpp"
#include "simulators/form.hpp"
#include "simulators/ledger.hpp"
#include "simulators/rate_limit.hpp"
#include "simulators/sf_express/calls.hpp"
#include "simulators/sf_express/tokens.hpp"
#include "simulators/simulator.hpp"

namespace weir::simulators::sf_express {

/// Everything the parts of the platform work on.
struct Parts {
  const Options& options;
  Book& book;
  Life& life;
  TokenServer& tokens;
  Counts& counts;
  Random& random;
};

/// The gate: fields, partner, digest or token, service and rate, in this order; then the service.
/// The token server and the labels stand beside it.
class Api {
 public:
  /// All references outlive the api.
  explicit Api(Parts parts) : parts_(parts), limit_(parts.options.calls_per_second) {}

  [[nodiscard]] HttpAnswer Serve(const HttpCall& call, Instant now);

 private:
  [[nodiscard]] HttpAnswer ServeService(const Fields& fields, const std::string& origin,
                                        Instant now);
  /// The gateway's code that refuses the call; empty for one that passes.
  [[nodiscard]] std::string_view GateOf(const Fields& fields, Instant now);
  [[nodiscard]] bool ProvesItself(const Fields& fields, std::string_view digest) const;
  [[nodiscard]] HttpAnswer Run(const Service& service, const Call& call);
  [[nodiscard]] HttpAnswer ServeLabel(const HttpCall& call, std::string_view path);
  [[nodiscard]] HttpAnswer RefuseAtGate(std::string_view code);
  [[nodiscard]] HttpAnswer Answer(const Reply& reply);

  Parts parts_;
  RateLimit limit_;
};

}  // namespace weir::simulators::sf_express
