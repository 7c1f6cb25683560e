// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "simulators/eleme/calls.hpp"
#include "simulators/form.hpp"
#include "simulators/ledger.hpp"
#include "simulators/rate_limit.hpp"
#include "simulators/simulator.hpp"

namespace weir::simulators::eleme {

/// Everything the parts of the platform work on.
struct Parts {
  const Options& options;
  OrderBook& book;
  Life& life;
  PushDesk& desk;
  TokenServer& tokens;
  Shelves& shelves;
  Counts& counts;
};

/// The gate of the API: envelope, app, signature, timestamp, token and rate, in this order; then
/// the action itself. The token server stands beside it.
class Api {
 public:
  /// All references outlive the api.
  explicit Api(Parts parts);

  [[nodiscard]] HttpAnswer Serve(const HttpCall& call, Instant now);

 private:
  /// A call's envelope; the members of `metas` and `params` as they were written.
  struct Envelope {
    std::string id;
    std::string action;
    std::string token;
    std::string signature;
    Fields metas;
    Fields members;
    nlohmann::json params;
  };

  [[nodiscard]] HttpAnswer Answer(const HttpCall& call, Instant now);
  [[nodiscard]] HttpAnswer ServeAction(const HttpCall& call, Instant now);
  [[nodiscard]] static std::optional<Envelope> Open(const std::string& body);
  [[nodiscard]] Outcome Answer(const Envelope& envelope, Instant now);
  [[nodiscard]] bool InTime(const Envelope& envelope, Instant now) const;

  Parts parts_;
  RateLimit limit_;
};

}  // namespace weir::simulators::eleme
