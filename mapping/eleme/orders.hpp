// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "mapping/amounts.hpp"
#include "mapping/eleme/event.hpp"
#include "model/order_facts.hpp"

/// The parts of the order map; private to this module. Each takes from the event's fields what it
/// has a place for and adds what could not be read to the issues its reader writes to.
namespace weir::mapping::eleme {

/// All that an event says of its order; nothing when it names no order.
[[nodiscard]] std::optional<model::OrderFacts> MapOrder(Event& event);

/// The whole order, under `key`.
[[nodiscard]] model::OrderSnapshot MapSnapshot(Event& event, const model::SnapshotKey& key);

/// Items, charges, discounts and totals into `snapshot`, and the identities that must hold.
void MapMoney(Event& event, FieldReader& reader, model::OrderSnapshot& snapshot);

/// The lines of `groups` and what they add up to.
struct Lines {
  std::vector<model::Item> items;
  MaybeMoney sum = Money();  ///< Of the items; nothing when one could not be read.
  /// Of the lines that are fees, by kind; nothing when one could not be read.
  MaybeMoney packaging = Money();
  MaybeMoney delivery = Money();
  MaybeMoney other = Money();
};
/// Nothing when there are no groups. A line that breaks its own product is an issue of `snapshot`.
[[nodiscard]] std::optional<Lines> MapLines(Event& event, FieldReader& reader,
                                            model::OrderSnapshot& snapshot);

/// What the discounts are told to add up to; negative or nothing, as Ele.me writes them.
struct Reductions {
  MaybeMoney activities;  ///< activityTotal.
  MaybeMoney hongbao;
};
/// The discounts into `snapshot`. Returns what they take off together; nothing where that is not
/// known.
MaybeMoney MapDiscounts(Event& event, FieldReader& reader, const Reductions& told,
                        model::OrderSnapshot& snapshot);

/// A step of the cancel or the refund flow.
void MapRefund(Event& event, FieldReader& reader, model::OrderFacts& facts);

/// An event of the waybill, and what it makes of the order.
void MapDelivery(Event& event, FieldReader& reader, model::OrderFacts& facts);

}  // namespace weir::mapping::eleme
