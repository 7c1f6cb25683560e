// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "base/money.hpp"
#include "model/consignment.hpp"

/// Who may carry a shipment, and whom it is given to.
namespace weir::sync {

enum class DispatchBy : std::uint8_t {
  kPreferred,  ///< The first of the list that would carry it.
  kCheapest,
  kFastest,   ///< The earliest promised arrival; who promises none comes last.
  kWeighted,  ///< The least sum of price and time, each against the best offer, by weights.
};
[[nodiscard]] std::string_view Name(DispatchBy by) noexcept;  ///< "preferred" ...
[[nodiscard]] std::optional<DispatchBy> ParseDispatchBy(std::string_view word) noexcept;

/// Where and when other couriers are asked than otherwise.
struct DispatchRule {
  std::vector<std::string> stores;  ///< Empty: every store.
  /// China's time of day, minutes from midnight; `to` is exclusive and, where it is not later than
  /// `from`, on the next day. Equal: the whole day.
  std::int64_t from = 0;
  std::int64_t to = 0;
  std::vector<std::string> couriers;
  friend bool operator==(const DispatchRule&, const DispatchRule&) = default;
};

struct DispatchPolicy {
  DispatchBy by = DispatchBy::kPreferred;
  std::vector<std::string> couriers;  ///< Connections, the preferred first.
  std::vector<DispatchRule> rules;    ///< The first that fits names the couriers instead.
  std::optional<Money> ceiling;       ///< Nobody dearer.
  std::int64_t price_weight = 1;      ///< Of kWeighted.
  std::int64_t time_weight = 1;
  /// After so long without a rider the shipment is called off, and the next courier is asked; zero:
  /// it is waited for.
  std::chrono::seconds accept_within{0};
  friend bool operator==(const DispatchPolicy&, const DispatchPolicy&) = default;
};

/// The couriers that may carry what leaves from `store` at `now`, the preferred first, without
/// those of `tried`.
[[nodiscard]] std::vector<std::string> CouriersFor(const DispatchPolicy& policy,
                                                   std::string_view store, Instant now,
                                                   const std::vector<std::string>& tried);

/// Which offer is taken, as its place in `offers`, whose order is that of the couriers; nothing
/// when none is within the ceiling. Among equals the first.
[[nodiscard]] std::optional<std::size_t> Pick(const DispatchPolicy& policy, Instant now,
                                              std::span<const model::CourierQuote> offers);

}  // namespace weir::sync
