// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "simulators/catalogue.hpp"
#include "simulators/eleme/fate.hpp"
#include "simulators/eleme/options.hpp"
#include "simulators/eleme/tokens.hpp"
#include "simulators/platform.hpp"

namespace weir::simulators::eleme {

/// A stand-in of Ele.me's open platform (NOP 1.0.0): orders with whole lives, their messages, the
/// actions under /api/v1 and the token server. The same seed and the same calls give the same
/// bytes.
class ElemeSimulator final : public Platform {
 public:
  /// Throws std::invalid_argument when options.shops is empty.
  explicit ElemeSimulator(Options options);
  ~ElemeSimulator() override;

  HttpAnswer Handle(const HttpCall& call, Instant now) override;
  std::vector<OutgoingPush> Due(Instant now, std::size_t limit) override;
  void OnPushAnswer(std::uint64_t push, const PushAnswer& answer, Instant now) override;
  std::optional<Instant> NextDue() const override;

  [[nodiscard]] std::string_view word() const override { return "eleme"; }

  /// A customer submits an order; what becomes of it is drawn, or `fate`. Returns its number.
  std::string CreateOrder(Instant now, std::optional<Fate> fate = std::nullopt);
  std::string PlaceOrder(Instant now) override { return CreateOrder(now); }
  void StopTraffic() override;

  // Acts beside fate. False where the order is unknown or its state does not allow it.
  bool End(std::string_view order, Ending ending, Instant now);
  bool ApplyRefund(std::string_view order, const RefundFate& kind, Instant now);
  bool Urge(std::string_view order, Instant now);
  bool SetShopOpen(std::string_view shop, bool open, Instant now);
  /// The merchant takes the authorisation back: every token is dead, and message 100 says so.
  void Revoke(Instant now);

  [[nodiscard]] TokenServer& tokens();
  /// A shop's menu, to read or to change.
  [[nodiscard]] Catalogue& menu(const std::string& shop);

  [[nodiscard]] std::vector<OrderTruth> Orders() const override;
  [[nodiscard]] std::optional<OrderTruth> Truth(std::string_view order) const;
  [[nodiscard]] Counts counts() const override;
  [[nodiscard]] const Faults& faults() const override { return options().faults; }
  [[nodiscard]] const Options& options() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace weir::simulators::eleme
