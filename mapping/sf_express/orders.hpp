// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "mapping/sf_express/event.hpp"

/// What SF Express answers of an order: placed, read, changed (protocol §1.6 to §1.8).
namespace weir::mapping::sf_express {

/// Of an answer's `msgData`: the waybills, that the order was created, and what may not be
/// delivered. Nothing when it names no order of ours.
[[nodiscard]] std::optional<model::ShipmentFacts> MapOrder(const Value& message,
                                                           const Asked& asked);

/// Of an order that is called off: `message` is empty where that was so before.
[[nodiscard]] std::optional<model::ShipmentFacts> MapCancel(const Value& message,
                                                            const Asked& asked);

/// When a waybill should arrive: `promiseTm`.
[[nodiscard]] std::optional<model::ShipmentFacts> MapPromisedTime(const Value& message,
                                                                  const Asked& asked);

/// That the goods are asked back: kept, since the way shows what comes of it.
[[nodiscard]] std::optional<model::ShipmentFacts> MapIntercept(const Value& message,
                                                               const Asked& asked);

}  // namespace weir::mapping::sf_express
