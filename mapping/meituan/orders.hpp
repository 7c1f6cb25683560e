// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "mapping/amounts.hpp"
#include "mapping/field_reader.hpp"
#include "mapping/meituan/event.hpp"
#include "model/order_facts.hpp"

/// The parts of the order map; private to this module. Each takes from the event's fields what it
/// has a place for and adds what could not be read to the issues its reader writes to.
namespace weir::mapping::meituan {

/// All that an event says of its order; nothing when it names no order.
[[nodiscard]] std::optional<model::OrderFacts> MapOrder(Event& event);

/// The whole order, under `key`.
[[nodiscard]] model::OrderSnapshot MapSnapshot(Event& event, const model::SnapshotKey& key);

/// The lines of `detail` and what else they add up to.
struct Lines {
  std::vector<model::Item> items;
  /// Of each item, where it is told: its price before item discounts.
  std::vector<std::optional<Money>> original_prices;
  std::optional<Money> packaging;  ///< Sum of the boxes; nothing when one could not be read.
  bool exact = true;               ///< Every price and quantity was read.
};
[[nodiscard]] std::optional<Lines> MapLines(Event& event, FieldReader& reader);

/// What the shop is told it receives.
struct Receipt {
  MaybeMoney by_platform;  ///< Sum of actOrderChargeByMt.
  MaybeMoney by_merchant;  ///< Sum of actOrderChargeByPoi.
  std::string comment;     ///< Of the first of those charges.
  MaybeMoney commission;
  MaybeMoney income;
};
/// Of `poi_receive_detail` (fen), else of its twin in yuan; nothing when there is neither.
[[nodiscard]] std::optional<Receipt> TakeReceipt(Event& event, FieldReader& reader);

/// What discounts take off together; nothing where that is not known.
struct Reduced {
  MaybeMoney sum;
  MaybeMoney item_level;  ///< Of it, what lowers the price of single lines.
};
/// The discounts of `extras`, their shares helped out by the receipt, into `snapshot`.
Reduced MapDiscounts(Event& event, FieldReader& reader, const std::optional<Receipt>& receipt,
                     model::OrderSnapshot& snapshot);

/// Items, charges, discounts and totals into `snapshot`, and the identities that must hold.
void MapMoney(Event& event, FieldReader& reader, model::OrderSnapshot& snapshot);

void MapRefund(Event& event, FieldReader& reader, model::OrderFacts& facts);

/// Events of the delivery, and what they make of the order.
void MapDelivery(Event& event, FieldReader& reader, model::OrderFacts& facts);

}  // namespace weir::mapping::meituan
