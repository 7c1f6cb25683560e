// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "simulators/meituan/api.hpp"
#include "simulators/meituan/book.hpp"
#include "simulators/meituan/life.hpp"
#include "simulators/meituan/pushes.hpp"
#include "simulators/meituan/truth.hpp"
#include "simulators/simulated_platform.hpp"

namespace weir::simulators::meituan {

struct State : PlatformState<Options> {
  using PlatformState::PlatformState;

  OrderBook book{ShopsOf(options), options.keep_orders};
  PushDesk desk{options, book, counts, of_pushes};
  Life life{options, book, desk, counts, of_lives};
  Api api{options, book, life, shelves, counts};
};

/// A stand-in of Meituan's waimaiopen: orders with whole lives, their pushes, the interfaces under
/// /api/v1/. The same seed and the same calls give the same bytes.
class MeituanSimulator final : public SimulatedPlatform<State> {
 public:
  using SimulatedPlatform::SimulatedPlatform;

  [[nodiscard]] std::string_view word() const override { return "meituan"; }

  /// An order whose payment the app has stored was received.
  void OnPushAnswer(std::uint64_t push, const PushAnswer& answer, Instant now) override;

  // Acts beside fate. False where the order is unknown or its state does not allow it.
  bool Cancel(std::string_view order, const Cancellation& why, Instant now);
  bool ApplyRefund(std::string_view order, const RefundFate& kind, Instant now);
  bool Urge(std::string_view order, Instant now);
  bool SetShopStatus(std::string_view shop, int poi_status, Instant now);

  [[nodiscard]] std::vector<ShopTruth> Shops();
};

}  // namespace weir::simulators::meituan
