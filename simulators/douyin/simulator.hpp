// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "simulators/douyin/api.hpp"
#include "simulators/douyin/book.hpp"
#include "simulators/douyin/life.hpp"
#include "simulators/douyin/pushes.hpp"
#include "simulators/douyin/tokens.hpp"
#include "simulators/simulated_platform.hpp"

namespace weir::simulators::douyin {

struct State : PlatformState<Options> {
  using PlatformState::PlatformState;

  OrderBook book{ShopsOf(options), options.keep_orders};
  PushDesk desk{options, book, counts, of_pushes};
  Life life{options, book, desk, counts, of_lives};
  SeededRandom of_tokens{options.seed ^ 0x2545F4914F6CDD1DU};
  TokenServer tokens{options, of_tokens};
  Api api{{options, book, life, tokens, shelves, counts, of_calls}};
};

/// A stand-in of Douyin's life services: takeaways and coupons with whole lives, their webhooks and
/// SPI calls, the calls under /goodlife/v1 and the token server. The same seed and the same calls
/// give the same bytes.
class DouyinSimulator final : public SimulatedPlatform<State> {
 public:
  using SimulatedPlatform::SimulatedPlatform;

  [[nodiscard]] std::string_view word() const override { return "douyin"; }
  /// What the app says of a refund when it is asked, counts.
  void OnPushAnswer(std::uint64_t push, const PushAnswer& answer, Instant now) override;

  // Acts beside fate. False where the order is unknown or its state does not allow it.
  bool End(std::string_view order, Ending ending, Instant now);
  bool ApplyRefund(std::string_view order, const RefundFate& kind, Instant now);
  bool Edit(std::string_view order, Instant now);
  bool Urge(std::string_view order, Instant now);
  bool SetShopOpen(std::string_view shop, bool open, Instant now);
  /// A product passes its audit, or does not.
  void AuditProduct(std::string_view product, bool passed, Instant now);
  void Probe(Instant now) { state_.desk.Probe(now); }
  /// The order as it stands; nullptr when it is unknown.
  [[nodiscard]] const Order* Find(std::string_view order) { return state_.book.Find(order); }

  [[nodiscard]] TokenServer& tokens() { return state_.tokens; }
};

}  // namespace weir::simulators::douyin
