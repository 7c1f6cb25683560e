// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "mapping/eleme/retail/event.hpp"
#include "mapping/eleme/retail/status.hpp"
#include "model/order_facts.hpp"

/// The parts of the retail order map; private to this module. Each takes what it has a place for
/// and adds what could not be read to the issues its reader writes to.
namespace weir::mapping::eleme::retail {

/// All that an event says of its order; nothing when it names none. A whole order is one however it
/// came; else `command` says what the push is about.
[[nodiscard]] std::optional<model::OrderFacts> MapOrder(Event& event, const Command& command);

/// The whole order, under `key`.
[[nodiscard]] model::OrderSnapshot MapSnapshot(Event& event, Order& order,
                                               const model::SnapshotKey& key);

/// Items, charges, discounts and totals into `snapshot`, and the identities that must hold.
void MapMoney(Event& event, Order& order, FieldReader& reader, model::OrderSnapshot& snapshot);

/// The items of `products` into `snapshot`, each inner list a basket.
void MapItems(Event& event, FieldReader& reader, model::OrderSnapshot& snapshot);

/// A step of the cancelling that a customer asked for, or of a refund of some of the lines.
void MapRefund(Event& event, Subject subject, FieldReader& reader, model::OrderFacts& facts);

}  // namespace weir::mapping::eleme::retail
