// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "mapping/json.hpp"
#include "model/order_facts.hpp"

namespace weir::mapping::doudian {

/// One after-sale of afterSale.List's items, or the data of afterSale.Detail (protocol B7; the
/// names inside are recalled): what it says of its order; nothing when it names no order or itself.
[[nodiscard]] std::optional<model::OrderFacts> MapAfterSale(const Value& object, Instant asked_at);

}  // namespace weir::mapping::doudian
