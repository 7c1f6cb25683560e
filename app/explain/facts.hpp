// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "mapping/mapped.hpp"

namespace weir::app::explain {

/// All that a payload says, in words, a line each. Without `personal`, people are shown as the API
/// shows them to a key without `read_personal`.
[[nodiscard]] std::string FactsText(const mapping::Mapped& mapped, bool personal);

/// One line: what an order's facts are about, e.g. "snapshot, status placed, refund 7001 applied".
[[nodiscard]] std::string Gist(const model::OrderFacts& facts);

/// Which snapshot this is, in the order in which snapshots are compared.
[[nodiscard]] std::string KeyText(const model::SnapshotKey& key);

}  // namespace weir::app::explain
