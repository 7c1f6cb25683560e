// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/money.hpp"
#include "model/order_facts.hpp"

/// Amounts that may be unknown, and the identities among them.
namespace weir::mapping {

using MaybeMoney = std::optional<Money>;

/// Nothing when either is unknown or the sum does not fit.
[[nodiscard]] inline MaybeMoney Plus(MaybeMoney a, MaybeMoney b) {
  return a && b ? a->Plus(*b) : std::nullopt;
}
[[nodiscard]] inline MaybeMoney Minus(MaybeMoney a, MaybeMoney b) {
  return a && b ? a->Minus(*b) : std::nullopt;
}

/// Two amounts that should be equal are not.
inline void AddMismatch(model::OrderSnapshot& snapshot, std::string detail) {
  snapshot.issues.push_back({.code = "totals_mismatch", .detail = std::move(detail)});
}

/// The platform's names of a discount's amount and shares, for issues.
struct ShareNames {
  std::string_view amount;
  std::string_view platform;
  std::string_view merchant;
};

/// The remainder of a discount that neither side is said to bear; one whose shares exceed it is an
/// issue. Nothing happens while a share is unknown.
void FillOtherShare(model::Discount& line, ShareNames names, model::OrderSnapshot& snapshot);

}  // namespace weir::mapping
