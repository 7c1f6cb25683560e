// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "simulators/doudian/api.hpp"
#include "simulators/doudian/book.hpp"
#include "simulators/doudian/life.hpp"
#include "simulators/doudian/pushes.hpp"
#include "simulators/doudian/tokens.hpp"
#include "simulators/simulated_platform.hpp"

namespace weir::simulators::doudian {

struct State : PlatformState<Options> {
  using PlatformState::PlatformState;

  OrderBook book{StoresOf(options), options.keep_orders};
  PushDesk desk{options, book, counts, of_pushes};
  Life life{options, book, desk, counts, of_lives};
  SeededRandom of_tokens{options.seed ^ 0x2545F4914F6CDD1DU};
  TokenServer tokens{options, of_tokens};
  Api api{{options, book, life, tokens, shelves, counts}, of_calls};
};

/// A stand-in of Doudian's open platform for instant retail: orders with whole lives, their
/// messages in signed batches, the methods and the token server. The same seed and the same calls
/// give the same bytes.
class DoudianSimulator final : public SimulatedPlatform<State> {
 public:
  using SimulatedPlatform::SimulatedPlatform;

  [[nodiscard]] std::string_view word() const override { return "doudian"; }

  // Acts beside fate. False where the order is unknown or its state does not allow it.
  bool End(std::string_view order, Ending ending, Instant now);
  bool ApplyRefund(std::string_view order, const RefundFate& kind, Instant now);
  bool SetShopOpen(std::string_view store, bool open, Instant now);
  /// Somebody saves the push URL.
  void Probe(Instant now) { state_.desk.Probe(now); }
  [[nodiscard]] std::uint64_t probes_answered() const { return state_.desk.probes_answered(); }

  [[nodiscard]] TokenServer& tokens() { return state_.tokens; }
};

}  // namespace weir::simulators::doudian
