// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "simulators/eleme/api.hpp"
#include "simulators/eleme/book.hpp"
#include "simulators/eleme/life.hpp"
#include "simulators/eleme/pushes.hpp"
#include "simulators/eleme/tokens.hpp"
#include "simulators/simulated_platform.hpp"

namespace weir::simulators::eleme {

struct State : PlatformState<Options> {
  using PlatformState::PlatformState;

  OrderBook book{ShopsOf(options), options.keep_orders};
  PushDesk desk{options, book, counts, of_pushes};
  Life life{options, book, desk, counts, of_lives};
  SeededRandom of_tokens{options.seed ^ 0x2545F4914F6CDD1DU};
  TokenServer tokens{options, of_tokens};
  Api api{{options, book, life, desk, tokens, shelves, counts}};
};

/// A stand-in of Ele.me's open platform (NOP 1.0.0): orders with whole lives, their messages, the
/// actions under /api/v1 and the token server. The same seed and the same calls give the same
/// bytes.
class ElemeSimulator final : public SimulatedPlatform<State> {
 public:
  using SimulatedPlatform::SimulatedPlatform;

  [[nodiscard]] std::string_view word() const override { return "eleme"; }

  // Acts beside fate. False where the order is unknown or its state does not allow it.
  bool End(std::string_view order, Ending ending, Instant now);
  bool ApplyRefund(std::string_view order, const RefundFate& kind, Instant now);
  bool Urge(std::string_view order, Instant now);
  bool SetShopOpen(std::string_view shop, bool open, Instant now);
  /// The merchant takes the authorisation back: every token is dead, and message 100 says so.
  void Revoke(Instant now);

  [[nodiscard]] TokenServer& tokens() { return state_.tokens; }
};

}  // namespace weir::simulators::eleme
