// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "simulators/catalogue.hpp"
#include "simulators/meituan/fate.hpp"
#include "simulators/meituan/options.hpp"
#include "simulators/meituan/truth.hpp"
#include "simulators/platform.hpp"

namespace weir::simulators::meituan {

/// A stand-in of Meituan's waimaiopen: orders with whole lives, their pushes, the interfaces under
/// /api/v1/. The same seed and the same calls give the same bytes.
class MeituanSimulator final : public Platform {
 public:
  /// Throws std::invalid_argument when options.shops is empty.
  explicit MeituanSimulator(Options options);
  ~MeituanSimulator() override;

  HttpAnswer Handle(const HttpCall& call, Instant now) override;
  std::vector<OutgoingPush> Due(Instant now, std::size_t limit) override;
  void OnPushAnswer(std::uint64_t push, const PushAnswer& answer, Instant now) override;
  std::optional<Instant> NextDue() const override;

  [[nodiscard]] std::string_view word() const override { return "meituan"; }

  /// A customer submits an order; what becomes of it is drawn, or `fate`. Returns its order_id.
  std::string CreateOrder(Instant now, std::optional<Fate> fate = std::nullopt);
  std::string PlaceOrder(Instant now) override { return CreateOrder(now); }
  void StopTraffic() override;

  // Acts beside fate. False where the order is unknown or its state does not allow it.
  bool Cancel(std::string_view order, const Cancellation& why, Instant now);
  bool ApplyRefund(std::string_view order, const RefundFate& kind, Instant now);
  bool Urge(std::string_view order, Instant now);
  bool SetShopStatus(std::string_view shop, int poi_status, Instant now);
  /// A shop's menu, to read or to change.
  [[nodiscard]] Catalogue& menu(const std::string& shop);

  [[nodiscard]] std::vector<OrderTruth> Orders() const override;
  /// One order by order_id or wm_order_id_view.
  [[nodiscard]] std::optional<OrderTruth> Truth(std::string_view order) const;
  [[nodiscard]] std::vector<ShopTruth> Shops() const;
  [[nodiscard]] Counts counts() const override;
  [[nodiscard]] const Faults& faults() const override { return options().faults; }
  [[nodiscard]] const Options& options() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace weir::simulators::meituan
