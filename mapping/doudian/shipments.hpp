// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "mapping/content.hpp"
#include "mapping/json.hpp"
#include "model/order_facts.hpp"

/// Riders and parcels on their way (protocol B5).
namespace weir::mapping::doudian {

/// Adds what superm.getShipmentInfo's `data` says to its order's facts; the rest, the rider's place
/// among it, to `rest`. Nothing happens when there is none.
void AddShipment(const Value& data, Instant asked_at, model::OrderFacts& facts, NestedRest& rest);

/// The same answer by itself; nothing when it names no order.
[[nodiscard]] std::optional<model::OrderFacts> MapShipment(const Value& data, Instant asked_at);

/// Adds the nodes of logistics.trackNoRouteDetail's `data` to `rest`.
void AddTrack(const Value& data, NestedRest& rest);

}  // namespace weir::mapping::doudian
